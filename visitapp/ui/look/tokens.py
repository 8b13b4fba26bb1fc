"""The colours, sizes and type of the window as two frozen objects and some tables.

Names are those of the design. Every text colour has a contrast of at least 4.5 to 1 on its
surfaces, every mark 3 to 1; a test measures the pairs.
"""

from dataclasses import replace

from visitapp.domain.dataclass import dataclass
from visitapp.domain.year.heatmap import LIGHT_HEAT


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme. `on...` is the text colour on the colour of that name, `...Soft` a pale fill."""

    is_dark: bool
    # surfaces and text
    canvas: str
    nav: str
    panel: str
    sunken: str
    hover: str
    line: str
    edge: str
    text: str
    text2: str
    text3: str
    # action and focus
    primary: str
    primaryHover: str
    onPrimary: str
    primarySoft: str
    onPrimarySoft: str
    link: str
    ringInner: str
    ringOuter: str
    # states
    good: str
    goodSoft: str
    onGoodSoft: str
    warn: str
    warnSoft: str
    onWarnSoft: str
    bad: str
    badSoft: str
    onBadSoft: str
    onBad: str
    change: str
    changeSoft: str
    onChangeSoft: str
    greySoft: str
    onGreySoft: str
    # parts of a whole
    s1: str
    s2: str
    s3: str
    s4: str
    s5: str
    s6: str
    # heatmap, where a visit is needed
    needGo: str
    onNeedGo: str
    needDone: str
    onNeedDone: str
    needHatch: str
    # heatmap: count, from 0 to 5 and more
    c0: str
    on0: str
    c1: str
    on1: str
    c2: str
    on2: str
    c3: str
    on3: str
    c4: str
    on4: str
    c5: str
    on5: str


LIGHT = Colours(
    is_dark=False,
    canvas="#F5F4F0",
    nav="#EAE8E1",
    panel="#FFFFFF",
    sunken=LIGHT_HEAT.sunken,
    hover="#F0EEE8",
    line=LIGHT_HEAT.line,
    edge=LIGHT_HEAT.edge,
    text="#1B1F24",
    text2="#464C54",
    text3=LIGHT_HEAT.calm,
    primary="#1B4F82",
    primaryHover="#153F69",
    onPrimary="#FFFFFF",
    primarySoft="#E2ECF6",
    onPrimarySoft="#153F69",
    link="#1B4F82",
    ringInner="#FFC73A",
    ringOuter="#0B0C0C",
    good="#1B663A",
    goodSoft="#E0F1E6",
    onGoodSoft="#14512D",
    warn="#B36B00",
    warnSoft="#FCEFD3",
    onWarnSoft="#6B4000",
    bad="#A3262B",
    badSoft="#FAE5E3",
    onBadSoft="#861C21",
    onBad="#FFFFFF",
    change="#59398A",
    changeSoft="#ECE6F6",
    onChangeSoft="#4A2E76",
    greySoft="#E7E5DF",
    onGreySoft="#464C54",
    s1="#1B4F82",
    s2="#59398A",
    s3="#8A5200",
    s4="#3D6B75",
    s5="#6E6A61",
    s6="#A08A3C",
    needGo=LIGHT_HEAT.go,
    onNeedGo=LIGHT_HEAT.on_go,
    needDone=LIGHT_HEAT.done,
    onNeedDone=LIGHT_HEAT.on_done,
    needHatch=LIGHT_HEAT.hatch,
    c0=LIGHT_HEAT.counts[0],
    on0=LIGHT_HEAT.on_counts[0],
    c1=LIGHT_HEAT.counts[1],
    on1=LIGHT_HEAT.on_counts[1],
    c2=LIGHT_HEAT.counts[2],
    on2=LIGHT_HEAT.on_counts[2],
    c3=LIGHT_HEAT.counts[3],
    on3=LIGHT_HEAT.on_counts[3],
    c4=LIGHT_HEAT.counts[4],
    on4=LIGHT_HEAT.on_counts[4],
    c5=LIGHT_HEAT.counts[5],
    on5=LIGHT_HEAT.on_counts[5],
)

DARK = Colours(
    is_dark=True,
    canvas="#14181D",
    nav="#0F1317",
    panel="#1C2229",
    sunken="#181D23",
    hover="#262E37",
    line="#36404A",
    edge="#7F8B97",
    text="#E9ECEF",
    text2="#BFC7CF",
    text3="#A0AAB4",
    primary="#8FC0EE",
    primaryHover="#AED2F4",
    onPrimary="#0B1A29",
    primarySoft="#1D344A",
    onPrimarySoft="#C3DEF8",
    link="#8FC0EE",
    ringInner="#0B0C0C",
    ringOuter="#FFC73A",
    good="#7FD3A0",
    goodSoft="#173526",
    onGoodSoft="#A8E4BF",
    warn="#F0BE5A",
    warnSoft="#3B2E12",
    onWarnSoft="#F6D58F",
    bad="#F4A19B",
    badSoft="#432324",
    onBadSoft="#F9C3BF",
    onBad="#2A0C0C",
    change="#C9B3F0",
    changeSoft="#30284A",
    onChangeSoft="#DCCDF8",
    greySoft="#2C353F",
    onGreySoft="#BFC7CF",
    s1="#8FC0EE",
    s2="#C9B3F0",
    s3="#F0BE5A",
    s4="#7CC4CF",
    s5="#A0AAB4",
    s6="#D8CB8A",
    needGo="#43B878",
    onNeedGo="#06160D",
    needDone="#44282A",
    onNeedDone="#F6C8C2",
    needHatch="#5D383A",
    c0="#20272F",
    on0="#BFC7CF",
    c1="#1E3A57",
    on1="#E9ECEF",
    c2="#24507C",
    on2="#FFFFFF",
    c3="#3F76AA",
    on3="#FFFFFF",
    c4="#79AEDF",
    on4="#08131F",
    c5="#CFE5FA",
    on5="#08131F",
)

HIGH_LIGHT = replace(
    LIGHT,
    canvas="#FFFFFF", nav="#FFFFFF", panel="#FFFFFF", sunken="#FFFFFF", hover="#E8E8E8",
    line="#000000", edge="#000000", text="#000000", text2="#000000", text3="#000000",
    primary="#00317A", primaryHover="#001F4D", primarySoft="#FFE680", onPrimarySoft="#000000",
    link="#00317A", good="#004A1C", goodSoft="#FFFFFF", onGoodSoft="#004A1C", warn="#6B4000",
    warnSoft="#FFFFFF", onWarnSoft="#5A3400", bad="#8A0009", badSoft="#FFFFFF",
    onBadSoft="#8A0009", change="#44207A", changeSoft="#FFFFFF", onChangeSoft="#44207A",
    greySoft="#E8E8E8", onGreySoft="#000000", on0="#000000", on1="#000000", on2="#000000",
)  # fmt: skip
HIGH_DARK = replace(
    DARK,
    canvas="#000000", nav="#000000", panel="#000000", sunken="#000000", hover="#2A2A2A",
    line="#FFFFFF", edge="#FFFFFF", text="#FFFFFF", text2="#FFFFFF", text3="#FFFFFF",
    primary="#8FD0FF", primaryHover="#BFE4FF", onPrimary="#000000", primarySoft="#003A66",
    onPrimarySoft="#FFFFFF", link="#8FD0FF", good="#8CF0AE", goodSoft="#000000",
    onGoodSoft="#8CF0AE", warn="#FFD76A", warnSoft="#000000", onWarnSoft="#FFD76A",
    bad="#FFC8C4", badSoft="#000000", onBadSoft="#FFC8C4", change="#DCCDF8",
    changeSoft="#000000", onChangeSoft="#DCCDF8", greySoft="#2A2A2A", onGreySoft="#FFFFFF",
)  # fmt: skip
"""Where the system asks for high contrast: words and lines in black or white."""

MARGIN, BETWEEN_DOWN, BETWEEN_ACROSS, INSET = 20, 12, 16, 16
"""Page margin, between panels vertically and horizontally, and inside a panel, in pixels. They
don't grow with the text."""

COVER = "#12355B"
"""The cover of a report, which is the same in both themes."""
PANEL_RADIUS, CONTROL_RADIUS, TAG_RADIUS, TRACK_RADIUS = 8, 6, 4, 3

CONTROL, SMALL_CONTROL, MAIN_ACTION, STEPPER = 36, 32, 48, 40
TABLE_ROW, COMPACT_ROW, NAVIGATION_ROW, TAG = 38, 32, 40, 24
MARK = 18
HEAD, FOOT, STATUS_LINE = 76, 55, 28
NAVIGATION, WIDEST_NAVIGATION, READING, WIDEST_PAGE = 196, 300, 720, 1440


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """Logical pixels, and the OpenType weight (400 is regular)."""

    size: int
    line: int
    weight: int = 400


TYPE = {
    "hero": TypeStyle(28, 34, 600),
    "h1": TypeStyle(24, 30, 600),
    "section": TypeStyle(20, 26, 600),
    "h2": TypeStyle(17, 24, 600),
    "lead": TypeStyle(16, 23),
    "body": TypeStyle(15, 22),
    "strong": TypeStyle(15, 22, 600),
    "second": TypeStyle(14, 20),
    "small": TypeStyle(13, 18),
    "smallStrong": TypeStyle(13, 18, 600),
    "figure": TypeStyle(24, 30, 600),
    "total": TypeStyle(18, 24, 600),
}

SIDE_PANELS_BELOW, HEATMAPS_STACK = 1.3, 1.5
"""Text sizes from which side panels go below the main column, and heatmaps are stacked."""
