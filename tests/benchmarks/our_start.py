"""What bench_start measures of us: to the first paint of Home with its figures, given the data
key. Arguments: the file, its data key in hexadecimal."""

import sys
from pathlib import Path

from visitapp.__main__ import before_qt

HEAVY = (
    "alembic", "reportlab", "openpyxl", "xlsxwriter", "pypdfium2", "argon2", "PIL", "numpy",
    "sklearn", "ortools", "visitapp.domain.privacy.guard", "visitapp.persistence.ledger",
    "visitapp.domain.privacy.numbers", "visitapp.domain.report.form",
    "visitapp.services.exchange", "visitapp.security.sealed_messages",
    "visitapp.exchange.message_content", "visitapp.bootstrap.demonstrations",
    "visitapp.domain.plan.planned", "visitapp.services.office.reference",
    "visitapp.domain.year.findings", "visitapp.services.year.figures_json",
    "visitapp.services.year.listed_issues", "visitapp.services.reports.issues",
    "visitapp.domain.report.visit", "visitapp.persistence.exchange_tables",
)  # fmt: skip
"""What no start waits for."""


def compiled_dataclasses() -> set[str]:
    """Our dataclasses whose methods the standard library compiled while they were loaded."""
    kinds = [kind for name, module in [*sys.modules.items()] if name.startswith("visitapp.")
             for kind in vars(module).values() if isinstance(kind, type)]  # fmt: skip
    return {
        f"{kind.__module__}.{kind.__qualname__}"
        for kind in kinds
        if kind.__module__.startswith("visitapp.")
        and getattr(kind, "__dataclass_params__", None) is not None
        and kind.__dataclass_params__.init
    }


def main() -> None:
    before_qt()
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication

    from visitapp import bootstrap
    from visitapp.ui.application import make_window
    from visitapp.ui.look.preferences import Preferences

    class Painted(QObject):
        """Sees the first paint of a widget."""

        seen = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            self.seen = self.seen or event.type() is QEvent.Type.Paint
            return super().eventFilter(watched, event)

    application = QApplication(sys.argv[:1])
    window = make_window(application, Preferences())
    sys.excepthook = sys.__excepthook__  # nobody is there to answer a dialog
    window.session.adopt(bootstrap.open_with_key(Path(sys.argv[1]), bytes.fromhex(sys.argv[2])))
    assert window.shell is not None
    page = window.shell.page
    assert page is not None
    assert page.viewmodel.figures()  # type: ignore[attr-defined]
    painted = Painted()
    page.installEventFilter(painted)
    window.show()
    while not painted.seen:
        application.processEvents()
    print("painted", flush=True)
    early = sorted(name for name in HEAVY if name in sys.modules)
    assert not early, f"loaded too early: {early}"
    compiled = sorted(compiled_dataclasses())
    assert not compiled, f"these take visitapp.domain.dataclass: {compiled}"
    sys.stdin.readline()
    window.close()


if __name__ == "__main__":
    main()
