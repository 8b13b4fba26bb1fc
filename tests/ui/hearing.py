"""The tree that a screen reader is given, read in process through Qt's own interface."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

Role = QAccessible.Role
_ITEMS = (Role.Table, Role.Tree)


@dataclass(frozen=True)
class Heard:
    """What a reader says of one thing, and in what it stands."""

    role: Role
    name: str
    value: str
    description: str
    states: frozenset[str]
    within: tuple[tuple[Role, str], ...]
    labelled_by: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.role.name} {self.name!r} {self.value!r} {self.description!r}"


_STATES = (
    "checked", "checkable", "selected", "selectable", "focusable", "editable", "readOnly",
    "disabled",
)  # fmt: skip


def heard(widget: QWidget) -> list[Heard]:
    """Everything in sight within a widget, from top to bottom; of a table itself alone."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return list(_walk(found, ()))


def heard_of(widget: QWidget) -> Heard:
    """What is said of one widget."""
    return heard(widget)[0]


def _walk(found: QAccessibleInterface, within: tuple[tuple[Role, str], ...]) -> Iterator[Heard]:
    state = found.state()
    if state.invisible:
        return
    name = found.text(QAccessible.Text.Name)
    labels = found.relations(QAccessible.RelationFlag.Label)
    yield Heard(
        found.role(),
        name,
        found.text(QAccessible.Text.Value),
        found.text(QAccessible.Text.Description),
        frozenset(one for one in _STATES if getattr(state, one)),
        within,
        tuple(other.text(QAccessible.Text.Name) for other, _ in labels),
    )
    if found.role() in _ITEMS:
        return
    for at in range(found.childCount()):
        child = found.child(at)
        if child is not None and child.isValid():
            yield from _walk(child, (*within, (found.role(), name)))


def headings(widget: QWidget) -> list[str]:
    """The words of the headings in sight."""
    return [one.name for one in heard(widget) if one.role is Role.Heading]


def wrong_in(widget: QWidget) -> list[str]:
    """What a reader would be misled by, or could call by its kind alone."""
    found = []
    for one in heard(widget):
        holder = one.within[-1] if one.within else (Role.NoRole, "")
        if one.role is Role.RadioButton and not _in_named_group(one, holder):
            found.append(f"{one} stands in {holder}")
        if one.role is Role.ComboBox and one.value and one.name == one.value:
            found.append(f"{one} is named by what is chosen")
        if one.role is Role.PageTab and "selectable" not in one.states:
            found.append(f"{one} can't be the page in sight")
        if one.role is Role.PageTabList and not one.name:
            found.append("a list of pages without a name")
        if one.role is Role.Heading and not one.name.strip():
            found.append(f"a heading without words in {holder}")
        if "focusable" in one.states and not (one.name or one.labelled_by):
            found.append(f"{one} in {holder} has no name")
    return found


def _in_named_group(one: Heard, holder: tuple[Role, str]) -> bool:
    return holder[0] is Role.Grouping and bool(holder[1]) and " of " in one.description
