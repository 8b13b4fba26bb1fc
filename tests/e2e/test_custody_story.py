"""A custody visit by keys alone: logged, confirmed, amended, exported, found by search."""

from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import Qt

from tests.builders import ANNE, BEN
from tests.e2e.pdf import pdf_text
from tests.e2e.typist import CONTROL, SHIFT, Typist
from tests.e2e.window import visits_page
from tests.ui.keyboard import words
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.domain.report.visit_codes import State
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.services import Services
from visitapp.ui.frame.main_window import MainWindow

Key = Qt.Key
REF = "NOR-2025-001"
TITLE = f"{REF}: Northgate, Wednesday 9 April 2025"
FEAR = "A detainee was afraid of what would follow this talk."
ASIDE = "Please ring us about the second cell."


def log_the_visit(window: MainWindow, typist: Typist) -> None:
    typist.begin("Custody visit")
    typist.write_the_visit("9/4/25")
    typist.next_section()

    typist.types("1412", "", "1430", "", "1525", "", "busy")
    assert "18 minutes: not immediate" in words(window)
    typist.tab()
    typist.says("Two people were being booked in.")
    typist.tab()
    typist.types("cus", "Y")  # the sergeant explained it; an inspector authorised it
    typist.says("Inspector")
    typist.tab()
    typist.types("1420")

    typist.section(4)
    typist.types("11", "4", "1", "1", "3", "2")
    assert "Adds up" in words(window)

    typist.section(6)
    typist.types("SSSSSSSSC")
    typist.says("The left-hand shower runs cold.")
    typist.tab()
    typist.types("2")  # needs action
    typist.tab()
    typist.says("the custody sergeant")
    typist.tab()
    typist.types("1510")
    typist.press(Key.Key_R, CONTROL | SHIFT)  # the others were not checked
    assert "21 items: 8 satisfactory, 1 concern, 12 not checked" in words(window)

    typist.press(Key.Key_I, CONTROL | SHIFT)
    typist.types("food")
    typist.tab(2)
    typist.says("No vegetarian meal was left.")
    typist.tab()
    typist.types("2")

    typist.section(9)
    typist.types("1")  # satisfactory
    typist.says("A busy afternoon; staff were open with us.")


def check_what_was_logged(visit: Visit) -> None:
    assert visit.state is State.LOCKED
    assert visit.visitors == (ANNE, BEN)
    assert (visit.wait_minutes, visit.delay_reason, visit.present) == (18, "BUSY", 11)
    assert set(visit.counts) == {
        OutcomeCount("SEEN", 4),
        OutcomeCount("REFUSED", 1),
        OutcomeCount("ADVICE", 1),
        OutcomeCount("UNAVAIL", 3),
        OutcomeCount("ASLEEP", 2),
    }
    assert [(i.category, i.severity, i.place, i.raised_minute) for i in visit.issues] == [
        ("HYG", 2, "Showers and washing", 15 * 60 + 10),
        ("FOOD", 2, "", None),
    ]
    assert visit.issues[0].raised_with == "the custody sergeant"
    assert visit.summary == "A busy afternoon; staff were open with us."
    assert visit.report is not None
    assert visit.report.answers["overall"] == "SATISFACTORY"
    assert visit.report.answers["authorised_at"] == "14:20"
    assert [c.typed_name for c in visit.confirmations] == ["Anne Example", "Ben Sample"]


def amend_it(typist: Typist) -> None:
    """A fear of reprisals, which opens an issue, and words for the manager alone."""
    typist.begin_to_amend(REF, "A fear of reprisals was left out")
    typist.section(7)
    typist.tab_to("Any sign of reprisals against a detainee for talking to visitors?: Yes")
    typist.types("Y")
    typist.says(FEAR)
    typist.section(9)
    typist.tab_to("For the scheme manager only")
    typist.says(ASIDE)
    typist.confirm_and_sign()


def test_a_custody_visit_is_logged_amended_exported_and_found_by_keys_alone(
    window: MainWindow, window_services: Services, typist: Typist, tmp_path: Path
) -> None:
    log_the_visit(window, typist)
    typist.confirm_and_sign()
    assert typist.keys <= 150
    assert visits_page(window).title == TITLE
    assert window_services.drafts.drafts() == ()
    [row] = window_services.visits.page(VisitQuery()).rows
    first = window_services.visits.get(row.id)
    check_what_was_logged(first)

    amend_it(typist)
    why, changes = typist.compare()
    assert why == (
        "Amended by Mary Manager on Thu 10 Apr 2025, 13:00: A fear of reprisals was left out."
    )
    assert [name for name, *_ in changes] == [
        "Any sign of reprisals against a detainee for talking to visitors?",
        "Issue 3",
        "For the scheme manager only",
    ]
    assert changes[0][1:] == ("Not answered", "Yes")
    assert FEAR in changes[1][2]
    assert changes[2][1:] == ("Not answered", ASIDE)

    out = tmp_path / "inspector.pdf"
    said = typist.save_copy(REF, "Custody inspector", "By hand", out, grave=True)
    made = "Made Thu 10 Apr 2025, 13:00, by Mary Manager: By hand"
    assert said[said.index("Custody inspector") + 2] == made
    assert said.count("No copy has been made yet.") == 2
    copy = pdf_text(out)
    assert "No vegetarian meal was left." in copy
    assert "Two people were being booked in." in copy
    for left_out in (FEAR, ASIDE, "reprisal", "ill-treatment", "manager only", "Anne", "Ben"):
        assert left_out.casefold() not in copy.casefold()

    typist.find("vegetarian")
    assert visits_page(window).title == TITLE
    assert typist.keys - typist.letters_of_names <= 150
    [row] = window_services.visits.page(VisitQuery()).rows
    amended = window_services.visits.get(row.id)
    assert amended.replaces_id == first.id
    assert window_services.visits.get(first.id).state is State.WITHDRAWN
    [logged] = window_services.copies.log(amended.id)
    assert logged.digest == sha256(out.read_bytes()).hexdigest()
