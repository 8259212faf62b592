import base64
import dataclasses
import gzip
import json
import re

import pytest

from bench.records import Key, SpanScore
from bench.reports import html, html_pair, run_data
from bench.reports.run_data import explorer_block, explorer_data
from tests.reports.board_views import fair, good, poor, view

HOSTILE = (
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\x1b[31mred\x1b[0m", "\u202egnp.exe", "\x00\ud800",
    "&lt;b&gt;", "=HYPERLINK(1)", "a\n" * 100_000, "x" * 5_000_000,
)  # fmt: skip


@pytest.mark.parametrize("answer", HOSTILE, ids=lambda a: ascii(a[:12]))
def test_answers_are_inert_and_bounded(answer):
    made = html.render(view("said", lambda n, item: answer))
    assert "<script>alert" not in made
    assert "<img src=x" not in made
    assert "\x1b" not in made
    assert "\u202e" not in made
    assert len(re.findall(r"<script", made)) == 3
    made.encode("utf-8")
    assert len(made) < 2_000_000


def test_the_same_view_gives_the_same_bytes():
    assert html.render(view("fair", fair)) == html.render(view("fair", fair))


def test_every_item_and_answer_is_there_once():
    made = view("fair", fair)
    data = explorer_data([made])
    assert [i["id"] for i in data["items"]] == [i.id for i in made.dataset.items]
    assert [a[0]["values"]["correct"] for a in data["runs"][0]["answers"]] == [
        s.values["correct"] for s in made.scores
    ]
    assert data["runs"][0]["answers"][0][0]["why"] == "not_in_article"


def test_the_models_own_place_of_its_answer_is_kept():
    made = view("fair", fair)
    key = Key(made.dataset.items[1].id)
    text = made.predictions[key].text
    start = made.dataset.items[1].context.index(text)
    span = SpanScore(text=text, score=1.5, start=start, end=start + len(text))
    other = SpanScore(text="Berg", score=0.5, start=0, end=4)
    told = dataclasses.replace(made.predictions[key], spans=(span, other), null_score=-1.0)
    shown = dataclasses.replace(made, predictions={**made.predictions, key: told})
    answer = explorer_data([shown])["runs"][0]["answers"][1][0]
    assert answer["at"] == [start, start + len(text)]
    assert answer["spans"] == [[text, 1.5], ["Berg", 0.5]]
    assert answer["null"] == -1.0


def test_large_pages_are_packed_and_hold_the_same(monkeypatch):
    monkeypatch.setattr(run_data, "_PACKED_ABOVE", 1000)
    made = view("fair", fair)
    block = explorer_block([made])
    packed = re.fullmatch(
        r'<script type="text/plain" id="packed" data-size="(\d+)">([^<>&\s]+)</script>', block
    )
    assert packed
    small = base64.b85decode(packed[2].translate(str.maketrans(",.:", "<>&")))[: int(packed[1])]
    read = json.loads(gzip.decompress(small))
    plain = json.loads(json.dumps(explorer_data([made])))

    def rows(columns):
        return [
            {k: v for k, v in zip(columns, row, strict=True) if v is not None}
            for row in zip(*columns.values(), strict=True)
        ]

    assert rows(read["articles"]) == plain["articles"]
    assert rows(read["items"]) == plain["items"]
    (run,) = read["runs"]
    assert run["times"] == [1] * 36
    assert [[row] for row in rows(run["answers"])] == plain["runs"][0]["answers"]


def test_two_runs_stand_side_by_side():
    made = html_pair.render(view("poor", poor), view("good", good))
    assert "answered by b" in made
    assert '"runs":[{"name":"poor"' in made


def test_two_runs_on_a_slice_show_its_items_only():
    made = html_pair.render(view("poor", poor), view("good", good), "type=number")
    assert "a00-how" in made
    assert "a00-who" not in made
    assert "type=number" in made
