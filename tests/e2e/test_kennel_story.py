"""A kennel visit by keys alone: logged, confirmed, amended, exported, found by search."""

from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Qt

from tests.builders import ANIMALS, KENNELS
from tests.e2e.pdf import pdf_text
from tests.e2e.typist import CONTROL, SHIFT, Typist
from tests.e2e.window import visits_page
from tests.ui.keyboard import words
from visitapp.domain.office.animal import Animal
from visitapp.domain.report.place import of_row
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import State
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.services import Services
from visitapp.ui.frame.main_window import MainWindow

Key = Qt.Key
REF = "HIL-2025-001"
TITLE = f"{REF}: Hillside kennels, Tuesday 8 April 2025"
CUT = "A deep cut on the left forepaw; no vet was called."
ASIDE = "The handler seemed worn out."


def log_the_visit(window: MainWindow, typist: Typist) -> None:
    typist.begin("Animal welfare visit")
    typist.write_the_visit("8/4/25")
    typist.section(2)
    typist.types("1320")
    assert any(text.startswith("13:20 is not in any timeslot") for text in words(window))
    typist.tab(2)
    typist.types("1322", "", "1410")

    typist.section(3)
    for place in ("k", "k", "veh", "t", "k"):
        typist.press(Key.Key_Space, CONTROL)  # all five needs are met
        typist.types(place)
        typist.press(Key.Key_Return)
    typist.types("vet")
    typist.press(Key.Key_Return)
    assert "Adds up" in words(window)
    typist.press(Key.Key_Up)  # Rolo
    for _ in range(5):
        typist.press(Key.Key_Right)
    typist.types("C")  # his health is a concern
    typist.press(Key.Key_I, CONTROL | SHIFT)
    typist.says("A deep cut on the left forepaw; no vet was called.")
    typist.tab()
    typist.types("3")

    typist.section(7)
    typist.types("Y")  # it was telephoned
    typist.types("1350")
    typist.tab(2)
    typist.types("1")  # by the first visitor
    typist.section(8)
    typist.types("1")


def check_what_was_logged(visit: Visit) -> None:
    assert (visit.present, visit.accounted, visit.count_of("KENNEL")) == (6, 6, 3)
    assert visit.arrived.local.isoformat() == "2025-04-08T13:20:00"
    [issue] = visit.issues
    assert (issue.category, issue.severity, issue.place) == ("HEALTH", 3, "Rolo")
    assert issue.question == of_row(5, "health")
    assert visit.report is not None
    assert visit.report.answers["phoned"] == "YES"
    assert visit.report.answers["phoned_at"] == "13:50"


def amend_it(typist: Typist) -> None:
    """The vet was seen after all; and words for the manager alone."""
    typist.begin_to_amend(REF, "The vet had seen Rolo")
    typist.section(7)
    typist.tab_to("Put right during the visit")
    typist.press(Key.Key_Space)
    typist.section(8)
    typist.tab_to("For the scheme manager only")
    typist.says(ASIDE)
    typist.confirm_and_sign()


def test_a_kennel_visit_is_logged_amended_exported_and_found_by_keys_alone(
    window: MainWindow, window_services: Services, typist: Typist, tmp_path: Path
) -> None:
    for name in ("Bruno", "Jet", "Kaiser", "Nell", "Rolo", "Tess"):
        window_services.animals.add(Animal(uuid4(), ANIMALS, KENNELS, name, "DOG", "GP"))
    log_the_visit(window, typist)
    typist.confirm_and_sign()
    assert typist.keys <= 150
    assert visits_page(window).title == TITLE
    [row] = window_services.visits.page(VisitQuery()).rows
    first = window_services.visits.get(row.id)
    check_what_was_logged(first)
    assert len(window_services.animals.coverage([KENNELS]).unseen) == 1  # Tess was at the vet

    amend_it(typist)
    why, changes = typist.compare()
    assert why == "Amended by Mary Manager on Thu 10 Apr 2025, 13:00: The vet had seen Rolo."
    assert [name for name, *_ in changes] == ["Issue 1", "For the scheme manager only"]
    assert CUT in changes[0][1]
    assert changes[0][1].endswith("Raised.")
    assert changes[0][2].endswith("Put right during the visit.")
    assert changes[1][1:] == ("Not answered", ASIDE)

    out = tmp_path / "sergeant.pdf"
    said = typist.save_copy(REF, "Dog unit sergeant", "By secure e-mail", out, grave=False)
    made = "Made Thu 10 Apr 2025, 13:00, by Mary Manager: By secure e-mail"
    assert said[said.index("Dog unit sergeant") + 2] == made
    copy = pdf_text(out)
    assert CUT in copy
    assert "Of 6 animals of the unit, 5 were seen" in copy
    for left_out in (ASIDE, "manager only", "Anne", "Ben"):
        assert left_out not in copy

    typist.find("forepaw")
    assert visits_page(window).title == TITLE
    assert typist.keys - typist.letters_of_names <= 150
    [row] = window_services.visits.page(VisitQuery()).rows
    amended = window_services.visits.get(row.id)
    assert amended.replaces_id == first.id
    assert window_services.visits.get(first.id).state is State.WITHDRAWN
    [logged] = window_services.copies.log(amended.id)
    assert logged.digest == sha256(out.read_bytes()).hexdigest()
