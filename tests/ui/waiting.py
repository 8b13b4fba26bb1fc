"""Waiting while the window lives on."""

from PySide6.QtCore import QEventLoop, QTimer


def wait(milliseconds: int) -> None:
    """Let events happen for so long. `QTest.qWait` would hold Python's lock meanwhile, so that the
    worker did next to nothing: the demonstration took half a minute."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
