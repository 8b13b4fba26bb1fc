"""The baseline of bench_start: the same Qt modules and SQLAlchemy, the file open, an empty
window. It imports nothing of visitapp. Arguments: the file, its data key in hexadecimal."""

import sys
from typing import Any

from PySide6 import QtSvg
from PySide6.QtCore import QEvent
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QMainWindow
from sqlalchemy import create_engine, text
from sqlcipher3 import dbapi2


class Window(QMainWindow):
    painted = False

    def event(self, event: QEvent) -> bool:
        self.painted = self.painted or event.type() is QEvent.Type.Paint
        return super().event(event)


def main() -> None:
    path, key = sys.argv[1:]

    def connect() -> Any:
        connection = dbapi2.connect(path, isolation_level=None, check_same_thread=False)
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        connection.execute("PRAGMA journal_mode = WAL")
        return connection

    application = QApplication(sys.argv[:1])
    engine = create_engine("sqlite+pysqlite://", module=dbapi2, creator=connect)
    with engine.connect() as connection:
        visits = connection.execute(text("SELECT count(*) FROM visit")).scalar_one()
    window = Window()
    window.setWindowTitle(f"{visits} visits")
    window.resize(1366, 720)
    window.show()
    while not window.painted:
        application.processEvents()
    print("painted", flush=True)
    assert QtSvg
    assert QPixmap
    sys.stdin.readline()


if __name__ == "__main__":
    main()
