"""The words of the page People."""

from visitapp.domain.office.register import RegisterPart

PARTS = {part: part.value.capitalize() for part in RegisterPart}
HELP = (
    "The register lists everyone who visits, wants to visit, or has visited. People who may "
    "not visit today come first, with the reason.\n\nUse the arrow keys to move in the "
    "table. Press Enter to edit a person, Insert to add one, Delete to record that someone "
    "has left, Ctrl+F to search by name, telephone, e-mail or home area, and Escape to leave "
    "a form without saving. Nobody is ever deleted, and their visits do not change.\n\nInvite "
    "saves a file for a visitor and shows a code. With both they join with visitapp on their "
    "own computer, and send you a reply.\n\nA status holds from the day you enter. Runs out "
    "lists what ends within 90 days, Awards due long service, Below minimum who did less than "
    "Settings, Schemes ask for.\n\nEquality monitoring opens what somebody answered. The same "
    "person as counts two entries of one person together, with Undo."
)
