from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolTip
from pytestqt.qtbot import QtBot


def test_a_tooltip_shows_a_name_as_it_is(qtbot: QtBot) -> None:
    button = QPushButton("Somebody")
    qtbot.addWidget(button)
    button.show()
    QToolTip.showText(QPoint(5, 5), "O’Brien-Ňgũgĩ <b> & more", button)
    [tip] = [w for w in QApplication.topLevelWidgets() if w.inherits("QTipLabel")]
    assert isinstance(tip, QLabel)
    assert tip.textFormat() == Qt.TextFormat.PlainText
    assert tip.text() == "O’Brien-Ňgũgĩ <b> & more"
    with qtbot.waitSignal(tip.destroyed):
        QToolTip.hideText()
