import gc
import threading
import weakref

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from visitapp.ui.frame.collector import Collector, collecting_between_events


@pytest.fixture(autouse=True)
def _collected_between_tests() -> None:
    """Here it is the program's own collecting that is looked at."""


class Knot:
    """Hangs in a circle, so that only the collector can take it away."""

    def __init__(self) -> None:
        self.itself = self
        weakref.finalize(self, lambda: GONE_ON.append(threading.current_thread().name))


GONE_ON: list[str] = []


def test_nothing_is_collected_on_another_thread(qtbot: QtBot, qapp: QApplication) -> None:
    GONE_ON.clear()

    def make_much() -> None:
        Knot()
        for _ in range(5):
            [[] for _ in range(2 * gc.get_threshold()[0])]

    with collecting_between_events(qapp):
        worker = threading.Thread(target=make_much, name="worker")
        worker.start()
        worker.join()
        assert GONE_ON == []
        gc.collect()
        assert [threading.main_thread().name] == GONE_ON


def test_what_is_due_is_collected_and_no_more(qapp: QApplication) -> None:
    with collecting_between_events(qapp):
        collector = next(one for one in qapp.children() if isinstance(one, Collector))
        gc.collect()
        assert collector.look() is None
        kept = [[] for _ in range(2 * gc.get_threshold()[0])]
        assert collector.look() == 0
        del kept


def test_it_comes_round_by_itself(qtbot: QtBot, qapp: QApplication) -> None:
    with collecting_between_events(qapp):
        gone = weakref.ref(Knot())
        kept = [[] for _ in range(2 * gc.get_threshold()[0])]
        qtbot.waitUntil(lambda: gone() is None, timeout=10_000)
        del kept


def test_afterwards_python_collects_for_itself_again(qapp: QApplication) -> None:
    assert gc.isenabled()
    with collecting_between_events(qapp):
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
