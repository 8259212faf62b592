"""Blocks as Markdown."""

from __future__ import annotations

from bench.reports.blocks import CELL_WIDTH, TEXT_WIDTH, Block, Blocks, Bullets, Heading, Para, Quote
from bench.reports.inert import markdown as md
from bench.reports.markdown import table


def to_markdown(blocks: Blocks) -> str:
    """The document; the same blocks give the same bytes."""
    return "\n".join(line for block in blocks for line in (*_lines(block), "")).rstrip("\n") + "\n"


def _lines(block: Block) -> list[str]:
    if isinstance(block, Heading):
        return [f"{'#' * block.level} {md(block.text, TEXT_WIDTH)}"]
    if isinstance(block, Para):
        text = md(block.text, TEXT_WIDTH)
        return [f"**{text}**" if block.tone == "strong" else text]
    if isinstance(block, Quote):
        return [f"> {md(line, TEXT_WIDTH)}" for line in block.lines]
    if isinstance(block, Bullets):
        return [
            f"- {md(name)}: {md(text, TEXT_WIDTH)}" if name else f"- {md(text, TEXT_WIDTH)}"
            for name, text in block.entries
        ]
    rows = [tuple(md(cell, CELL_WIDTH) for cell in row) for row in block.rows]
    return table(tuple(md(cell) for cell in block.header), rows, block.numeric_from)
