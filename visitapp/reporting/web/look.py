"""The style sheet of a web page: the colours of the documents on paper, in sizes that follow the
reader's own. It works from 320 pixels wide, and prints on A4."""

from visitapp.reporting.style import (
    BLUE,
    COVER_SMALL,
    DEEP,
    HAIR,
    INK,
    INK2,
    LINE,
    OCHRE,
    SCALE,
    SCALE_TEXT,
    STRIP_EDGE,
    STRIP_FILL,
    STRIP_TEXT,
    WHITE,
)

_STEPS = "\n".join(
    f".step{step} {{ background: {fill}; color: {ink}; }}"
    for step, (fill, ink) in enumerate(zip(SCALE, SCALE_TEXT, strict=True))
)

STYLE_SHEET = f"""
:root {{ color-scheme: light; --serif: "Source Serif 4", Georgia, "Times New Roman", serif; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: {WHITE}; color: {INK};
  font: 1.125rem/1.5 "Source Sans Pro", "Source Sans 3", "Segoe UI", Helvetica, Arial,
    sans-serif; }}
a {{ color: {BLUE}; }}
a:focus-visible, [tabindex]:focus-visible {{ outline: 3px solid {OCHRE}; outline-offset: 2px; }}
.skip {{ position: absolute; left: -100vw; padding: .5rem 1rem; background: {WHITE}; }}
.skip:focus {{ left: 1rem; top: 1rem; }}
.inner {{ max-width: 60rem; margin: 0 auto; padding: 0 1.25rem; }}
header {{ background: {DEEP}; color: {WHITE}; padding: 2rem 0; }}
header p {{ margin: 0 0 .5rem; color: {COVER_SMALL}; }}
header .notice {{ color: {STRIP_TEXT}; margin-top: 1rem; }}
header .office {{ font-weight: 600; color: {WHITE}; }}
header .subtitle {{ font: 1.6rem/1.25 var(--serif); color: {WHITE}; }}
header img {{ float: right; max-width: 40%; max-height: 7rem; margin: 0 0 1rem 1rem; }}
header svg {{ margin: 1.5rem 0; }}
h1, h2 {{ font-family: var(--serif); font-weight: 600; line-height: 1.2; }}
h1 {{ font-size: 2.75rem; margin: 1.5rem 0 .75rem; }}
h2 {{ font-size: 1.75rem; color: {DEEP}; margin: 3.5rem 0 1rem; padding-top: .75rem;
  border-top: 3px solid {BLUE}; }}
h3 {{ font-size: 1.2rem; line-height: 1.35; margin: 2rem 0 .5rem; }}
p, li, dd {{ overflow-wrap: break-word; }}
p, ul {{ margin: 0 0 .75rem; }}
main p, main ul, main dl, blockquote {{ max-width: 42rem; }}
.lead {{ font: 1.3rem/1.45 var(--serif); }}
.note, .subtitle, figcaption {{ font-size: 1rem; color: {INK2}; }}
main .subtitle {{ margin-bottom: .25rem; }}
.notice, .strip {{ background: {STRIP_FILL}; color: {STRIP_TEXT}; font-weight: 600;
  font-size: 1rem; border-left: 4px solid {STRIP_EDGE}; padding: .4rem .9rem; }}
main .strip {{ max-width: none; margin: 1.25rem 0; }}
.opener {{ display: grid; grid-template-columns: 12rem 1fr; gap: 1.5rem; }}
ul.figures {{ list-style: none; padding: 0; margin: 0; }}
main > section > ul.figures {{ display: grid; gap: 1rem 1.5rem; max-width: none;
  grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); }}
main > section > ul.figures > li {{ border-top: 1px solid {LINE}; padding-top: .75rem; }}
.figures p {{ margin: 0; }}
.figures .value {{ font: 2.5rem/1.2 var(--serif); color: {BLUE}; }}
.figures .label {{ font-weight: 600; }}
.opener .figures .label {{ font-weight: 400; font-size: 1rem; color: {INK2}; margin-bottom: 1rem; }}
figure {{ margin: 0 0 1rem; }}
svg {{ display: block; width: 100%; height: auto; }}
.table {{ overflow-x: auto; margin: 1rem 0 1.5rem; }}
table {{ border-collapse: collapse; width: 100%; font-size: 1rem; line-height: 1.35; }}
caption {{ text-align: left; font-weight: 600; color: {INK2}; padding-bottom: .4rem; }}
th, td {{ padding: .35rem .6rem; text-align: right; vertical-align: top;
  border-bottom: 1px solid {HAIR}; }}
th {{ font-weight: 400; }}
th[scope="row"] {{ min-width: 7rem; }}
thead th {{ font-weight: 600; color: {INK2}; vertical-align: bottom;
  border-bottom: 2px solid {INK}; }}
.left {{ text-align: left; }}
.center {{ text-align: center; }}
tr > :first-child {{ padding-left: 0; }}
tr > :last-child {{ padding-right: 0; }}
.total > * {{ font-weight: 600; border-top: 2px solid {INK}; border-bottom: 2px solid {INK}; }}
table.grid {{ border-collapse: separate; border-spacing: 2px; }}
table.grid th, table.grid td {{ border: 0; }}
table.grid tr > :last-child {{ padding-right: .6rem; }}
{_STEPS}
td.step0, .swatch.step0 {{ outline: 2px solid {OCHRE}; outline-offset: -3px; font-weight: 700; }}
.swatch {{ display: inline-block; width: 1.8rem; height: 1rem; vertical-align: -.1rem;
  margin-right: .4rem; }}
.key span {{ white-space: nowrap; margin-right: .75rem; }}
blockquote {{ margin: 0; padding-left: 1rem; border-left: 3px solid {BLUE}; }}
blockquote p {{ font: 1.2rem/1.5 var(--serif); }}
dl > div {{ padding: .5rem 0; border-bottom: 1px solid {HAIR}; }}
dt {{ font-weight: 600; }}
dd {{ margin: 0; }}
nav li {{ padding: .25rem 0; }}
.marking {{ font-weight: 700; text-align: center; }}
footer {{ margin-top: 4rem; padding: 1rem 0; border-top: 1px solid {LINE}; color: {INK2};
  font-size: 1rem; }}
@media (max-width: 40rem) {{
  h1 {{ font-size: 2rem; }}
  .opener {{ display: block; }}
  .opener .figures {{ margin-bottom: 1rem; }}
}}
@media print {{
  @page {{ size: A4; margin: 20mm; }}
  body {{ font-size: 11pt; }}
  * {{ print-color-adjust: exact; -webkit-print-color-adjust: exact; }}
  .skip {{ display: none; }}
  .inner {{ max-width: none; padding: 0; }}
  header {{ padding: 10mm; break-after: page; }}
  h2 {{ break-before: page; margin-top: 0; }}
  nav h2 {{ break-before: auto; }}
  h2, h3, caption, .subtitle {{ break-after: avoid; }}
  figure, tr, .opener, .figures li {{ break-inside: avoid; }}
  .table {{ overflow: visible; break-inside: avoid; }}
}}
"""
