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
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return list(_walk(interface, ()))


def heard_of(widget: QWidget) -> Heard:
    """What is said of one widget."""
    return heard(widget)[0]


def _walk(interface: QAccessibleInterface, within: tuple[tuple[Role, str], ...]) -> Iterator[Heard]:
    state = interface.state()
    if state.invisible:
        return
    name = interface.text(QAccessible.Text.Name)
    labels = interface.relations(QAccessible.RelationFlag.Label)
    yield Heard(
        interface.role(),
        name,
        interface.text(QAccessible.Text.Value),
        interface.text(QAccessible.Text.Description),
        frozenset(state_name for state_name in _STATES if getattr(state, state_name)),
        within,
        tuple(other.text(QAccessible.Text.Name) for other, _ in labels),
    )
    if interface.role() in _ITEMS:
        return
    for at in range(interface.childCount()):
        child = interface.child(at)
        if child is not None and child.isValid():
            yield from _walk(child, (*within, (interface.role(), name)))


def headings(widget: QWidget) -> list[str]:
    """The words of the headings in sight."""
    return [spoken.name for spoken in heard(widget) if spoken.role is Role.Heading]


def wrong_in(widget: QWidget) -> list[str]:
    """What a reader would be misled by, or could call by its kind alone."""
    faults = []
    for spoken in heard(widget):
        holder = spoken.within[-1] if spoken.within else (Role.NoRole, "")
        if spoken.role is Role.RadioButton and not _in_named_group(spoken, holder):
            faults.append(f"{spoken} stands in {holder}")
        if spoken.role is Role.ComboBox and spoken.value and spoken.name == spoken.value:
            faults.append(f"{spoken} is named by what is chosen")
        if spoken.role is Role.PageTab and "selectable" not in spoken.states:
            faults.append(f"{spoken} can't be the page in sight")
        if spoken.role is Role.PageTabList and not spoken.name:
            faults.append("a list of pages without a name")
        if spoken.role is Role.Heading and not spoken.name.strip():
            faults.append(f"a heading without words in {holder}")
        if "focusable" in spoken.states and not (spoken.name or spoken.labelled_by):
            faults.append(f"{spoken} in {holder} has no name")
    return faults


def _in_named_group(spoken: Heard, holder: tuple[Role, str]) -> bool:
    return holder[0] is Role.Grouping and bool(holder[1]) and " of " in spoken.description
