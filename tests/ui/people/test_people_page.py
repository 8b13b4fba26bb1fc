"""The page People over a real file: who may visit and why not, and what a manager changes."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.builders import ANIMALS, ANNE, BEN, CARA, CUSTODY, LONG_AGO, make_person
from tests.ui import looking
from visitapp import bootstrap
from visitapp.domain.changes import Changes
from visitapp.domain.office.people import Clearance, Membership, Person
from visitapp.domain.office.register import RegisterPart
from visitapp.domain.office.scheme import Actor, Role
from visitapp.services import Services
from visitapp.ui.context import Context
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.theme import theme
from visitapp.ui.people.tablemodel import COLUMNS, JOINED, MAY_VISIT, NAME, PeopleTableModel
from visitapp.ui.people.view import PeopleView

TODAY = date(2025, 4, 10)


def shown(context: Context, qtbot: QtBot) -> PeopleView:
    view = PeopleView(context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    view.show()
    view.activateWindow()
    return view


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> PeopleView:
    return shown(furnished_context, qtbot)


def person(services: Services, person_id) -> Person:
    return next(p for p in services.people.people() if p.id == person_id)


def keep(context: Context, changed: Person) -> None:
    context.tell(context.services.people.save(changed))


def with_memberships(context: Context, person_id, *memberships: Membership) -> None:
    keep(context, replace(person(context.services, person_id), memberships=memberships))


def column(view: PeopleView, at: int) -> list[str]:
    return [view.tablemodel.index(row, at).data() for row in range(view.tablemodel.rowCount())]


def words(widget: QWidget) -> str:
    return "\n".join(
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)
    )


def type_into(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


# -- reading -------------------------------------------------------------------------------


def test_the_model_behaves(page: PeopleView, qtmodeltester: ModelTester):
    tablemodel = PeopleTableModel()
    tablemodel.show(page.viewmodel.rows)
    qtmodeltester.check(tablemodel)


def test_those_who_may_not_visit_stand_first_and_say_why(page):
    with_memberships(page.context, CARA, Membership(CUSTODY, LONG_AGO, status="LEAVE"))
    assert column(page, NAME) == ["Cara Instance", "Anne Example", "Ben Sample"]
    assert column(page, MAY_VISIT) == ["Away, leave of absence", "Yes", "Yes"]
    assert "2 of 3 may visit today, Thu 10 Apr 2025" in words(page)
    said = page.tablemodel.index(0, MAY_VISIT).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "May visit today: no, leave of absence"


def test_search_scheme_and_part_narrow_the_table(page, qtbot):
    with_memberships(page.context, BEN, Membership(CUSTODY, LONG_AGO, date(2025, 3, 1), "LEFT"))
    with_memberships(page.context, CARA, Membership(CUSTODY, LONG_AGO))
    segments = [segment.text() for segment in page.standing.segments()]
    assert segments == ["Active 2", "Awaiting checks 0", "Left 1", "All 3"]
    page.start_search()
    qtbot.keyClicks(page.search, "cara inst")
    assert column(page, NAME) == ["Cara Instance"]
    page.search.clear()
    page.scheme.set_key(ANIMALS)
    page.viewmodel.choose_scheme(ANIMALS)
    assert column(page, NAME) == ["Anne Example"]
    page.viewmodel.choose_scheme(None)
    qtbot.mouseClick(page.standing.segments()[2], Qt.MouseButton.LeftButton)
    assert column(page, NAME) == ["Ben Sample"]
    qtbot.keyClicks(page.search, "nobody")
    assert "No one matches" in words(page)


def test_a_head_sorts_and_a_third_press_brings_the_first_order_back(page):
    with_memberships(page.context, CARA, Membership(CUSTODY, date(2015, 1, 1), status="LEAVE"))
    with_memberships(page.context, ANNE, Membership(CUSTODY, date(2023, 1, 1)))
    page.tablemodel.sort(JOINED)
    assert column(page, NAME) == ["Cara Instance", "Ben Sample", "Anne Example"]
    page.tablemodel.sort(NAME, Qt.SortOrder.DescendingOrder)
    assert column(page, NAME) == ["Ben Sample", "Cara Instance", "Anne Example"]
    page.tablemodel.sort(-1)
    assert column(page, NAME) == ["Cara Instance", "Anne Example", "Ben Sample"]


def test_every_cell_reads_as_a_sentence(page):
    for at in range(page.tablemodel.rowCount()):
        for each in range(page.tablemodel.columnCount()):
            index = page.tablemodel.index(at, each)
            said = index.data(Qt.ItemDataRole.AccessibleTextRole)
            assert said == index.data(Qt.ItemDataRole.ToolTipRole)
            assert said.startswith(
                (COLUMNS[each], index.data()) if each == NAME else COLUMNS[each].rstrip("?")
            )


def test_the_panel_tells_the_whole_story_of_a_person(page, qtbot):
    memberships = (
        Membership(CUSTODY, date(2015, 1, 1), date(2018, 6, 30), "LEFT", "FAMILY"),
        Membership(CUSTODY, date(2021, 2, 1), status="PROBATION"),
    )
    with_memberships(page.context, ANNE, *memberships)
    keep(
        page.context,
        replace(
            person(page.context.services, ANNE), clearance=Clearance(date(2026, 1, 5), None, True)
        ),
    )
    page.open_target(ANNE)
    qtbot.waitUntil(lambda: "Custody: Probation" in words(page.details))
    told = words(page.details)
    assert "Since Mon 1 Feb 2021" in told
    assert "Thu 1 Jan 2015 to Sat 30 Jun 2018; Family or maternity" in told
    assert "Vetting until Mon 5 Jan 2026" in told
    assert "Trained for TACT visits" in told


# -- changing, by keyboard alone -----------------------------------------------------------


def test_a_person_is_added_by_keyboard_alone(page, qtbot):
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus)
    qtbot.keyClick(page.table, Qt.Key.Key_Insert)
    qtbot.waitUntil(page.form.given_name.hasFocus)
    qtbot.keyClicks(page.form.given_name, "Dora Quill")
    joined = page.form.parts[0].joined.edit
    type_into(qtbot, joined, "1/3/2025")
    with qtbot.waitSignal(page.context.changed) as caught:
        qtbot.keyClick(joined, Qt.Key.Key_Return)
    assert caught.args[0] is Changes.PEOPLE
    found = next(p for p in page.context.services.people.people() if p.name == "Dora Quill")
    assert found.memberships == (Membership(CUSTODY, date(2025, 3, 1)),)
    assert not page.is_editing
    assert page.table.hasFocus()
    assert page.current().person.name == "Dora Quill"


def test_enter_edits_and_escape_leaves_all_as_it_was(page, qtbot):
    page.open_target(BEN)
    qtbot.waitUntil(page.table.hasFocus)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(page.form.given_name.hasFocus)
    type_into(qtbot, page.form.given_name, "Benjamin")
    qtbot.keyClick(page.form.given_name, Qt.Key.Key_Escape)
    assert person(page.context.services, BEN).name == "Ben Sample"
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    type_into(qtbot, page.form.given_name, "Benjamin")
    qtbot.keyClick(page.form.given_name, Qt.Key.Key_Return)
    assert person(page.context.services, BEN).name == "Benjamin Sample"


def test_a_form_below_the_table_is_scrolled_into_sight(page, appearance: Appearance, qtbot):
    appearance.choose("light", 200)
    page.open_target(BEN)
    page.edit()

    def in_sight() -> bool:
        return not page.form.given_name.visibleRegion().isEmpty()

    qtbot.waitUntil(in_sight)
    page.form.left.emit()
    qtbot.waitUntil(lambda: not page.standing.visibleRegion().isEmpty())


def test_delete_records_a_leaving_with_its_reason(page, qtbot):
    page.open_target(CARA)
    qtbot.waitUntil(page.table.hasFocus)
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(page.leaving.day.edit.hasFocus)
    page.leaving.ticks[ANIMALS].setChecked(False)
    page.leaving.why.set_key("MOVED")
    type_into(qtbot, page.leaving.day.edit, "31/3/2025")
    qtbot.keyClick(page.leaving.day.edit, Qt.Key.Key_Return)
    kept = {m.scheme_id: m for m in person(page.context.services, CARA).memberships}
    assert kept[CUSTODY] == Membership(CUSTODY, LONG_AGO, date(2025, 3, 31), "LEFT", "MOVED")
    assert kept[ANIMALS] == Membership(ANIMALS, LONG_AGO)
    assert page.viewmodel.person(CARA).schemes == "Animal welfare"


def test_somebody_who_left_both_schemes_moves_to_those_who_left(page, qtbot):
    page.open_target(CARA)
    page.leave()
    page.leaving.day.set_text("31/3/2025")
    qtbot.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    assert page.standing.key() is RegisterPart.LEFT
    assert column(page, NAME) == ["Cara Instance"]
    assert page.details.leave_button.isHidden()


def test_somebody_comes_back_with_a_second_time_in_the_scheme(page, qtbot):
    with_memberships(page.context, BEN, Membership(CUSTODY, LONG_AGO, date(2024, 1, 31), "LEFT"))
    page.open_target(BEN)
    page.edit()
    assert page.form.join_buttons() == ["Joined again: Custody", "Add to Animal welfare"]
    page.form.join(CUSTODY)
    assert page.form.join_buttons() == ["Add to Animal welfare"]
    assert page.form.save()
    assert person(page.context.services, BEN).memberships == (
        Membership(CUSTODY, LONG_AGO, date(2024, 1, 31), "LEFT"),
        Membership(CUSTODY, TODAY),
    )


def test_vetting_probation_and_training_are_kept(page, qtbot):
    page.open_target(BEN)
    page.edit()
    page.form.vetted.set_text("5/1/2026")
    page.form.probation.set_text("1/9/2025")
    page.form.tact.setChecked(True)
    assert page.form.save()
    assert person(page.context.services, BEN).clearance == Clearance(
        date(2026, 1, 5), date(2025, 9, 1), True
    )


# -- what can't be kept --------------------------------------------------------------------


def test_a_namesake_is_refused_with_a_sentence_in_place(page, qtbot):
    page.add()
    qtbot.keyClicks(page.form.given_name, "anne example")
    qtbot.keyClick(page.form.given_name, Qt.Key.Key_Return)
    assert page.is_editing
    assert page.form.reason.text() == (
        "Anne Example is already in the register. Add something to tell them apart."
    )
    assert page.form.reason.isVisible()
    assert len(page.context.services.people.people()) == 3


@pytest.mark.parametrize(
    ("left", "status", "sentence"),
    [
        ("31/12/2018", "ACTIVE", "The day they left is earlier than the day they joined."),
        ("", "LEFT", "Enter their last day, because the status says they have left."),
    ],
)
def test_a_wrong_last_day_is_said_under_it(page, left, status, sentence):
    page.open_target(BEN)
    page.edit()
    part = page.form.parts[0]
    part.left.set_text(left)
    part.status.set_key(status)
    assert not page.form.save()
    assert sentence in words(part)
    assert person(page.context.services, BEN).version == 1


def test_what_is_missing_is_said_where_it_is_missing(page, qtbot):
    page.add()
    part = page.form.parts[0]
    part.joined.set_text("")
    assert not page.form.save()
    assert "Enter the person’s name." in words(page.form)
    assert "Enter the day they joined" in words(part)
    part.joined.set_text("31/2/2025")
    assert not page.form.save()
    assert "There is no such day" in words(part)
    part.removed.emit(part)
    qtbot.keyClicks(page.form.given_name, "Somebody")
    assert not page.form.save()
    assert page.form.reason.text() == "Add the person to a scheme first."


def test_two_times_that_overlap_are_refused(page):
    page.open_target(BEN)
    page.edit()
    part = next(p for p in page.form.parts if p.scheme_id == CUSTODY)
    part.left.set_text("1/1/2024")
    page.form._offer_joins()
    page.form.join(CUSTODY)
    page.form.parts[-1].joined.set_text("1/6/2023")
    assert not page.form.save()
    assert page.form.reason.text() == (
        "Two periods in the same scheme overlap. Change one of the dates."
    )


def test_a_change_made_elsewhere_is_shown_rather_than_lost(page):
    page.open_target(BEN)
    page.edit()
    other = replace(person(page.context.services, BEN), name="Ben Otherwise")
    page.context.services.people.save(other)
    page.form.surname.setText("Mine")
    assert not page.form.save()
    assert "changed somewhere else" in page.form.reason.text()
    assert (page.form.given_name.text(), page.form.surname.text()) == ("Ben", "Otherwise")
    page.form.surname.setText("Mine")
    assert page.form.save()
    assert person(page.context.services, BEN).name == "Ben Mine"


def test_nothing_typed_is_thrown_away_by_another_row(page, qtbot):
    page.open_target(ANNE)
    page.edit()
    page.form.given_name.setText("Anne-Half")
    page.open_target(BEN)
    page.edit()
    assert page.form.given_name.text() == "Anne-Half"
    assert page.form.reason.text() == "Save or cancel this first."


# -- around it -----------------------------------------------------------------------------


def test_a_visitor_looks_and_changes_nothing(records, key, jobs, qtbot):
    with bootstrap.open_with_key(records, key) as opened:
        opened.services.people.save(make_person("Anne Example", id=ANNE))
        opened.services.setup.set_account(Actor("Vera Visitor", Role.VISITOR))
    with bootstrap.open_with_key(records, key) as opened:
        page = shown(Context(opened.services, jobs), qtbot)
        assert page.add_button.isHidden()
        assert page.details.edit_button.isHidden() or page.details._buttons.isHidden()
        page.add()
        page.edit()
        assert not page.is_editing


def test_an_empty_register_offers_the_first_step(context, qtbot):
    page = shown(context, qtbot)
    assert "Add the first person" in page._empty.accessibleName()
    assert page._empty.isVisible()
    qtbot.mouseClick(page.add_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.form.given_name, "Anne Example")
    assert page.form.save()
    assert page._empty.isHidden()
    assert column(page, NAME) == ["Anne Example"]


def test_a_page_out_of_sight_reads_when_it_is_back(page):
    page.hide()
    keep(page.context, make_person("Zoe Last"))
    page.show()
    assert "Zoe Last" in column(page, NAME)


@pytest.mark.parametrize("form", ["details", "edit", "leave"])
def test_the_page_fits_and_keeps_its_action_in_sight(page, form, appearance: Appearance, qtbot):
    with_memberships(page.context, CARA, Membership(CUSTODY, LONG_AGO, status="LEAVE"))
    page.open_target(BEN)
    {"edit": page.edit, "leave": page.leave, "details": page.table.setFocus}[form]()
    for percent in (100, 150, 200):
        appearance.choose("light", percent)
        for _ in range(3):
            QApplication.processEvents()
        assert looking.cut_at_rest(page) == []
        assert looking.primary_out_of_sight(page, page) == []
    assert looking.nameless(page) == []
    assert looking.out_of_order(page) == []


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_answers_are_not_cut_off(page, percent, appearance: Appearance):
    with_memberships(page.context, CARA, Membership(CUSTODY, LONG_AGO, status="LEAVE"))
    appearance.choose("light", percent)
    delegate = page.table.itemDelegate()
    from PySide6.QtWidgets import QStyleOptionViewItem

    wanted = delegate.sizeHint(QStyleOptionViewItem(), page.tablemodel.index(0, MAY_VISIT)).width()
    assert page.table.columnWidth(MAY_VISIT) >= wanted
    assert page.table.rowHeight(0) >= theme().px(32)
