"""The only stylesheet (QSS), made from the tokens and the text size."""

from collections.abc import Callable

from visitapp.ui.look import tokens
from visitapp.ui.look.tokens import TYPE, Colours

_Px = Callable[[float], str]

_TONES = (
    "text", "text2", "text3", "link", "primary", "onPrimary", "onPrimarySoft", "good",
    "onGoodSoft", "warn", "onWarnSoft", "bad", "onBadSoft", "change", "onChangeSoft", "onGreySoft",
)  # fmt: skip
KINDS = {
    "info": ("primarySoft", "onPrimarySoft", "primary"),
    "good": ("goodSoft", "onGoodSoft", "good"),
    "warn": ("warnSoft", "onWarnSoft", "warn"),
    "bad": ("badSoft", "onBadSoft", "bad"),
    "change": ("changeSoft", "onChangeSoft", "change"),
    "grey": ("greySoft", "onGreySoft", "edge"),
}
"""The tokens of fill, text and mark for each state."""


def stylesheet(colours: Colours, factor: float) -> str:
    """The stylesheet of a theme at a text-size factor (1.0 is 100%)."""

    def px(logical: float) -> str:
        return f"{round(logical * factor)}px"

    return "\n".join(
        (
            _surfaces(colours),
            _labels(colours, px),
            _buttons(colours, px),
            _fields(colours, px),
            _panels(colours, px),
            _tables(colours, px),
            _shell(colours, px),
        )
    )


def _surfaces(c: Colours) -> str:
    return f"""
QMainWindow, QDialog, QWidget[surface="canvas"] {{ background: {c.canvas}; color: {c.text}; }}
QWidget[surface="nav"] {{ background: {c.nav}; color: {c.text}; }}
QWidget[surface="panel"] {{ background: {c.panel}; color: {c.text}; }}
QWidget[surface="hover"] {{ background: {c.hover}; color: {c.text}; }}
QFrame[class="welcome"] {{ background: {c.primary}; color: {c.onPrimary}; border: none;
  border-top-left-radius: {tokens.PANEL_RADIUS}px;
  border-bottom-left-radius: {tokens.PANEL_RADIUS}px; }}
QLabel[class="cover"] {{ background: {tokens.COVER}; border-radius: {tokens.PANEL_RADIUS}px; }}
QScrollArea {{ border: none; background: transparent; }}
QToolTip {{ background: {c.panel}; color: {c.text}; border: 1px solid {c.edge}; padding: 4px;
  qproperty-textFormat: PlainText; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {c.edge}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QLabel[class="sheet"] {{ border: 1px solid {c.line}; }}
QFrame[class="hairline"] {{ background: {c.line}; border: none; }}
"""


def _labels(c: Colours, px: _Px) -> str:
    styles = "".join(
        f'QLabel[type="{name}"] {{ font-size: {px(style.size)}; font-weight: {style.weight}; }}\n'
        for name, style in TYPE.items()
    )
    tones = "".join(
        f'QLabel[tone="{tone}"] {{ color: {getattr(c, tone)}; }}\n'
        for tone in dict.fromkeys(_TONES)
    )
    return f"QLabel {{ background: transparent; }}\n{styles}{tones}"


def _buttons(c: Colours, px: _Px) -> str:
    inner = px(tokens.CONTROL - 2)
    small = px(tokens.SMALL_CONTROL - 2)
    return f"""
QPushButton {{ background: {c.panel}; color: {c.text}; border: 1px solid {c.edge};
  border-radius: {tokens.CONTROL_RADIUS}px; padding: 0 13px; min-height: {inner};
  font-size: {px(15)}; font-weight: 500; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:pressed {{ background: {c.greySoft}; }}
QPushButton:disabled {{ background: {c.greySoft}; color: {c.onGreySoft};
  border-color: {c.greySoft}; }}
QPushButton[primary="true"] {{ background: {c.primary}; color: {c.onPrimary};
  border-color: {c.primary}; font-weight: 600; }}
QPushButton[primary="true"]:hover, QPushButton[primary="true"]:pressed {{
  background: {c.primaryHover}; border-color: {c.primaryHover}; }}
QPushButton[primary="true"]:disabled {{ background: {c.greySoft}; color: {c.onGreySoft};
  border-color: {c.greySoft}; }}
QPushButton[scale="small"] {{ min-height: {small}; font-size: {px(14)}; padding: 0 11px; }}
QPushButton[scale="main"] {{ min-height: {px(tokens.MAIN_ACTION - 2)}; font-size: {px(17)};
  padding: 0 20px; }}
QPushButton[link="true"] {{ background: transparent; border: none; color: {c.link};
  text-decoration: underline; padding: 0 4px; min-height: {px(tokens.SMALL_CONTROL)};
  font-size: {px(14)}; font-weight: 400; text-align: left; }}
QPushButton[inStatus="true"] {{ min-height: {px(tokens.STATUS_LINE - 6)};
  font-size: {px(13)}; }}
QPushButton[link="true"]:hover {{ color: {c.primaryHover}; }}
QPushButton[link="true"]:disabled {{ color: {c.text3}; }}
QPushButton[glyph="true"] {{ border: none; background: transparent; padding: 0;
  min-width: {px(32)}; }}
QPushButton[glyph="true"]:hover {{ background: {c.hover}; }}
QPushButton[drop="true"] {{ text-align: left; font-weight: 400; padding-right: {px(34)}; }}
QPushButton::menu-indicator {{ width: 0; image: none; }}
QGroupBox[class="segments"] {{ border: 1px solid {c.edge}; background: {c.edge};
  border-radius: {tokens.CONTROL_RADIUS}px; }}
QGroupBox[class="segments"][wrong="true"] {{ border-color: {c.bad}; background: {c.bad}; }}
QGroupBox[class="segments"] QPushButton {{ border: none; border-radius: 0; background: {c.panel};
  min-height: {inner}; padding: 0 12px; }}
QGroupBox[class="segments"] QPushButton:hover {{ background: {c.hover}; }}
QGroupBox[class="segments"] QPushButton[place="first"], QGroupBox[class="segments"]
  QPushButton[place="only"] {{ border-top-left-radius: 5px; border-bottom-left-radius: 5px; }}
QGroupBox[class="segments"] QPushButton[place="last"], QGroupBox[class="segments"]
  QPushButton[place="only"] {{ border-top-right-radius: 5px; border-bottom-right-radius: 5px; }}
QGroupBox[class="segments"] QPushButton:checked {{ background: {c.primary}; color: {c.onPrimary};
  font-weight: 600; }}
{_answers(c)}QGroupBox[class="segments"] QPushButton:disabled {{ background: {c.greySoft};
  color: {c.onGreySoft}; }}
QCheckBox, QRadioButton {{ spacing: 8px; color: {c.text}; background: transparent;
  min-height: {px(tokens.SMALL_CONTROL)}; font-size: {px(15)}; }}
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {{
  width: {px(tokens.MARK)}; height: {px(tokens.MARK)}; }}
QCheckBox[strong="true"], QRadioButton[strong="true"] {{ font-weight: 600; }}
"""


def _answers(c: Colours) -> str:
    """Chosen answers, tinted by their meaning."""
    return "".join(
        f'QGroupBox[class="segments"] QPushButton[kind="{kind}"]:checked {{'
        f" background: {getattr(c, soft)}; color: {getattr(c, tone)}; }}\n"
        for kind, (soft, tone, _) in KINDS.items()
    )


def _fields(c: Colours, px: _Px) -> str:
    inner = px(tokens.CONTROL - 2)
    fields = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox"
    wrong = ", ".join(f'{name}[wrong="true"]' for name in fields.split(", "))
    readonly = "QLineEdit[readOnly=true], QPlainTextEdit[readOnly=true]"
    return f"""
{fields} {{ background: {c.panel}; color: {c.text}; border: 1px solid {c.edge};
  border-radius: {tokens.CONTROL_RADIUS}px; font-size: {px(15)};
  selection-background-color: {c.primary}; selection-color: {c.onPrimary};
  placeholder-text-color: {c.text3}; }}
QLineEdit, QComboBox, QSpinBox {{ min-height: {inner}; padding: 0 9px; }}
QPlainTextEdit, QTextEdit {{ padding: 4px 5px; }}
QComboBox {{ padding-right: {px(28)}; }}
QComboBox::drop-down {{ border: none; width: {px(28)}; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QLineEdit {{ border: none; min-height: 0; padding: 0; background: transparent; }}
{readonly} {{ background: {c.sunken}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ background: {c.sunken};
  color: {c.text3}; }}
{wrong} {{ border: 2px solid {c.bad}; }}
QComboBox QAbstractItemView, QListView[class="popup"] {{ background: {c.panel}; color: {c.text};
  border: 1px solid {c.edge}; selection-background-color: {c.primarySoft};
  selection-color: {c.text}; font-size: {px(15)}; outline: 0; }}
QListView[class="popup"]::item, QComboBox QAbstractItemView::item {{
  min-height: {px(tokens.SMALL_CONTROL)}; padding: 0 8px; }}
QListView[class="popup"]::item:selected {{ background: {c.primarySoft}; color: {c.text}; }}
QFrame[class="stepper"] {{ border: 1px solid {c.edge}; background: {c.panel};
  border-radius: {tokens.CONTROL_RADIUS}px; }}
QFrame[class="stepper"] QLineEdit {{ border: none; border-left: 1px solid {c.line};
  border-right: 1px solid {c.line}; border-radius: 0; padding: 0; font-size: {px(18)};
  font-weight: 600; min-height: {px(tokens.STEPPER - 2)}; background: transparent; }}
QFrame[class="stepper"] QPushButton {{ border: none; background: transparent; padding: 0;
  border-radius: 5px; min-height: {px(tokens.STEPPER - 2)}; }}
QFrame[class="stepper"] QPushButton:hover {{ background: {c.hover}; }}
QFrame[class="stepper"][wrong="true"] {{ border: 2px solid {c.bad}; }}
QCalendarWidget QWidget {{ background: {c.panel}; color: {c.text}; }}
QCalendarWidget QAbstractItemView {{ selection-background-color: {c.primary};
  selection-color: {c.onPrimary}; outline: 0; }}
QCalendarWidget QToolButton {{ background: {c.panel}; color: {c.text}; border: none;
  padding: 4px 8px; min-height: {px(24)}; font-size: {px(14)}; }}
QCalendarWidget QToolButton:hover {{ background: {c.hover}; }}
"""


def _panels(c: Colours, px: _Px) -> str:
    banners = "".join(
        f'QFrame[class="banner"][kind="{kind}"] {{ background: {getattr(c, soft)};'
        f" border-left-color: {getattr(c, mark)}; }}\n"
        f'QFrame[class="tag"][kind="{kind}"] {{ background: {getattr(c, soft)}; }}\n'
        f'QFrame[class="square"][kind="{kind}"] {{ background: {getattr(c, soft)}; }}\n'
        for kind, (soft, _, mark) in KINDS.items()
    )
    return f"""
QFrame[class="panel"] {{ background: {c.panel}; border: 1px solid {c.line};
  border-radius: {tokens.PANEL_RADIUS}px; }}
QFrame[class="panel"][chosen="true"] {{ border: 2px solid {c.primary}; }}
QFrame[class="panel"][kind="issue"] {{ border-left: 5px solid {c.bad}; }}
QFrame[class="card"] {{ background: {c.panel}; border: 1px solid {c.edge};
  border-radius: {tokens.CONTROL_RADIUS}px; }}
QFrame[class="card"][chosen="true"] {{ background: {c.primarySoft};
  border: 2px solid {c.primary}; }}
QFrame[class="banner"] {{ border: none; border-left: 5px solid {c.edge};
  border-top-right-radius: {tokens.TAG_RADIUS}px;
  border-bottom-right-radius: {tokens.TAG_RADIUS}px; }}
QFrame[class="tag"], QFrame[class="square"] {{ border: none;
  border-radius: {tokens.TAG_RADIUS}px; }}
QFrame[class="tableHead"] {{ background: {c.sunken}; border: none; }}
QFrame[class="foot"] {{ background: {c.panel}; border: none; border-top: 1px solid {c.line}; }}
QLabel[class="step"] {{ background: {c.primary}; color: {c.onPrimary};
  border-radius: {px(16)}; qproperty-alignment: AlignCenter; }}
QLabel[class="step"][done="true"] {{ background: {c.good}; }}
QFrame[class="strength"] {{ background: {c.greySoft}; border: none; border-radius: 3px; }}
QFrame[class="strength"][filled="True"] {{ background: {c.warn}; }}
QFrame[class="strength"][filled="good"] {{ background: {c.good}; }}
QProgressBar {{ background: {c.greySoft}; border: none; border-radius: {tokens.TRACK_RADIUS}px;
  min-height: 6px; max-height: 6px; }}
QProgressBar::chunk {{ background: {c.primary}; border-radius: {tokens.TRACK_RADIUS}px; }}
{banners}"""


def _tables(c: Colours, px: _Px) -> str:
    return f"""
QTableView, QListView, QTreeView {{ background: {c.panel}; color: {c.text}; border: none;
  gridline-color: {c.line}; selection-background-color: {c.primarySoft};
  selection-color: {c.text}; font-size: {px(14)}; outline: 0;
  alternate-background-color: {c.panel}; }}
QTableView::item {{ padding: 0 8px; border: none; }}
QTableView::item:selected, QListView::item:selected {{ background: {c.primarySoft};
  color: {c.text}; }}
QListView::item:hover {{ background: {c.hover}; }}
QListView::item:selected:hover {{
  background: {c.primarySoft}; }}
QHeaderView {{ background: {c.sunken}; border: none; }}
QHeaderView::section {{ background: {c.sunken}; color: {c.text2}; border: none;
  border-bottom: 1px solid {c.line}; padding: 0 8px; font-size: {px(13)}; font-weight: 600;
  min-height: {px(30)}; }}
QHeaderView::section:hover {{ background: {c.hover}; }}
QTableCornerButton::section {{ background: {c.sunken}; border: none; }}
"""


def _shell(c: Colours, px: _Px) -> str:
    return f"""
QMenuBar {{ background: {c.nav}; color: {c.text}; min-height: {px(28)}; font-size: {px(14)};
  border: none; padding: 0 4px; }}
QMenuBar::item {{ background: transparent; padding: 4px 10px; border-radius: 4px; }}
QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {c.hover}; }}
QMenu {{ background: {c.panel}; color: {c.text}; border: 1px solid {c.edge}; padding: 4px;
  font-size: {px(14)}; }}
QMenu::item {{ padding: 6px 24px 6px 28px; border-radius: 4px; min-height: {px(20)}; }}
QMenu::item:selected {{ background: {c.primarySoft}; color: {c.text}; }}
QMenu::item:disabled {{ color: {c.text3}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
QFrame[class="navigation"] {{ background: {c.nav}; border: none;
  border-right: 1px solid {c.line}; }}
QPushButton[class="place"] {{ background: transparent; border: 1px solid transparent;
  text-align: left; padding: 0 10px; min-height: {px(tokens.NAVIGATION_ROW - 2)};
  font-size: {px(15)}; font-weight: 400; }}
QPushButton[class="place"][scale="control"] {{ min-height: {px(tokens.CONTROL - 2)}; }}
QPushButton[class="place"]:hover {{ background: {c.hover}; }}
QPushButton[class="place"]:checked {{ background: {c.panel}; border: 1px solid {c.line};
  border-left: 4px solid {c.primary}; padding-left: 7px; font-weight: 600; }}
QLabel[class="badge"] {{ background: {c.badSoft}; border-radius: {px(10)};
  min-width: {px(12)}; min-height: {px(20)}; max-height: {px(20)}; padding: 0 {px(6)}; }}
QStatusBar {{ background: {c.nav}; border-top: 1px solid {c.line}; color: {c.text2};
  min-height: {px(tokens.STATUS_LINE - 1)}; font-size: {px(13)}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QLabel {{ font-size: {px(13)}; color: {c.text2}; }}
QPushButton[class="goto"] {{ font-size: {px(14)}; font-weight: 400; color: {c.text3};
  min-height: {px(20)}; text-align: left; padding: 0 8px; border-radius: 4px; }}
"""
