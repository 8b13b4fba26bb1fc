"""The panel "How predictable are we?" of the page Coverage, and its gauge."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from visitapp.planning import judging
from visitapp.ui.context import Context
from visitapp.ui.coverage.view import CoverageView
from visitapp.ui.widgets.gauge import Gauge

Settle = Callable[[Context], None]


def shown(context: Context, qtbot: QtBot, settle: Settle) -> CoverageView:
    view = CoverageView(context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    view.show()
    settle(context)
    QApplication.processEvents()
    return view


def words(view: CoverageView) -> str:
    labels = view.foreseen.findChildren(QLabel)
    return "\n".join(one.text() for one in labels if one.isVisibleTo(view))


def test_each_site_has_its_sentence_its_gauge_and_how_sure_it_is(
    demo_context: Context, qtbot: QtBot, settle: Settle
) -> None:
    view = shown(demo_context, qtbot, settle)
    period = view.viewmodel.period
    services = demo_context.services
    found = [
        services.foresight.history(coverage.site_id, period)
        for coverage in view.viewmodel.coverages
    ]
    assert len(found) == len(view.foreseen.gauges) == 2
    for one, gauge in zip(found, view.foreseen.gauges, strict=True):
        assert one.sentence in words(view)
        assert gauge.share == one.day.caught.share
        low, high = round(100 * one.day.caught.low), round(100 * one.day.caught.high)
        assert f"between {low} and {high} of 100" in words(view)
        leaked = f"If someone knew how many visits each week had: {one.leaked_day.words}"
        assert leaked in words(view), "both cases are stated"
        assert "The mark at 14 is pure luck" in words(view)
    by_law = "could predict 35 in 100 (38 if the scheme chooses even timeslots)."
    assert view.foreseen.advice.text().endswith(by_law)
    assert "methods" not in words(view), "all of them judged"


def test_all_figures_are_there_for_those_who_want_them(
    demo_context: Context, qtbot: QtBot, settle: Settle
) -> None:
    view = shown(demo_context, qtbot, settle)
    assert "If they knew" not in words(view)
    view.foreseen.more.click()
    QApplication.processEvents()
    assert "If they knew how many visits each week had" in words(view)
    assert "Days they could rule out" in words(view)
    view.foreseen.more.click()
    QApplication.processEvents()
    assert "If they knew" not in words(view)


def test_ways_to_predict_that_are_not_installed_are_counted(
    demo_context: Context, without_learners: None, qtbot: QtBot, settle: Settle
) -> None:
    view = shown(demo_context, qtbot, settle)
    assert len(view.foreseen.gauges) == 2
    assert (
        "We tried 9 of our 11 ways to predict visits. The other 2 need scikit-learn, which is not "
        "installed here. They might predict more visits."
    ) in words(view)


def test_an_office_with_few_visits_is_told_so(
    furnished_context: Context, qtbot: QtBot, settle: Settle
) -> None:
    view = shown(furnished_context, qtbot, settle)
    assert "too few to say" in words(view)
    assert view.foreseen.gauges == []
    assert not view.foreseen.more.isVisible()


def test_a_question_that_is_overtaken_is_forgotten(
    demo_context: Context, qtbot: QtBot, settle: Settle
) -> None:
    view = shown(demo_context, qtbot, settle)
    first = view.viewmodel.coverages[0].site_id
    view.foreseen_viewmodel.ask(
        view.viewmodel.period, [c.site_id for c in view.viewmodel.coverages]
    )
    view.foreseen_viewmodel.ask(view.viewmodel.period, [first])
    settle(demo_context)
    assert len(view.foreseen_viewmodel.foresights) == 1


def test_sites_are_shown_as_they_come_and_once_worked_out_are_kept(
    demo_context: Context, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = shown(demo_context, qtbot, settle)
    period, sites = view.viewmodel.period, [c.site_id for c in view.viewmodel.coverages]
    steps: list[tuple[str, int]] = []
    foreseen = view.foreseen
    view.foreseen_viewmodel.changed.connect(
        lambda: steps.append((foreseen.waiting.text(), len(foreseen.gauges)))
    )
    judged: list[str] = []
    monkeypatch.setattr(judging, "judge_history", lambda name, *_: judged.append(name))
    view.foreseen_viewmodel.ask(period, sites)
    demo_context.jobs.run(lambda: None, owner=view)
    settle(demo_context)
    first, second = (f"Working it out from the visits: {n} of 2 sites." for n in (0, 1))
    assert steps == [(first, 0), (second, 1), ("", 2)]
    assert judged == []


def test_the_gauge_reads_as_a_sentence_and_paints_its_share(qtbot: QtBot) -> None:
    gauge = Gauge("Caught")
    qtbot.addWidget(gauge)
    gauge.resize(200, 20)
    assert gauge.accessibleName() == "Caught: not known yet"
    before = gauge.grab().toImage()
    gauge.show_share(0.38, (1 / 7, 0.46))
    assert gauge.accessibleName() == "Caught: 38 of 100; to compare: 14; to compare: 46"
    assert gauge.grab().toImage() != before
