"""`figures` and `report annual` of some sites."""

import json

from tests.builders import make_kennel_visit, make_visit, sign

YEAR = ("--from", "2024-04-01", "--to", "2025-03-31")


def test_figures_and_a_report_of_one_site_leave_out_the_others(
    furnished, opened, named, run, tmp_path
):
    for visit in (make_visit(), make_kennel_visit()):
        sign(furnished, visit)
    opened.close()
    _, out, _ = run("figures", *YEAR, "--site", "hillside KENNELS", "--json")
    figures = json.loads(out)
    assert figures["only"] == "Hillside kennels"
    totals = {kind: of["visits"]["total"] for kind, of in figures["schemes"].items()}
    assert totals == {"custody": 0, "animal_welfare": 1}
    page = tmp_path / "report.html"
    assert run("report", "annual", *YEAR, "--site", "Northgate", "--out", page)[0] == 0
    words = page.read_text("utf-8")
    assert "This report is about Northgate alone." in words
    assert "Hillside kennels" not in words
    code, out, err = run("figures", *YEAR, "--group", "West", "--json")
    assert (code, out) == (2, "")
    assert err == ["There is no group \u201cWest\u201d. The groups are: none."]
    code, out, err = run("figures", *YEAR, "--site", "Southgate", "--json")
    known = "Hillside kennels, Northgate"
    assert (code, out, err) == (
        2, "", [f"There is no site \u201cSouthgate\u201d. The sites are: {known}."]
    )  # fmt: skip
