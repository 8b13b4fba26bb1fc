"""Settings: the office's name, area and crest, and its schemes with their limits."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from visitapp.domain.office.minimum import Minimum
from visitapp.domain.office.scheme import Kind, Scheme, award_years
from visitapp.domain.office.visit_law import BEST, VisitLaw
from visitapp.domain.plan.planned import Mode
from visitapp.domain.text.wording import lowered, number_of
from visitapp.services.office.chosen_files import read_crest, read_word_template
from visitapp.ui.look.theme import fit
from visitapp.ui.settings.entries import EntriesSection
from visitapp.ui.settings.section import SettingsForm
from visitapp.ui.settings.words import (
    day_off_rows,
    days_off,
    handover_rows,
    handovers,
    limits_words,
    whole_number,
)
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.rows_editor import RowsEditor
from visitapp.ui.widgets.tablemodel import ListEntry
from visitapp.ui.window_dialogs import ask_crest, ask_word_template

_CREST = QSize(160, 120)
_AWARDS_HINT = "Years, such as 3, 6, 9. Leave blank for every three years."


class CrestField(QWidget):
    """Shows the crest as on the cover, with buttons to choose or remove it."""

    def __init__(self, choose: Callable[[], object]) -> None:
        super().__init__()
        self.crest = b""
        self._picture = QLabel()
        self._picture.setProperty("class", "cover")
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        fit(self._picture, width=_CREST.width(), height=_CREST.height())
        self.choose_button = button("Choose a picture…", choose, icon="folder-open")
        self.clear_button = button("Remove it", lambda: self.show_crest(b""))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for widget in (self._picture, self.choose_button, self.clear_button):
            row.addWidget(widget)
        row.addStretch(1)

    def show_crest(self, crest: bytes) -> None:
        """Show a PNG image, or nothing if empty."""
        self.crest = crest
        self._picture.setVisible(bool(crest))
        self.clear_button.setVisible(bool(crest))
        self._picture.setAccessibleName("The crest on the cover" if crest else "")
        picture = QPixmap()
        if picture.loadFromData(crest):
            room = self._picture.size() - QSize(16, 16)
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode
            self._picture.setPixmap(picture.scaled(room, keep, smooth.SmoothTransformation))


class TemplateField(QWidget):
    """Says whether there is a Word template, with buttons to choose or remove it."""

    def __init__(self, choose: Callable[[], object]) -> None:
        super().__init__()
        self.content = b""
        self._words = label("A template is saved in the file.", "second")
        self.choose_button = button("Choose a Word document…", choose, icon="folder-open")
        self.clear_button = button("Remove the template", lambda: self.show_template(b""))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for widget in (self._words, self.choose_button, self.clear_button):
            row.addWidget(widget)
        row.addStretch(1)

    def show_template(self, content: bytes) -> None:
        """Show that there is one, or none if empty."""
        self.content = content
        self._words.setVisible(bool(content))
        self.clear_button.setVisible(bool(content))


class OfficeSection(SettingsForm):
    """Name, area and crest, as printed in reports."""

    title = "Office"
    words = "Who runs the schemes. Reports print this. It is saved in the file."

    def make_fields(self) -> None:
        self.name, self.name_row = self.add_line("Name", "As on your letters.", width=520)
        self.area, _ = self.add_line("Area", "Such as Leicestershire and Rutland.", width=520)
        self.awards, self.awards_row = self.add_line(
            "Long-service awards after", _AWARDS_HINT, width=520
        )
        self.crest = CrestField(self._choose_crest)
        self.fields.addWidget(
            FormRow(
                "Crest", self.crest,
                "Appears top right on the cover of the annual report, on dark blue. Use a light "
                "logo with a clear background. Optional.", wide=True,
            )
        )  # fmt: skip
        self.template = TemplateField(self._choose_template)
        self.fields.addWidget(
            FormRow(
                "Word template", self.template,
                "A Word document of yours. In Word, the annual report has its page, styles, head "
                "and foot; what is written in it is left out. Optional.", wide=True,
            )
        )  # fmt: skip
        self.numbers = QCheckBox("Number the paragraphs of the annual report")
        self.fields.addWidget(self.numbers)

    def _choose_crest(self) -> None:
        path = ask_crest(self)
        crest = self.viewmodel.read(read_crest, path) if path is not None else b""
        if crest:
            self.say_problem("")
            self.crest.show_crest(crest)

    def _choose_template(self) -> None:
        path = ask_word_template(self)
        content = self.viewmodel.read(read_word_template, path) if path is not None else b""
        if content:
            self.say_problem("")
            self.template.show_template(content)

    def fill(self) -> None:
        self._office = self.viewmodel.office()
        self.name.setText(self._office.name)
        self.area.setText(self._office.area)
        self.awards.setText(", ".join(map(str, self._office.award_years)))
        self.awards_row.set_error("")
        self.name.setCursorPosition(0)
        self.name_row.set_error("")
        self.crest.show_crest(self._office.crest)
        self.template.show_template(self._office.word_template)
        self.numbers.setChecked(self._office.numbers_paragraphs)

    def state(self) -> tuple[object, ...]:
        return (
            self.name.text(), self.area.text(), self.awards.text(), self.crest.crest,
            self.template.content, self.numbers.isChecked(),
        )  # fmt: skip

    def save(self) -> bool:
        self.name_row.set_error("" if self.name.text().strip() else "Enter the name of the office.")
        years = award_years(self.awards.text())
        self.awards_row.set_error("Write years such as 3, 6, 9." if years is None else "")
        if self.name_row.error() or years is None:
            return False
        return self.viewmodel.save_office(
            replace(
                self._office,
                name=self.name.text().strip(),
                area=self.area.text().strip(),
                crest=self.crest.crest,
                award_years=years,
                word_template=self.template.content,
                numbers_paragraphs=self.numbers.isChecked(),
            )
        )


class SchemesSection(EntriesSection):
    """The schemes: name, limits of waiting times, when an issue is overdue, changes of shift."""

    title = "Schemes"
    words = (
        "The limits decide how a wait is counted and when an issue is overdue. Today’s limits "
        "also apply to past visits and open issues. Briefings and reports show when shifts "
        "change. Plans rarely use these times."
    )
    headings = ("Scheme", "Immediate", "Delay", "Issues")
    numbers = (1, 2, 3)
    side_width = 360

    def entries(self) -> list[ListEntry]:
        return [
            ListEntry(
                scheme,
                (
                    scheme.label,
                    f"0–{scheme.immediate_limit} min",
                    f"{scheme.immediate_limit + 1}–{scheme.delay_limit} min",
                    number_of(scheme.issue_days, "day"),
                ),
            )
            for scheme in self.viewmodel.schemes()
        ]

    def make_beside_add(self, row: FlowRow) -> None:
        self.begin_buttons: dict[Kind, QWidget] = {}
        for kind in Kind:
            add_button = button(
                f"Start a scheme for {lowered(kind.label)} visiting",
                partial(self.viewmodel.begin_scheme, kind),
                icon="plus",
            )
            self.begin_buttons[kind] = add_button
            row.add(add_button)
        self.another_button = button(
            "Start another scheme for animals",
            partial(self.viewmodel.begin_scheme, Kind.ANIMAL_WELFARE),
            icon="plus",
        )
        self.another_button.setToolTip("Such as for the kennels of another force")
        row.add(self.another_button)

    def reload(self) -> None:
        super().reload()
        kinds = {scheme.kind for scheme in self.viewmodel.schemes()}
        for kind, add_button in self.begin_buttons.items():
            add_button.setVisible(kind not in kinds)
        self.another_button.setVisible(Kind.ANIMAL_WELFARE in kinds)

    def make_form(self) -> None:
        self.name, self.name_row = self.add_line("Name", width=296)
        self.immediate, self.immediate_row = self.add_line("Immediate, up to (minutes)", width=76)
        self.delay, self.delay_row = self.add_line("Delayed, up to (minutes)", width=76)
        self.limits = label("", "second", "text2", wrap=True)
        self.fields.addWidget(self.limits)
        for edit in (self.immediate, self.delay):
            edit.textChanged.connect(lambda _: self._say_limits())
        self.issue_days, _ = self.add_line(
            "Days to answer an issue", "Open issues are overdue after this many days.", width=76
        )
        self.visitors_keep_days, _ = self.add_line(
            "Days that visitors keep a report",
            "On their own computers, after you have accepted it. Then only its date, site and "
            "reference stay there.",
            width=76,
        )
        self.minimum_visits, _ = self.add_line(
            "Visits a volunteer makes in a year, at least",
            "People shows how many each made in twelve months. 0 for none.",
            width=76,
        )
        self.minimum_meetings, _ = self.add_line(
            "Meetings a volunteer comes to in a year, at least", "The same. 0 for none.", width=76
        )
        self.remote_counts = QCheckBox("Count telephone and video visits")
        hint = "Visits by telephone or video meet the target like others, but fill no timeslot."
        self.fields.addWidget(FormRow("Target", self.remote_counts, hint, wide=True))
        self.handovers = RowsEditor(
            "Changes of shift", ("From", "To"), ("", ""), "Change of shift", widths=(0, 0)
        )
        hint = "Such as 06:30 and 07:15. Visitors may have to wait at these times."
        self.fields.addWidget(FormRow("When shifts change", self.handovers, hint, wide=True))
        self.days_off = RowsEditor(
            "Days without planned visits", ("Day", "Every year"), ("", False), "Day",
            widths=(0, 0),
        )  # fmt: skip
        hint = (
            "Such as 25/12/2025, every year. Bank holidays are planned like other days unless you "
            "enter them here. People who know these days can rule them out."
        )
        self.fields.addWidget(FormRow("No visits planned on", self.days_off, hint, wide=True))
        self.law = Picker("How planned visits are drawn", width=296)
        self.law.set_choices([("", BEST), *((law.value, law.label) for law in VisitLaw)])
        hint = (
            "From the next plan on. Even days are mostly harder to predict; they need from 60 to "
            "78 visits a year. With even timeslots, no timeslot is ever much rarer than others."
        )
        self.fields.addWidget(FormRow("How planned visits are drawn", self.law, hint))
        self.moments = Picker("Day and time of planned visits", width=296)
        self.moments.set_choices([(False, Mode.MANAGER_HELD.words), (True, Mode.PAIR_HELD.words)])
        self.fields.addWidget(
            FormRow(
                "Day and time of planned visits",
                self.moments,
                "From the next plan on. The pair alone can know them where both have a copy of "
                "visitapp that has joined.",
            )
        )
        self.two_pairs = QCheckBox("Ask two pairs for every week")
        hint = (
            "From the next plan on, at sites visited once a week, where the office knows days and "
            "times. Each site then asks 104 pairs a year, however many visits it has; those that "
            "are not needed hear so in their week. Nobody who sees the rota or a visitor\u2019s "
            "page can see how many visits a week has. The page Plan says what they could predict."
        )
        self.fields.addWidget(FormRow("Who is asked", self.two_pairs, hint, wide=True))

    def fill(self, item: Scheme | None) -> None:
        if item is not None:
            self.name.setText(item.name)
            self.name.setCursorPosition(0)
            self.immediate.setText(str(item.immediate_limit))
            self.delay.setText(str(item.delay_limit))
            self.issue_days.setText(str(item.issue_days))
            self.visitors_keep_days.setText(str(item.visitors_keep_days))
            self.minimum_visits.setText(str(item.minimum.visits))
            self.minimum_meetings.setText(str(item.minimum.meetings))
            self.remote_counts.setChecked(item.remote_counts)
            self.law.set_key("" if item.law is None else item.law.value)
            self.moments.set_key(item.moments_to_pairs)
            self.two_pairs.setChecked(item.two_pairs)
            self.handovers.show_rows(handover_rows(item.handovers))
            self.days_off.show_rows(day_off_rows(item.days_off))

    def state(self) -> tuple[object, ...]:
        return (
            self.name.text(), self.immediate.text(), self.delay.text(), self.issue_days.text(),
            self.visitors_keep_days.text(), self.moments.key(), self.handovers.rows,
            self.remote_counts.isChecked(), self.days_off.rows, self.two_pairs.isChecked(),
            self.law.key(), self.minimum_visits.text(), self.minimum_meetings.text(),
        )  # fmt: skip

    def save(self, item: Scheme) -> object | None:
        immediate = whole_number(self.immediate.text(), "Immediate")
        delay = whole_number(self.delay.text(), "Delayed")
        changed = replace(
            item,
            name=self.name.text().strip(),
            immediate_limit=immediate,
            delay_limit=delay,
            issue_days=whole_number(self.issue_days.text(), "Days to answer an issue"),
            visitors_keep_days=whole_number(
                self.visitors_keep_days.text(), "Days that visitors keep a report"
            ),
            minimum=Minimum(
                whole_number(self.minimum_visits.text(), "Visits a year"),
                whole_number(self.minimum_meetings.text(), "Meetings a year"),
            ),
            handovers=handovers(self.handovers.rows),
            days_off=days_off(self.days_off.rows),
            law=VisitLaw(str(self.law.key())) if self.law.key() else None,
            moments_to_pairs=bool(self.moments.key()),
            remote_counts=self.remote_counts.isChecked(),
            two_pairs=self.two_pairs.isChecked(),
        )
        return item.id if self.viewmodel.save_scheme(item, changed) else None

    def name_of(self, item: Any) -> str:
        return str(item.label)

    def _say_limits(self) -> None:
        self.limits.setText(limits_words(self.immediate.text(), self.delay.text()))
