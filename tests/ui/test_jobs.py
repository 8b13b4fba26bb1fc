import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from visitapp.domain.errors import BadInputError, CancelledError, VisitAppError
from visitapp.domain.progress import Progress
from visitapp.ui.jobs import Jobs


def _wait(qtbot: QtBot, jobs: Jobs) -> None:
    qtbot.waitUntil(lambda: not jobs.is_busy, timeout=5000)


def test_work_is_done_elsewhere_and_its_answer_comes_here(qtbot: QtBot, jobs: Jobs) -> None:
    owner, got = QObject(), []
    jobs.run(
        threading.get_ident,
        owner=owner,
        done=lambda answer: got.append((answer, QThread.currentThread())),
    )
    _wait(qtbot, jobs)
    [(worked_in, answered_in)] = got
    assert worked_in != threading.get_ident()
    assert answered_in is QCoreApplication.instance().thread()


def test_work_is_done_one_piece_after_another(qtbot: QtBot, jobs: Jobs) -> None:
    owner, at_once, most = QObject(), [], []

    def work() -> None:
        at_once.append(1)
        most.append(len(at_once))
        QThread.msleep(5)
        at_once.pop()

    for _ in range(5):
        jobs.run(work, owner=owner)
    _wait(qtbot, jobs)
    assert most == [1] * 5


def test_an_owner_that_is_gone_gets_no_answer(qtbot: QtBot, jobs: Jobs) -> None:
    owner, got, gate = QObject(), [], threading.Event()
    jobs.run(gate.wait, owner=owner, done=got.append, failed=got.append)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)
    gate.set()
    _wait(qtbot, jobs)
    assert got == []


def test_a_known_problem_goes_to_failed(qtbot: QtBot, jobs: Jobs) -> None:
    owner, got = QObject(), []

    def work() -> None:
        raise BadInputError("The date is in the future.")

    jobs.run(work, owner=owner, failed=got.append)
    _wait(qtbot, jobs)
    assert [str(error) for error in got] == ["The date is in the future."]


def test_a_known_problem_without_a_place_of_its_own_goes_to_the_page(
    qtbot: QtBot, jobs: Jobs
) -> None:
    said: list[str] = []

    class Shows(QObject):
        def show_problem(self, error: VisitAppError) -> None:
            said.append(str(error))

    page = Shows()
    within = QObject(page)

    def work() -> None:
        raise BadInputError("Choose a site.")

    jobs.run(work, owner=within)
    _wait(qtbot, jobs)
    assert said == ["Choose a site."]


def test_a_fault_of_the_program_tells_the_page_and_is_raised(qtbot: QtBot, jobs: Jobs) -> None:
    owner, got = QObject(), []
    with capture_exceptions() as caught:
        jobs.run(lambda: 1 // 0, owner=owner, failed=got.append)
        _wait(qtbot, jobs)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    assert "did not work" in str(got[0])


def test_progress_arrives_and_a_cancelled_job_ends_as_cancelled(qtbot: QtBot, jobs: Jobs) -> None:
    owner, got, seen = QObject(), [], []

    def work(report: Progress) -> int:
        for at in range(10_000):
            if not report("Counting", at, 10_000):
                raise CancelledError("Cancelled.")
            QThread.msleep(1)
        return 1

    job = jobs.run(work, owner=owner, done=got.append, failed=got.append, progress=True)
    job.progressed.connect(lambda *what: (seen.append(what), job.cancel()))
    _wait(qtbot, jobs)
    assert seen[0] == ("Counting", 0, 10_000)
    assert isinstance(got[0], CancelledError)


def test_a_job_cancelled_before_its_turn_never_begins(qtbot: QtBot, jobs: Jobs) -> None:
    owner, gate, got = QObject(), threading.Event(), []
    jobs.run(gate.wait, owner=owner)
    second = jobs.run(lambda: got.append("worked"), owner=owner, failed=got.append)
    second.cancel()
    gate.set()
    _wait(qtbot, jobs)
    assert [type(answer) for answer in got] == [CancelledError]


def test_shutting_down_waits_for_the_thread_and_answers_nobody(qtbot: QtBot) -> None:
    jobs, owner, got = Jobs(), QObject(), []
    before = threading.active_count()
    jobs.run(lambda: QThread.msleep(30), owner=owner, done=got.append)
    jobs.shut_down()
    QCoreApplication.processEvents()
    assert threading.active_count() <= before
    assert got == []


@pytest.mark.parametrize("asked", [True, False])
def test_progress_is_given_only_to_work_that_asks(qtbot: QtBot, jobs: Jobs, asked: bool) -> None:
    owner, got = QObject(), []
    jobs.run(lambda *given: len(given), owner=owner, done=got.append, progress=asked)
    _wait(qtbot, jobs)
    assert got == [1 if asked else 0]
