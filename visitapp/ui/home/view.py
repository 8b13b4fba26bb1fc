"""The page Home: for a manager what is due and to do; for a visitor the unfinished report."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.office.scheme import Role
from visitapp.domain.text.wording import number_of, out_of, short_date
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.ui.context import Context
from visitapp.ui.home import parts
from visitapp.ui.home.tasks import HomeTask
from visitapp.ui.home.viewmodel import HomeViewModel
from visitapp.ui.look.theme import fit, theme
from visitapp.ui.look.tokens import BETWEEN_DOWN, HEATMAPS_STACK, INSET, SIDE_PANELS_BELOW
from visitapp.ui.widgets.buttons import button, link_button, primary_button
from visitapp.ui.widgets.labels import hairline, icon_label, label
from visitapp.ui.widgets.page import Page
from visitapp.ui.widgets.panel import Columns, Panel
from visitapp.ui.widgets.tag import Tag

if TYPE_CHECKING:
    from visitapp.domain.draft.draft_line import DraftLine

_MANAGER_HELP = """Home shows this quarter’s visits to each site: a square for each week, or for
each month or what else the site’s target counts by. A week belongs to the quarter that its Thursday
is in; it is due if the site was open on all its days.

\u201cTo do\u201d lists what needs your attention, the most urgent first. The figures on the
right are those of the annual report."""
_VISITOR_HELP = """Home shows your unfinished report, and the visits on this computer. We save
every change as you type; you can stop and come back.

On the right are your visits and hours as your office counts them: those whose reports it has
accepted, also the ones that somebody else logged."""

_READER_HELP = """Home shows the visits to each site in the quarter in which the copy was made: a
square for each week, or for each month or what else the site’s target counts by. The figures on
the right are those of the annual report."""
_HELP = {Role.MANAGER: _MANAGER_HELP, Role.VISITOR: _VISITOR_HELP, Role.READER: _READER_HELP}


_HERE = (
    "Here you will see which weeks are covered at each site, what there is to do, and the "
    "year\u2019s figures."
)
_TO_JOIN = (
    "Your scheme’s sites come with the invitation that your manager sends you. They also give you "
    "a code by telephone."
)
_LEAST_BESIDE = 780
"""The least page width, in logical pixels, for names, states and weeks side by side."""


class HomeView(Page):
    """Built again whenever the view model changes."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Home")
        self.viewmodel = HomeViewModel(context)
        self.follow(self.viewmodel)
        self.is_manager = self.viewmodel.role is Role.MANAGER
        self.help_text = _HELP[self.viewmodel.role]
        self._shown: QWidget | None = None
        self._factor = theme().factor
        self._is_narrow = False
        if not context.reads_only:
            self.add_action(
                button(
                    "Briefing",
                    lambda: context.go("briefing"),
                    icon="list-checks",
                    shortcut="Ctrl+Shift+B",
                )
            )
        if self.is_manager:
            self.add_action(
                button(
                    "Log a visit", lambda: context.go("log"), icon="square-pen", shortcut="Ctrl+N"
                )
            )
        self.viewmodel.changed.connect(self._show)
        context.preferences.changed.connect(self._on_preferences)

    def _show(self) -> None:
        if self._shown is not None:
            self.body.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        is_visitor = self.viewmodel.role is Role.VISITOR
        self.set_title(self.viewmodel.greeting() if is_visitor else "Home")
        self.set_facts(self.viewmodel.day_words())
        overview = self.viewmodel.overview
        may_begin = is_visitor and overview.has_sites
        may_begin = may_begin or self.context.reads_only
        if overview.is_new and not self.viewmodel.drafts and not may_begin:
            self._shown = self._first_steps()
        else:
            self._shown = self._visitor() if is_visitor else self._office()
        self.body.insertWidget(0, self._shown)
        self._shown.show()
        if self.body.count() == 1:
            self.body.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        """Check whether the date or the text size has changed."""
        super().showEvent(event)
        self.viewmodel.check_date()
        self._on_preferences()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Build the page once its width is known: in a narrow window a site's weeks go below its
        name."""
        super().resizeEvent(event)
        narrow = self.width() < theme().px(_LEAST_BESIDE)
        if self._shown is None or narrow != self._is_narrow:
            self._is_narrow = narrow
            self._show()

    def _on_preferences(self) -> None:
        changed = theme().factor != self._factor  # the weeks are arranged differently at large text
        if changed and not self.isHidden():
            self._factor = theme().factor
            self._show()

    # -- for a manager, and for the reader of a copy --------------------------------------

    def _office(self) -> QWidget:
        viewmodel, overview = self.viewmodel, self.viewmodel.overview
        main, column = _column()
        if overview.sites:
            panel = parts.quarter_panel(
                "This week and this quarter",
                viewmodel.week_words(),
                overview.sites,
                [viewmodel.status(site) for site in overview.sites],
                overview.quarter.weeks(),
                stacked=self._is_narrow or theme().factor >= SIDE_PANELS_BELOW,
            )
            panel.head.addWidget(link_button("Coverage", lambda: self.context.go("coverage")))
            column.addWidget(panel)
        if self.is_manager:
            tasks = parts.tasks_panel(viewmodel.tasks(), self._act)
            # at large text the weeks would fill the screen and hide the tasks
            at = 0 if theme().factor >= HEATMAPS_STACK else column.count()
            column.insertWidget(at, tasks)
        column.addStretch(1)
        figures = viewmodel.figures()
        if not figures:
            return main
        side = Panel(viewmodel.year_title(), flush=True)
        side.head.addWidget(
            link_button("Annual report", lambda: self.context.go("reports", overview.year))
        )
        for at, figure in enumerate(figures):
            if at:
                side.body.addWidget(hairline())
            side.body.addWidget(parts.figure_block(figure))
        bars = viewmodel.times_of_day()
        if bars is not None:
            side.body.addWidget(hairline())
            side.body.addWidget(parts.bars_block(bars))
        return Columns(main, side, side_width=378, least_main=700)

    def _act(self, task: HomeTask) -> None:
        self.context.go(task.page, task.target)

    # -- for a visitor --------------------------------------------------------------------

    def _visitor(self) -> QWidget:
        main, column = _column()
        drafts = self.viewmodel.drafts
        if drafts:
            column.addWidget(self._draft_card(drafts[0]))
            for draft in drafts[1:]:
                column.addWidget(self._other_draft(draft))
        else:
            column.addWidget(self._begin_card())
        if tasks := self.viewmodel.visitor_tasks():
            column.addWidget(parts.tasks_panel(tasks, self._act, leads=False))
        if self.viewmodel.overview.recent:
            column.addWidget(self._recent())
        if kept := self.viewmodel.overview.kept_at_office:
            reports = number_of(kept, "report is", "reports are")
            column.addWidget(
                label(f"{reports} kept at the office alone.", "second", "text2", wrap=True)
            )
        column.addStretch(1)
        years = self.viewmodel.overview.own_years
        if not years:
            return main
        from visitapp.ui.home.own_years import own_years_panel

        return Columns(main, own_years_panel(years), side_width=378, least_main=560)

    def _draft_card(self, draft: "DraftLine") -> Panel:
        panel = Panel()
        panel.setProperty("chosen", "true")
        panel.setAccessibleName("You have a visit to finish")
        head = QHBoxLayout()
        head.addWidget(label("You have a visit to finish", "section", wrap=True), 1)
        head.addWidget(Tag("Draft", "info", "pencil"), 0, Qt.AlignmentFlag.AlignTop)
        panel.body.addLayout(head)
        panel.body.addWidget(label(self.viewmodel.draft_words(draft), "lead", wrap=True))
        done = out_of(draft.done, draft.sections)
        words = f"{done} sections done. {self.viewmodel.draft_saved(draft)}"
        panel.body.addWidget(label(words, "second", "text2", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(
            primary_button(
                "Continue this visit",
                lambda: self.context.go("log", draft.id),
                icon="arrow-right",
                main=True,
            )
        )
        row.addWidget(self._log_button("Log another visit"))
        row.addStretch(1)
        panel.body.addLayout(row)
        return panel

    def _other_draft(self, draft: "DraftLine") -> Panel:
        panel = Panel()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(icon_label("pencil", 18, "primary"))
        words = f"{self.viewmodel.draft_words(draft)}. {self.viewmodel.draft_saved(draft)}"
        row.addWidget(label(words, "body", wrap=True), 1)
        continue_button = button("Continue", lambda: self.context.go("log", draft.id))
        continue_button.setAccessibleName(f"Continue: {self.viewmodel.draft_words(draft)}")
        row.addWidget(continue_button)
        panel.body.addLayout(row)
        return panel

    def _begin_card(self) -> Panel:
        panel = Panel()
        panel.body.addWidget(label("Log a visit", "section"))
        words = "We save every change as you type. You can stop at any time and come back."
        panel.body.addWidget(label(words, "body", "text2", wrap=True))
        log_button = primary_button(
            "Log a visit",
            lambda: self.context.go("log"),
            icon="square-pen",
            main=True,
            shortcut="Ctrl+N",
        )
        panel.body.addWidget(log_button)
        return panel

    def _log_button(self, words: str) -> QWidget:
        return button(
            words, lambda: self.context.go("log"), icon="square-pen", main=True, shortcut="Ctrl+N"
        )

    def _recent(self) -> Panel:
        panel = Panel("Your last visits", flush=True)
        panel.head.addWidget(
            link_button("All visits", lambda: self.context.go("visits", VisitQuery()))
        )
        for at, visit in enumerate(self.viewmodel.overview.recent):
            if at:
                panel.body.addWidget(hairline())
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(INSET, 8, INSET, 8)
            line.setSpacing(12)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(label(visit.site_name, "strong", wrap=True))
            when = f"{short_date(visit.arrived.day)}, {visit.arrived_at}"
            by = f", by {visit.visitors}" if visit.visitors else ""
            words.addWidget(label(f"{when}{by}", "second", "text2", wrap=True))
            line.addLayout(words, 1)
            read_button = button("Read", partial(self.context.go, "visits", visit.id), small=True)
            read_button.setAccessibleName(f"Read: {visit.site_name}, {when}")
            line.addWidget(read_button)
            panel.body.addWidget(row)
        return panel

    # -- a new file -----------------------------------------------------------------------

    def _first_steps(self) -> QWidget:
        go = self.context.go
        main, column = _column()
        panel = Panel("First steps", flush=True)
        intro = label(_HERE if self.is_manager else _TO_JOIN, "body", "text2", wrap=True)
        intro.setContentsMargins(INSET, 10, INSET, 10)
        panel.body.addWidget(intro)
        for step in self._steps():
            panel.body.addWidget(hairline())
            panel.body.addWidget(step)
        column.addWidget(panel)
        look = Panel()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(icon_label("flask-conical", 24, "primary"))
        words = "Would you like to see an example first? The demonstration has two years of visits."
        row.addWidget(label(words, "body", wrap=True), 1)
        row.addWidget(button("Open the demonstration", lambda: go("demonstration"), icon="play"))
        look.body.addLayout(row)
        column.addWidget(look)
        column.addStretch(1)
        fit(main, most_width=860)
        return main

    def _steps(self) -> list[QWidget]:
        overview, go = self.viewmodel.overview, self.context.go
        steps = []
        if self.is_manager:
            steps += [
                parts.step_row(
                    overview.has_sites,
                    "Add your sites",
                    "Suites and kennels, their timeslots, and when they opened",
                    _step(overview.has_sites, "Add a site", lambda: go("settings", "sites")),
                ),
                parts.step_row(
                    overview.has_people,
                    "Add your people",
                    "Everyone who visits, with the date they joined",
                    _step(
                        overview.has_people or not overview.has_sites,
                        "Add people",
                        lambda: go("people"),
                    ),
                ),
                parts.step_row(
                    False,
                    "Import past visits",
                    "From a spreadsheet. You see the result before anything is saved.",
                    button("Import visits", lambda: go("imports")),
                ),
            ]
        else:
            steps.append(
                parts.step_row(
                    False,
                    "Join your scheme",
                    "It makes a new file, with your sites in it",
                    _step(False, "Join my scheme", lambda: go("join")),
                )
            )
        ready = overview.has_sites and overview.has_people
        steps.append(
            parts.step_row(
                False,
                "Log a visit",
                "We save every change as you type",
                _step(not ready, "Log a visit", lambda: go("log")),
            )
        )
        return steps


def _step(is_plain: bool, words: str, act: Callable[[], object]) -> QWidget:
    """The button of a step; only the next step's is primary."""
    make = button if is_plain else primary_button
    return make(words, act)


def _column() -> tuple[QWidget, QVBoxLayout]:
    main = QWidget()
    column = QVBoxLayout(main)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(BETWEEN_DOWN)
    return main, column
