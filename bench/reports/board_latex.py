r"""A leaderboard as a LaTeX table for `\input`, with booktabs; it needs that package and nothing else."""

from __future__ import annotations

from bench.reports.board import Board, BoardRow, winner
from bench.reports.board_columns import IN_PAPER, Column, Layout, marked, marks, pick
from bench.reports.inert import plain
from bench.reports.view import counted, percent

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%",
    "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}",
    ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}", "`": r"\textasciigrave{}",
    "–": "--", "—": "---", "−": "$-$", "†": r"\dag{}", "‡": r"\ddag{}", "…": r"\ldots{}", "≤": r"$\le$",
    "[": "{[}", "*": "{*}",  # at the start of a row they would be arguments of the line before
    "’": "'", "‘": "`", "“": "``", "”": "''", "\u00a0": "~",
}  # fmt: skip


def render(board: Board, layout: Layout) -> str:
    """A `table` environment; the same board gives the same bytes."""
    columns, digits = pick(board, layout, IN_PAPER), 1 if layout.digits is None else layout.digits
    first = winner(board.rows)
    lines = [
        "% Needs \\usepackage{booktabs}.",
        "\\begin{table}[t]",
        "\\centering",
        f"\\caption{{{_caption(board)}}}",
        "\\label{tab:dateline}",
        f"\\begin{{tabular}}{{{''.join('r' if c.numeric else 'l' for c in columns)}}}",
        "\\toprule",
        " & ".join(escape(c.heading) for c in columns) + r" \\",
        "\\midrule",
        *_rows(board, columns, digits, first),
        "\\bottomrule",
        "\\end{tabular}",
        "\\end{table}",
    ]
    return "\n".join(lines) + "\n"


def _rows(board: Board, columns: tuple[Column, ...], digits: int, first: str | None) -> list[str]:
    ranked = [r for r in board.rows if not r.reference]
    rest = [r for r in board.rows if r.reference]
    lines = [_line(row, columns, digits, first) for row in ranked]
    if ranked and rest:
        lines.append("\\midrule")
    return lines + [_line(row, columns, digits, first) for row in rest]


def _line(row: BoardRow, columns: tuple[Column, ...], digits: int, first: str | None) -> str:
    cells = []
    for column in columns:
        text = escape(column.text(row, digits) + (marks(row) if column.key == "model" else ""))
        if row.reference and column.key == "model":
            text = f"\\textit{{{text}}}"
        elif row.name == first and column.key in ("model", "headline", "headline_interval"):
            text = f"\\textbf{{{text}}}"
        cells.append(text)
    return " & ".join(cells) + r" \\"


def _caption(board: Board) -> str:
    failed = sum(row.failed for row in board.rows)
    words = (
        f"{board.dataset}: {board.headline_name} on {counted(board.n_items, 'item')} of "
        f"{counted(board.n_articles, 'article')}, in percent, with 95 % intervals by article; "
        f"{counted(failed, 'answer')} failed. Ranks hold together with 95 % confidence."
    )
    if board.mde is not None:
        words += f" Differences of {percent(board.mde)} points are detected with 80 % power."
    words += "".join(f" {sign} {meaning}." for sign, meaning in marked(board))
    return escape(words)


def escape(text: str) -> str:
    """`text` with everything that TeX could act on made literal; what pdflatex has no glyph for becomes `?`."""
    out = [_SPECIAL.get(char) or (char if _printable(char) else "?") for char in plain(text, 600)]
    return "".join(out)


def _printable(char: str) -> bool:
    """ASCII, and Latin letters with accents, which T1 and UTF-8 input (the default) can set."""
    return " " <= char <= "~" or "\u00c0" <= char <= "\u017e"
