"""Work that says how far it is, and stops when it is told to."""

import pytest

from visitapp.domain.errors import CancelledError
from visitapp.domain.progress import report_progress, with_progress, with_progress_as_they_come


class Listener:
    """Keeps what it is told, and stops the work at a number."""

    def __init__(self, stop_at: int | None = None, answer: bool | None = None) -> None:
        self.calls: list[tuple[str, int, int]] = []
        self._stop_at, self._answer = stop_at, answer

    def __call__(self, stage: str, done: int, total: int) -> bool | None:
        self.calls.append((stage, done, total))
        return False if done == self._stop_at else self._answer


@pytest.mark.parametrize("answer", [None, True])
def test_work_goes_on_unless_the_listener_says_no(answer):
    listener = Listener(answer=answer)
    report_progress(listener, "Reading", 1, 2)
    assert listener.calls == [("Reading", 1, 2)]
    report_progress(None, "Reading")
    with pytest.raises(CancelledError, match="Nothing was saved"):
        report_progress(Listener(stop_at=0), "Reading", stopped="Nothing was saved.")


@pytest.mark.parametrize(
    ("number", "reported"),
    [
        (0, []),
        (3, [0, 1, 2, 3]),
        (20, list(range(21))),
        (100, list(range(0, 101, 5))),
    ],
)
def test_a_list_is_reported_about_twenty_times_and_at_its_end(number, reported):
    listener = Listener()
    assert list(with_progress(listener, "Reading", range(number))) == list(range(number))
    assert listener.calls == [("Reading", done, number) for done in reported]


def test_a_stopped_list_gives_no_more_items():
    items = with_progress(Listener(stop_at=2), "Reading", "abcd")
    assert [next(items), next(items)] == ["a", "b"]
    with pytest.raises(CancelledError):
        next(items)


def test_items_of_unknown_number_are_reported_every_so_many():
    listener = Listener()
    assert "".join(with_progress_as_they_come(listener, "Reading", iter("abcde"), 2)) == "abcde"
    assert listener.calls == [("Reading", 0, 0), ("Reading", 2, 0), ("Reading", 4, 0)]
