"""Settings: reviews of custody records, by the office or a scrutiny panel."""

from datetime import timedelta
from typing import Any

from visitapp.domain.office.codes import Code
from visitapp.domain.office.record_review import Recommendation, RecordReview
from visitapp.domain.text.clock_text import parse_date
from visitapp.domain.text.wording import count_text, or_none, short_date
from visitapp.ui.settings.amounts import WithPeriod
from visitapp.ui.settings.review_entries import ReviewEntries
from visitapp.ui.settings.viewmodel import SettingsViewModel
from visitapp.ui.settings.words import whole_number
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.line_field import one_line
from visitapp.ui.widgets.rows_editor import RowsEditor
from visitapp.ui.widgets.tablemodel import ListEntry
from visitapp.ui.widgets.text_area import TextArea
from visitapp.ui.widgets.written_area import WrittenArea

_QUARTER = timedelta(days=91)
_NUMBER, _REPLY, _BY, _DAY = 90, 210, 120, 160


class ReviewsSection(WithPeriod):
    """Which records were reviewed, what came of it, and what was recommended and answered."""

    title = "Record reviews"
    words = (
        "Reviews of custody records by your office or a scrutiny panel: how many records of each "
        "kind, what was learned, and what the force replied. The annual report and the meeting "
        "pack print them. Add kinds of records under Lists. Never enter a name or a custody "
        "number."
    )
    headings = ("Review", "Records", "No reply yet")
    widths = (0, 76, 108)
    numbers = (1, 2)
    side_width = 800
    add_words = "Add a review"
    nothing_yet = "No reviews yet. Reports leave them out."

    def __init__(self, viewmodel: SettingsViewModel) -> None:
        self._reviews = ReviewEntries(viewmodel.context.services, viewmodel.carry_out)
        self._kinds: list[Code] = []
        super().__init__(viewmodel)

    def entries(self) -> list[ListEntry]:
        today = self.viewmodel.today
        return [
            ListEntry(
                review,
                (
                    ", ".join(filter(None, (self._period_of(review), review.panel))),
                    count_text(review.records),
                    or_none(len(review.unanswered(today))) if review.recommendations else "",
                ),
            )
            for review in self._reviews.all()
        ]

    def _period_of(self, review: RecordReview) -> str:
        return self.viewmodel.context.years().label(review.period)

    def make_form(self) -> None:
        self._make_days()
        self.panel, _ = self.add_line(
            "Reviewed by", "The office or the panel, not a name.", width=400
        )
        self.records = RowsEditor(
            "Records reviewed",
            ("Kind of record", "Records"),
            ("", ""),
            "Kind of record",
            widths=(0, _NUMBER),
            fixed=True,
        )
        self.fields.addWidget(FormRow("Records reviewed", self.records, wide=True))
        self.outcome = WrittenArea("Outcome", lines=2, most_lines=8)
        self.fields.addWidget(FormRow("Outcome", self.outcome, wide=True))
        self.themes = TextArea("Themes", lines=2, most_lines=8)
        self.fields.addWidget(FormRow("Themes", self.themes, "A line each.", wide=True))
        self.advice = RowsEditor(
            "Recommendations",
            ("Recommended", "Reply", "By", "On"),
            ("", "", "", ""),
            "Recommendation",
            widths=(0, _REPLY, _BY, _DAY),
        )
        hint = "Who replied is a role, such as Custody Inspector."
        self.fields.addWidget(FormRow("Recommendations", self.advice, hint, wide=True))

    def fill(self, item: RecordReview | None) -> None:
        today = self.viewmodel.today
        earlier = today - _QUARTER
        quarters = self.viewmodel.context.years().year_of(earlier).quarters()
        before = next(quarter for quarter in quarters if earlier in quarter)
        self._fill_days(item.period if item else before)
        self.panel.setText(item.panel if item else "")
        self._kinds = self._reviews.kinds(item, today)
        numbers = dict(item.numbers) if item else {}
        self.records.show_rows(
            [(kind.label, count_text(numbers[kind.code]) if kind.code in numbers else "")
             for kind in self._kinds]
        )  # fmt: skip
        self.outcome.set_text(item.outcome if item else "")
        self.themes.set_text(item.themes if item else "")
        self.advice.show_rows(
            [
                (
                    advice.what,
                    advice.reply,
                    advice.replied_by,
                    short_date(advice.replied_on) if advice.replied_on else "",
                )
                for advice in (item.recommendations if item else ())
            ]
        )

    def state(self) -> tuple[object, ...]:
        return (
            self.first.text(), self.last.text(), self.panel.text(), self.outcome.text(),
            self.themes.text(), self.records.typed_rows(), self.advice.typed_rows(),
        )  # fmt: skip

    def save(self, item: RecordReview | None) -> object | None:
        if self._reviews.scheme_id is None:
            self.say_problem("Add a custody scheme under Schemes first.")
            return None
        period = self._period()
        if period is None:
            return None
        return self._reviews.save(
            item,
            period,
            one_line(self.panel.text()),
            tuple(self._typed_numbers()),
            (self.outcome.text().strip(), self.themes.text().strip()),
            tuple(self._typed_advice()),
        )

    def _typed_numbers(self) -> list[tuple[str, int]]:
        numbers = []
        for kind, row in zip(self._kinds, self.records.typed_rows(), strict=True):
            number = whole_number(str(row[1]), kind.label) if row[1] else 0
            if number:
                numbers.append((kind.code, number))
        return numbers

    def _typed_advice(self) -> list[Recommendation]:
        advice = []
        for row in self.advice.typed_rows():
            what, reply, by, day = map(str, row)
            if any((what, reply, by, day)):
                replied_on = parse_date(day) if day else None
                advice.append(Recommendation(what, reply, by, replied_on))
        return advice

    def name_of(self, item: Any) -> str:
        return f"Review, {self._period_of(item)}"

    def remove_item(self, item: Any) -> bool:
        return self._reviews.remove(item)

    def put_back(self, item: Any) -> bool:
        return self._reviews.put_back(item)
