"""Progress of long work, shown in the panel that started it, with a button to stop it."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from visitapp.domain.text.wording import out_of
from visitapp.ui.jobs import Job
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.labels import label

_QUIET_MS = 400


class ProgressPanel(QWidget):
    """Appears after 0.4 seconds, and goes when the job ends."""

    def __init__(self) -> None:
        super().__init__()
        self._job: Job | None = None
        self._sentence = label("", "second", "text2", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = button("Cancel", self.cancel, small=True)
        fit(self._bar, least_width=120)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._sentence)
        words.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self._cancel)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_QUIET_MS)
        self._wait.timeout.connect(self.show)
        self.hide()

    def follow(self, job: Job, sentence: str) -> None:
        """Show the progress of a job, starting with a sentence."""
        self._leave()
        self._job = job
        self._cancel.setEnabled(True)
        self._on_progressed(sentence, 0, 0)
        job.progressed.connect(self._on_progressed)
        job.finished.connect(self._leave)
        self._wait.start()

    def cancel(self) -> None:
        """Ask the job to stop."""
        if self._job is not None:
            self._job.cancel()
            self._cancel.setEnabled(False)
            self._sentence.setText("Stopping. Nothing will be changed.")

    def _on_progressed(self, sentence: str, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        part = f" {out_of(done, total)}" if total else ""
        self._sentence.setText(f"{sentence}{part}")
        self._bar.setAccessibleName(f"{sentence}{part}")

    def _leave(self) -> None:
        self._wait.stop()
        self.hide()
        if self._job is not None:
            self._job.progressed.disconnect(self._on_progressed)
            self._job.finished.disconnect(self._leave)
            self._job = None
