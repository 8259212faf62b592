"""Two runs side by side, item by item: the page that goes with a comparison."""

from __future__ import annotations

import dataclasses

from bench.datasets.select import matcher
from bench.reports.explorer import explorer
from bench.reports.page import page, text
from bench.reports.run_script import SCRIPT
from bench.reports.run_style import STYLE
from bench.reports.view import RunView, interval, percent


def render(a: RunView, b: RunView, where: str | None = None) -> str:
    """The page of two views on the same items, or of those that `where` selects; the same views give the same bytes."""
    names = [view.shown for view in (a, b)]
    title = f"{names[1]} (b) beside {names[0]} (a) on {a.dataset.name} {a.dataset.version}"
    whole = "" if where is None else f" Items: {where}; headlines are of the whole runs."
    rows = "".join(_row(label, name, view) for label, name, view in zip("ab", names, (a, b), strict=True))
    body = [
        f"<h1>{text(title)}</h1>",
        '<div class="scroll"><table><thead><tr><td></td><th scope="col">run</th><th scope="col" class="n">headline</th>'
        f'<th scope="col" class="n">95 % interval</th></tr></thead><tbody>{rows}</tbody></table></div>',
        '<p class="soft">compare.html beside this page says what the difference is worth.'
        + f"{text(whole)}</p>",
        *explorer(_narrowed([a, _in_order(b, a)], where)),
    ]
    return page(title, body, SCRIPT, STYLE)


def _narrowed(views: list[RunView], where: str | None) -> list[RunView]:
    """The views on the items that `where` selects."""
    if where is None:
        return views
    test = matcher(where)
    data = dataclasses.replace(views[0].dataset, items=tuple(i for i in views[0].dataset.items if test(i)))
    kept = {(i.id, i.variant) for i in data.items}
    return [
        dataclasses.replace(
            v, dataset=data, scores=tuple(s for s in v.scores if (s.key.item_id, s.key.variant) in kept)
        )
        for v in views
    ]


def _row(label: str, name: str, view: RunView) -> str:
    h = view.summary.headline
    value, span = (percent(h.value), interval(h)) if h else ("–", "–")
    return f'<tr><th scope="row">{label}</th><td>{text(name)}</td><td class="n">{value}</td><td class="n">{span}</td></tr>'


def _in_order(view: RunView, other: RunView) -> RunView:
    """`view` with the items of `other`, which ask the same under the same ids."""
    return RunView(
        manifest=view.manifest,
        signature=view.signature,
        dataset=other.dataset,
        predictions=view.predictions,
        scores=view.scores,
        summary=view.summary,
    )
