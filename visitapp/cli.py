"""The command line: the same services as the window, with no window."""

import argparse
import contextlib
import getpass
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from time import monotonic
from typing import NoReturn

from visitapp import __version__, bootstrap
from visitapp.domain.clock_text import parse_date
from visitapp.domain.errors import BadInputError, CantOpenError, VisitAppError
from visitapp.domain.period import Period, reporting_year
from visitapp.paths import write_whole
from visitapp.services import Services

_SECONDS_BETWEEN = 10.0
OK, BUG, BAD_INPUT, CANT_OPEN, DAMAGED = 0, 1, 2, 3, 4


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise BadInputError(f"{message[:1].upper()}{message[1:]}; see {self.prog} --help.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0; 1 bug; 2 bad input; 3 can't open;
    4 `check` found damage. Only the answer goes to standard output."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", newline="\n")
    try:
        chosen = _parser().parse_args(arguments)
        run: Callable[[argparse.Namespace], int] = chosen.run
        code = run(chosen)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read the answer has heard enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - a sentence, never a traceback
        return _say(*_told(error))


def _told(error: BaseException) -> tuple[str, int]:
    """An error as one sentence and its exit code."""
    match error:
        case CantOpenError():
            return str(error), CANT_OPEN
        case VisitAppError():
            return str(error), BAD_INPUT
        case KeyboardInterrupt():
            return "Stopped; nothing was changed.", BAD_INPUT
        case OSError():
            return f"{error.filename or 'A file'}: {error.strerror or error}.", BAD_INPUT
        case _:
            return f"visitapp met a fault of its own: {type(error).__name__}{_place(error)}.", BUG


def _place(error: BaseException) -> str:
    """Where in the program an error arose, for whoever is told of it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f" ({Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno})"


def _say(message: object, code: int) -> int:
    print(" ".join(str(message).split()), file=sys.stderr)
    return code


class _Progress:
    """Long work told on standard error: counted up on a terminal, else a line now and then."""

    def __init__(self) -> None:
        self._stage = ""
        self._told = 0.0

    def __call__(self, stage: str, done: int = 0, total: int = 0) -> bool:
        """Tell; never cancels, which is what Ctrl+C is for."""
        count = f" {done} of {total}" if total else ""
        same, now = stage == self._stage, monotonic()
        if sys.stderr.isatty():
            before = "\r\x1b[K" if same else "\n" if self._stage else ""
            print(f"{before}{stage}{count}", end="", file=sys.stderr, flush=True)
        elif not same or now - self._told > _SECONDS_BETWEEN:
            print(f"{stage}{count if same else ''}", file=sys.stderr, flush=True)
            self._told = now
        self._stage = stage
        return True

    def end(self) -> None:
        """Leave the line that was counted up."""
        if self._stage and sys.stderr.isatty():
            print(file=sys.stderr)


@contextlib.contextmanager
def _told_on_the_way() -> Iterator[_Progress]:
    progress = _Progress()
    try:
        yield progress
    finally:
        progress.end()


def _parser() -> argparse.ArgumentParser:
    shared = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--file", type=Path, metavar="F", help="the file of records")
    shared.add_argument("--passphrase-file", type=Path, metavar="P",
                        help="a file whose first line is the passphrase")  # fmt: skip
    parser = _Parser(
        prog="visitapp",
        parents=[shared],
        description="Custody and animal welfare visiting: records, coverage, yearly report. "
        "Without a command, the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"visitapp {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True,
                                     parser_class=_Parser)  # fmt: skip

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str,
                group: "argparse._SubParsersAction[_Parser]" = commands) -> _Parser:  # fmt: skip
        added = group.add_parser(name, parents=[shared], help=text, description=text)
        added.set_defaults(run=run)
        return added

    new = command("new", _new, "make an empty file of records with both schemes")
    new.add_argument("records", nargs="?", type=Path, metavar="F", help="instead of --file")

    demo = command("demo", _demo, "write the demonstration and its documents to a folder")
    demo.add_argument("--out", type=Path, required=True, metavar="DIR")

    figures = command("figures", _figures, "every figure of a period")
    _add_period(figures)
    figures.add_argument("--json", action="store_true", required=True)

    coverage = command("coverage", _coverage, "visits by weekday and timeslot")
    _add_period(coverage)
    coverage.add_argument("--scheme", choices=("custody", "animal_welfare"))
    coverage.add_argument("--site", action="append", default=[], metavar="NAME")
    coverage.add_argument("--reading", choices=("need", "count"), default="need")
    form = coverage.add_mutually_exclusive_group(required=True)
    form.add_argument("--json", action="store_true")
    form.add_argument("--png", type=Path, metavar="F")
    form.add_argument("--svg", type=Path, metavar="F")
    coverage.add_argument("--force", action="store_true", help="write over an existing file")

    report = command("report", _figures, "published documents")
    reports = report.add_subparsers(dest="document", required=True, parser_class=_Parser)
    annual = command("annual", _annual, "the annual report as PDF", reports)
    _add_period(annual)
    annual.add_argument("--out", type=Path, required=True, metavar="F.pdf")
    annual.add_argument("--force", action="store_true", help="write over an existing file")

    imports = command("import", _import, "bring records from elsewhere")
    kinds = imports.add_subparsers(dest="kind", required=True, parser_class=_Parser)
    visits = command("visits", _import, "past visits from CSV or XLSX", kinds)
    visits.add_argument("source", type=Path, metavar="FILE")
    visits.add_argument("--detainees", type=Path, metavar="F")
    visits.add_argument("--issues", type=Path, metavar="F")
    visits.add_argument("--dry-run", action="store_true", help="only say what would happen")
    visits.add_argument("--create-missing", action="store_true",
                        help="make the sites and people that the file names")  # fmt: skip
    visits.add_argument("--skip-bad", action="store_true",
                        help="import the rest; bad rows are kept with their reasons")  # fmt: skip

    simulation = command(
        "simulate", _simulate, "years of planned visits, and who could foresee them"
    )
    simulation.add_argument("--visits", type=int, default=65, metavar="N", help="visits a year")
    simulation.add_argument("--years", type=int, default=400, metavar="N")
    simulation.add_argument("--out", type=Path, required=True, metavar="F.csv")
    simulation.add_argument("--force", action="store_true", help="write over an existing file")

    command("check", _check, "look for damage in the file")
    salvage = command("salvage", _salvage, "save what can be read of a damaged file to a new one")
    salvage.add_argument("--out", type=Path, required=True, metavar="F")
    backup = command("backup", _backup, "save a copy that can be restored")
    backup.add_argument("--out", type=Path, required=True, metavar="F")
    backup.add_argument("--force", action="store_true", help="write over an existing file")
    restore = command("restore", _restore, "bring a backup back as the file of records")
    restore.add_argument("backup", type=Path, metavar="BACKUP")
    restore.add_argument("--force", action="store_true",
                         help="replace an existing file, which is kept aside")  # fmt: skip
    return parser


def _add_period(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="start", metavar="D", help="first day, e.g. 2023-04-01")
    parser.add_argument("--to", dest="end", metavar="D", help="last day, included")


def _day(text: str) -> date:
    return parse_date(text)


def _period(chosen: argparse.Namespace, services: Services) -> Period:
    """The days asked for; one end alone is completed by its reporting year."""
    start = None if chosen.start is None else _day(chosen.start)
    end = None if chosen.end is None else _day(chosen.end)
    year = reporting_year(start or end or services.access.today())
    return Period(start or year.start, end or year.end)


def _records(chosen: argparse.Namespace) -> Path:
    path: Path | None = getattr(chosen, "file", None)
    if path is None and os.environ.get("VISITAPP_FILE"):
        path = Path(os.environ["VISITAPP_FILE"])
    if path is None:
        raise BadInputError("Say which file of records: --file F, or VISITAPP_FILE.")
    return path


def _given_passphrase(chosen: argparse.Namespace) -> str | None:
    path: Path | None = getattr(chosen, "passphrase_file", None)
    if path is not None:
        try:
            return path.read_text(encoding="utf-8-sig").split("\n")[0].removesuffix("\r")
        except (OSError, UnicodeDecodeError):
            raise CantOpenError(f"The passphrase file {path} can't be read.") from None
    return os.environ.get("VISITAPP_PASSPHRASE")


def _passphrase(chosen: argparse.Namespace) -> str:
    given = _given_passphrase(chosen)
    if given is None and sys.stdin is not None and sys.stdin.isatty():
        with contextlib.suppress(EOFError):  # ended with Ctrl+D
            given = getpass.getpass("Passphrase: ", stream=sys.stderr)
    if given is None:
        raise CantOpenError("No passphrase: use --passphrase-file or VISITAPP_PASSPHRASE.")
    return given


def _opened(chosen: argparse.Namespace, *, hold: bool = False) -> bootstrap.Opened:
    path = _records(chosen)
    if not path.is_file():
        raise CantOpenError(f"There is no file {path}.")
    return bootstrap.open_with_passphrase(path, _passphrase(chosen), hold=hold)


def _must_be_free(path: Path | None, force: bool) -> None:
    if path is not None and path.exists() and not force:
        raise BadInputError(f"{path} is there already; --force writes over it.")


def _new(chosen: argparse.Namespace) -> int:
    path = chosen.records or _records(chosen)
    passphrase = _given_passphrase(chosen)
    if passphrase is None:
        raise CantOpenError("No passphrase: use --passphrase-file or VISITAPP_PASSPHRASE.")
    code = bootstrap.create_file(path, passphrase)
    said = f"{path} is made. This recovery code is shown once; keep it on paper:"
    print(said, file=sys.stderr, flush=True)
    print(code)
    return OK


def _demo(chosen: argparse.Namespace) -> int:
    passphrase = _given_passphrase(chosen) or bootstrap.DEMONSTRATION_PASSPHRASE
    with _told_on_the_way() as progress:
        written = bootstrap.write_demonstration(chosen.out, passphrase, progress)
    for path in written:
        print(path)
    return OK


def _figures(chosen: argparse.Namespace) -> int:
    with _opened(chosen) as opened:
        period = _period(chosen, opened.services)
        sys.stdout.write(opened.services.figures.figures_json(period))
    return OK


def _coverage(chosen: argparse.Namespace) -> int:
    out = chosen.png or chosen.svg
    _must_be_free(out, chosen.force)
    with _opened(chosen) as opened:
        services = opened.services
        period = _period(chosen, services)
        sites = services.figures.site_ids(period, chosen.scheme, chosen.site)
        if chosen.json:
            sys.stdout.write(services.figures.coverage_json(period, sites))
        else:
            services.reports.coverage_picture(
                period, sites, chosen.reading, out, force=chosen.force
            )
            print(out)
    return OK


def _annual(chosen: argparse.Namespace) -> int:
    _must_be_free(chosen.out, chosen.force)
    with _opened(chosen) as opened, _told_on_the_way() as progress:
        period = _period(chosen, opened.services)
        opened.services.reports.annual_pdf(period, chosen.out, progress, force=chosen.force)
    print(chosen.out)
    return OK


def _import(chosen: argparse.Namespace) -> int:
    sources = (chosen.source, chosen.detainees, chosen.issues)
    with _opened(chosen, hold=not chosen.dry_run) as opened, _told_on_the_way() as progress:
        imports = opened.services.imports
        plan = imports.dry_run(sources, create_missing=chosen.create_missing, progress=progress)
        for line in plan.lines():
            print(line)
        if plan.problems and not (chosen.skip_bad and plan.can_skip):
            what = "1 problem" if len(plan.problems) == 1 else f"{len(plan.problems)} problems"
            raise BadInputError(f"Nothing was imported: {what} in the file.")
        if not chosen.dry_run:
            batch, _ = imports.carry_out(plan, skip_bad=chosen.skip_bad, progress=progress)
            print(batch.sentence)
    return OK


def _predictability(chosen: argparse.Namespace) -> int:
    with _opened(chosen) as opened:
        services = opened.services
        period = _period(chosen, services)
        (site_id,) = services.figures.site_ids(period, None, [chosen.site])
        sys.stdout.write(services.foresight.history_json(site_id, period))
    return OK


def _simulate(chosen: argparse.Namespace) -> int:
    _must_be_free(chosen.out, chosen.force)
    with _told_on_the_way() as progress:
        made = bootstrap.simulate(chosen.visits, chosen.years, progress)
    write_whole(chosen.out, made.table.encode("ascii"))
    for name, figure in made.figures.items():
        print(f"{name} {figure:.4f}" if isinstance(figure, float) else f"{name} {figure}")
    return OK


def _check(chosen: argparse.Namespace) -> int:
    found = bootstrap.check_file(_records(chosen), _passphrase(chosen))
    for sentence in found:
        print(sentence)
    if found:
        return _say("The file is damaged; restore a backup.", DAMAGED)
    print("No damage found.")
    return OK


def _salvage(chosen: argparse.Namespace) -> int:
    saved = bootstrap.salvage_file(_records(chosen), _passphrase(chosen), chosen.out)
    print(saved.sentence)
    return OK


def _backup(chosen: argparse.Namespace) -> int:
    _must_be_free(chosen.out, chosen.force)
    with _opened(chosen) as opened:
        opened.services.maintenance.backup(chosen.out, force=chosen.force)
    print(chosen.out)
    return OK


def _restore(chosen: argparse.Namespace) -> int:
    path = _records(chosen)
    _must_be_free(path, chosen.force)
    kept = bootstrap.restore_file(chosen.backup, path, _passphrase(chosen), force=chosen.force)
    if kept is not None:
        print(f"The file that was there is kept as {kept}.", file=sys.stderr)
    print(path)
    return OK
