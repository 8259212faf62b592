"""The frame of every HTML page: one file that loads nothing, in light and dark, for screen, keyboard and paper.

Whatever comes from outside passes through `text` or `attribute`; a content policy that allows this page's own
script by its digest, and nothing else, stands behind them.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from typing import Any

from bench.reports.inert import plain

STYLE = """
:root { color-scheme: light dark; --ink: #1d2126; --soft: #59626d; --paper: #fff; --wash: #f4f6f8; --line: #d9dee4;
  --blue: #1f5f99; --bluewash: #e3eef8; --amber: #8a5a00; --amberwash: #fbf0d9; --red: #a3322a; --redwash: #fae5e2;
  --green: #1d6b50; --greenwash: #dff2ea; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e7eb; --soft: #a3adb8; --paper: #15181c; --wash: #1e2329;
  --line: #363d46; --blue: #86bdf0; --bluewash: #1d3348; --amber: #e6b85c; --amberwash: #3a2f18; --red: #f0958c;
  --redwash: #44231f; --green: #7fd0b0; --greenwash: #1b3a30; } }
* { box-sizing: border-box; } [hidden] { display: none !important; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 2.5rem 1.25rem 5rem; }
h1 { font-size: 1.7rem; line-height: 1.25; font-weight: 650; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; font-weight: 650; margin: 3rem 0 .75rem; }
h3 { font-size: 1rem; font-weight: 650; margin: 1.5rem 0 .5rem; }
h1, h2, h3, p, li, td, th, dd, pre { overflow-wrap: anywhere; }
p, ul, ol { max-width: 46rem; }
a { color: var(--blue); }
.soft { color: var(--soft); }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding-bottom: .5rem; }
caption span { display: inline-block; position: sticky; left: 0; max-width: min(46rem, calc(100vw - 2.5rem)); color: var(--soft); }
th, td { padding: .45rem .9rem .45rem 0; text-align: left; vertical-align: middle; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-weight: 600; font-size: .86rem; vertical-align: bottom; white-space: nowrap; }
tbody th { font-weight: 500; min-width: 8.5rem; overflow-wrap: break-word; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
button, select, input { font: inherit; color: inherit; background: var(--wash); border: 1px solid var(--line);
  border-radius: .4rem; padding: .3rem .6rem; }
:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
svg { display: block; max-width: 100%; }
svg text { font: 12px system-ui, sans-serif; fill: var(--soft); font-variant-numeric: tabular-nums; }
code, pre { font: .88rem/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem 1rem; }
@media print { main { max-width: none; padding: 0; } .screen { display: none; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
"""


def text(value: str, width: int = 2000) -> str:
    """Words from anywhere as the content of an element: one line, no control characters, nothing that acts."""
    return html.escape(plain(value, width))


def attribute(value: str, width: int = 2000) -> str:
    """The same, quoted, as the value of an attribute."""
    return f'"{text(value, width)}"'


def data_block(name: str, value: Any) -> str:
    """A value for the page's script, as JSON that cannot end the element it stands in."""
    made = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    for char in "<>&":
        made = made.replace(char, f"\\u{ord(char):04x}")
    return f'<script type="application/json" id="{name}">{made}</script>'


def page(title: str, body: list[str], script: str = "", style: str = "") -> str:
    """The whole document; the same parts give the same bytes. It reads well without its script."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    allowed = f"'sha256-{digest}'" if script else "'none'"
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src {allowed}; img-src data:"
    lines = [
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{text(title)}</title>",
        '<link rel="icon" href="data:,">',
        f"<style>{STYLE}{style}</style>",
        "</head>",
        "<body>",
        '<a class="skip" href="#main">To the content</a>',
        '<main id="main" tabindex="-1">',
        *body,
        "</main>",
        *([f"<script>{script}</script>"] if script else []),
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines)
