"""The demonstration written by the command line: its records and each year's documents."""

import json

YEARS = {
    "2023-24": ("--from", "2023-04-01", "--to", "2024-03-31"),
    "2024-25": ("--from", "2024-04-01", "--to", "2025-03-31"),
}


def test_the_demonstration_is_a_folder_of_records_and_documents(tmp_path, run, monkeypatch):
    folder = tmp_path / "demo"
    code, out, err = run("demo", "--out", folder)
    assert code == 0
    assert [line for line in out.splitlines() if not line.startswith(f"{folder}/")] == []
    assert err[0] == "Making up visits"
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {line.removeprefix(f"{folder}/") for line in out.splitlines()} == written
    for year in YEARS:
        assert {f"{year}/annual-report.pdf", f"{year}/figures.json"} <= written
        updates = {name for name in written if name.startswith(f"{year}/quarterly-update-")}
        assert len(updates) == 4
        pictures = {name for name in written if name.startswith(f"{year}/coverage-")}
        assert {name.rpartition(".")[2] for name in pictures} == {"png", "svg"}
        assert f"{year}/coverage-euston-street.png" in pictures
    assert (folder / "2023-24" / "annual-report.pdf").read_bytes().startswith(b"%PDF-")

    monkeypatch.setenv("VISITAPP_FILE", str(folder / "demonstration.visits"))
    monkeypatch.setenv("VISITAPP_PASSPHRASE", "demonstration")
    for year, period in YEARS.items():
        code, out, err = run("figures", *period, "--json")
        assert (code, err) == (0, [])
        assert (folder / year / "figures.json").read_bytes() == out.encode("utf-8")
    assert json.loads(run("figures", "--json")[1])["period"]["start"] == "2025-04-01"
    code, out, err = run("check")
    assert (code, out.splitlines()[0], err) == (0, "No damage found.", [])
    assert run("demo", "--out", folder) == (
        2, "", [f"{folder} is not an empty folder. Choose another."],
    )  # fmt: skip


def test_the_demonstration_takes_the_passphrase_that_is_given(tmp_path, run, monkeypatch):
    monkeypatch.setenv("VISITAPP_PASSPHRASE", "another one")
    monkeypatch.setattr("visitapp.services.year.year_folder.write_year", lambda *_: [])
    assert run("demo", "--out", tmp_path / "demo")[0] == 0
    path = tmp_path / "demo" / "demonstration.visits"
    assert run("check", "--file", path)[0] == 0
    monkeypatch.setenv("VISITAPP_PASSPHRASE", "demonstration")
    assert run("check", "--file", path)[0] == 3
