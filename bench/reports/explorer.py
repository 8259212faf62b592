"""The part of a page that shows every item beside its article, for one run or for two."""

from __future__ import annotations

from collections.abc import Sequence

from bench.diagnosis.labels import EXPLANATIONS
from bench.reports.page import data_block, text
from bench.reports.run_data import explorer_block
from bench.reports.view import RunView, given_answer, misses

_WITHOUT_SCRIPT = 200  # misses that stand on the page for those without the script


def explorer(views: Sequence[RunView]) -> list[str]:
    """The elements; their script is `run_script.SCRIPT`, their style `run_style.STYLE`."""
    said = '<mark class="said0">answered</mark>' if len(views) == 1 else (
        '<mark class="said0">answered by a</mark><mark class="said1">answered by b</mark>'
    )  # fmt: skip
    return [
        '<h2 id="all">Items</h2>',
        f"<noscript>{_still(views[0])}</noscript>",
        '<div id="explorer" hidden>',
        '<div id="filters" role="group" aria-label="Filters"></div>',
        f'<p class="legend"><span id="said" role="status"></span><mark class="evidence">evidence</mark><mark class="gold">gold</mark>{said}</p>',
        '<div class="panes">',
        '<div class="pane" id="listpane" role="region" aria-label="Questions" tabindex="0"><ul id="list"></ul>'
        '<button type="button" id="more" hidden>Show more</button></div>',
        '<div class="pane" id="detailpane" role="region" aria-label="The chosen item" tabindex="0"><div id="detail"></div></div>',
        "</div></div>",
        data_block("labels", dict(EXPLANATIONS)),
        explorer_block(views),
    ]


def _still(view: RunView) -> str:
    found = misses(view)
    rows = "".join(
        f'<tr><th scope="row">{text(m.item.id)}</th><td>{text(m.item.question)}</td><td>{text(m.expected, 300)}</td>'
        f"<td>{text(given_answer(m.score), 300)}</td><td>{text(m.score.diagnosis or '')}</td></tr>"
        for m in found[:_WITHOUT_SCRIPT]
    )
    lead = f"Without its script this page lists the first {min(len(found), _WITHOUT_SCRIPT)} of {len(found)} misses."
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("item", "question", "expected", "answered", "diagnosis")
    )
    return f'<p>{lead}</p><div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
