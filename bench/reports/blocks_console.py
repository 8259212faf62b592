"""Blocks in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from bench.reports.blocks import CELL_WIDTH, TEXT_WIDTH, Block, Blocks, Bullets, Heading, Para, Quote
from bench.reports.console import grid
from bench.reports.inert import plain

_STYLES = {"plain": "", "strong": "bold", "dim": "dim"}


def show_blocks(console: Console, blocks: Blocks) -> None:
    """Print them all."""
    for block in blocks:
        _show(console, block)


def _show(console: Console, block: Block) -> None:
    if isinstance(block, Heading):
        if block.level < 3:
            console.print()
        console.print(Text(plain(block.text, TEXT_WIDTH), style="bold" if block.level < 3 else ""))
    elif isinstance(block, Para):
        console.print(Text(plain(block.text, TEXT_WIDTH), style=_STYLES[block.tone]))
    elif isinstance(block, Quote):
        for line in block.lines:
            console.print(Text(f"  “{plain(line, 300)}”", style="dim"))
    elif isinstance(block, Bullets):
        for name, text in block.entries:
            console.print(Text(f"  {plain(name)}  ", style="dim").append(plain(text, 300), style="default"))
    else:
        sides = ("left" if n < block.numeric_from else "right" for n in range(len(block.header)))
        table = grid(*zip((escape(plain(cell)) for cell in block.header), sides, strict=True))
        for row in block.rows:
            table.add_row(*(Text(plain(cell, CELL_WIDTH)) for cell in row))
        console.print(table)
