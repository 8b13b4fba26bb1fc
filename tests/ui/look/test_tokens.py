"""Contrast by WCAG 2.2, measured on the theme objects: the pairs that the window uses."""

import pytest

from visitapp.ui.look.stylesheet import KINDS
from visitapp.ui.look.tokens import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Colours

_THEMES = [
    pytest.param(LIGHT, id="light"),
    pytest.param(DARK, id="dark"),
    pytest.param(HIGH_LIGHT, id="high-light"),
    pytest.param(HIGH_DARK, id="high-dark"),
]
_TEXT = {
    "text": "panel canvas nav hover sunken primarySoft warnSoft badSoft goodSoft",
    "text2": "panel canvas nav hover sunken primarySoft warnSoft greySoft",
    "text3": "panel canvas nav hover sunken primarySoft",
    "link": "panel canvas primarySoft warnSoft",
    "onPrimary": "primary primaryHover",
    "onPrimarySoft": "primarySoft",
    "good": "panel canvas primarySoft",
    "onGoodSoft": "goodSoft",
    "onWarnSoft": "warnSoft panel primarySoft",
    "bad": "panel primarySoft",
    "onBadSoft": "badSoft",
    "onBad": "bad",
    "change": "panel canvas",
    "onChangeSoft": "changeSoft",
    "onGreySoft": "greySoft",
    "onNeedGo": "needGo",
    "onNeedDone": "needDone needHatch",
    **{f"on{step}": f"c{step}" for step in range(6)},
}
_OTHER = {
    "edge": "panel canvas sunken",
    "ringOuter": "panel canvas",
    "ringInner": "ringOuter",
    "primary": "panel",
    "warn": "panel",
    "needGo": "needDone panel",
    **{f"s{part}": "panel" for part in range(1, 7)},
}


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _pairs(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(front, back) for front, backs in table.items() for back in backs.split()]


@pytest.mark.parametrize("colours", _THEMES)
@pytest.mark.parametrize(("front", "back"), _pairs(_TEXT))
def test_text_can_be_read(colours: Colours, front: str, back: str) -> None:
    assert contrast(getattr(colours, front), getattr(colours, back)) >= 4.5


@pytest.mark.parametrize("colours", [HIGH_LIGHT, HIGH_DARK])
def test_words_of_high_contrast_have_seven_to_one(colours: Colours) -> None:
    fronts = (*_TEXT, "onPrimary")
    low = [
        (front, back)
        for front, back in _pairs({name: _TEXT[name] for name in fronts})
        if not front.removeprefix("on").isdigit() and "Need" not in front and front != "onBad"
        and contrast(getattr(colours, front), getattr(colours, back)) < 7
    ]  # fmt: skip
    assert low == []


@pytest.mark.parametrize("colours", _THEMES)
@pytest.mark.parametrize(("front", "back"), _pairs(_OTHER))
def test_marks_and_borders_can_be_seen(colours: Colours, front: str, back: str) -> None:
    assert contrast(getattr(colours, front), getattr(colours, back)) >= 3


@pytest.mark.parametrize("colours", _THEMES)
@pytest.mark.parametrize("kind", KINDS)
def test_words_of_a_state_can_be_read_on_its_fill(colours: Colours, kind: str) -> None:
    soft, words, _ = KINDS[kind]
    assert contrast(getattr(colours, words), getattr(colours, soft)) >= 4.5


def test_the_measure_is_right_for_known_pairs() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast(LIGHT.text, LIGHT.panel) == pytest.approx(16.56, abs=0.01)
    assert contrast(DARK.on3, DARK.c3) == pytest.approx(4.79, abs=0.01)


@pytest.mark.parametrize("colours", _THEMES)
def test_go_and_covered_differ_without_their_hue(colours: Colours) -> None:
    assert contrast(colours.needGo, colours.needDone) >= 4.2
