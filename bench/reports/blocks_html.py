"""Blocks as one HTML page that needs nothing else: no script, no link, no picture."""

from __future__ import annotations

import html
from collections.abc import Iterable

from bench.reports.blocks import CELL_WIDTH, TEXT_WIDTH, Block, Blocks, Bullets, Heading, Para, Quote, Table
from bench.reports.inert import plain

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
th, td { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #8884; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
blockquote { margin: .5rem 0; padding-left: 1rem; border-left: .2rem solid #8886; }
p, li, td, h3 { overflow-wrap: anywhere; }
.dim { opacity: .7; }
"""


def to_html(blocks: Blocks, title: str) -> str:
    """The page; the same blocks give the same bytes. Nothing in a text can act: everything is escaped."""
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            '<meta charset="utf-8">',
            # Even if a text got out of its place, the page could neither run nor load anything.
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_text(title)}</title>",
            f"<style>{_STYLE}</style>",
            "<main>",
            *map(_element, blocks),
            "</main>",
            "</html>",
            "",
        ]
    )


def _text(text: str, width: int = TEXT_WIDTH) -> str:
    return html.escape(plain(text, width))


def _element(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{_text(block.text)}</h{block.level}>"
    if isinstance(block, Para):
        text = _text(block.text)
        inner = f"<strong>{text}</strong>" if block.tone == "strong" else text
        return f'<p class="dim">{inner}</p>' if block.tone == "dim" else f"<p>{inner}</p>"
    if isinstance(block, Quote):
        return f"<blockquote>{'<br>'.join(map(_text, block.lines))}</blockquote>"
    if isinstance(block, Bullets):
        entries = (f"{_text(name)}: {_text(text)}" if name else _text(text) for name, text in block.entries)
        return f"<ul>{''.join(f'<li>{entry}</li>' for entry in entries)}</ul>"
    return _table(block)


def _table(block: Table) -> str:
    rows = [
        _row("th", block.header, block.numeric_from),
        *(_row("td", r, block.numeric_from) for r in block.rows),
    ]
    return f"<table>{''.join(rows)}</table>"


def _row(tag: str, cells: Iterable[str], numeric_from: int) -> str:
    made = (
        f"<{tag}{' class=' + chr(34) + 'n' + chr(34) if n >= numeric_from else ''}>{_text(cell, CELL_WIDTH)}</{tag}>"
        for n, cell in enumerate(cells)
    )
    return f"<tr>{''.join(made)}</tr>"
