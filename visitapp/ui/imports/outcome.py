"""What an import would do, in words for the page."""

from collections.abc import Sequence

from visitapp.domain.importing import ImportPlan
from visitapp.domain.register_import import RegisterPlan
from visitapp.domain.text.wording import number_of, plural

AnyPlan = ImportPlan | RegisterPlan
Fact = tuple[str, str, str]
"""What it is about, in words, and its tone."""
_NAMES_SHOWN = 6


def refusal_of(plan: AnyPlan, *, skips: bool) -> str:
    """Why a plan can't be carried out; empty if it can. `skips`: bad rows are left out."""
    if plan.problems and not skips:
        return _refused(plan)
    if isinstance(plan, RegisterPlan):
        return "" if plan.changed else plan.outcome
    if not plan.visits and not (skips and plan.rejects):
        there = plan.already_there
        return _all_there(there) if there else "There are no visits in the file."
    return ""


def action_of(plan: AnyPlan) -> str:
    """The text of the button that carries it out."""
    if isinstance(plan, RegisterPlan):
        return f"Import {number_of(plan.changed, 'person', 'people')}"
    number = len(plan.visits)
    return f"Import {number_of(number, 'visit')}" if number else "Save the skipped rows"


def facts_of(plan: AnyPlan, *, skips: bool) -> list[Fact]:
    """What would happen."""
    return (
        _register_facts(plan, skips=skips)
        if isinstance(plan, RegisterPlan)
        else _visits_facts(plan, skips=skips)
    )


def _register_facts(plan: RegisterPlan, *, skips: bool) -> list[Fact]:
    facts = [("With something to enter", f"{plan.changed:,}", "text")]
    if plan.unchanged:
        facts.append(("Nothing new", f"{plan.unchanged:,}, not changed", "text"))
    facts += _findings(plan)
    if skips and plan.bad_rows:
        facts.append(("Skipped", number_of(plan.bad_rows, "row"), "text"))
    names = (("People to add", plan.new_people), ("People not known", plan.unknown_people))
    facts += [(key, _named(of_key), "text") for key, of_key in names if of_key]
    if plan.everybody:
        facts.append(("All rows", plan.everybody, "text"))
    return facts


def _findings(plan: AnyPlan) -> list[Fact]:
    facts = [("Problems", _problems(plan), "bad")] if plan.problems else []
    if plan.warnings:
        facts.append(("Warnings", f"{len(plan.warnings):,} (warnings only)", "text"))
    return facts


def _visits_facts(plan: ImportPlan, *, skips: bool) -> list[Fact]:
    facts = [("New visits", f"{len(plan.visits):,}", "text")]
    if plan.already_there:
        facts.append(("Already in the file", f"{plan.already_there:,}, not changed", "text"))
    if plan.problems:
        facts.append(("Problems", _problems(plan), "bad"))
    if skips and plan.rejects:
        facts.append(("Skipped", number_of(len(plan.rejects), "row"), "text"))
    if plan.warnings:
        facts.append(("Warnings", f"{len(plan.warnings):,} (warnings only)", "text"))
    created = (
        ("Sites to add", [site.name for site in plan.new_sites]),
        ("People to add", [person.name for person in plan.new_people]),
        ("Sites not known", plan.unknown_sites),
        ("People not known", plan.unknown_people),
    )
    facts += [(key, _named(names), "text") for key, names in created if names]
    if plan.new_sites:
        facts.append(("Open since", plan.opening_words, "text"))
    return facts


def _problems(plan: AnyPlan) -> str:
    rows = {(problem.sheet_name, problem.row) for problem in plan.problems}
    return f"{len(plan.problems):,}, in {number_of(len(rows), 'row')}"


def _refused(plan: AnyPlan) -> str:
    number = len(plan.problems)
    what = f"{number_of(number, 'problem stops', 'problems stop')} this import."
    right = f"Put {plural(number, 'it', 'them')} right in the file and choose it again"
    return (
        f"{what} {right}."
        if not plan.can_skip
        else f"{what} {right}, match words and names, or skip the rows with errors."
    )


def _all_there(number: int) -> str:
    return f"{plural(number, 'The visit is', f'All {number:,} visits are')} already in the file."


def _named(names: Sequence[str]) -> str:
    """A list of names, and how many more: `5: A, B and 3 more`."""
    shown = list(names[:_NAMES_SHOWN])
    more = len(names) - len(shown)
    text = "; ".join(shown)
    return f"{len(names):,}: {text}" + (f" and {more:,} more" if more else "")
