import csv
import io
import json
import re

import pytest

from bench.comparing.board import Entry, make_board
from bench.errors import UsageError
from bench.reports import board_csv, board_html, board_json, board_latex, board_markdown
from bench.reports.board import leader, rank_text, tie_groups, winner
from bench.reports.board_columns import Layout, known_columns
from bench.store.bundles import About
from tests.reports.board_views import dataset, fair, good, poor, silent, view

RENDERS = {
    "md": board_markdown.render,
    "csv": board_csv.render,
    "tex": board_latex.render,
    "html": board_html.render,
    "json": board_json.render,
}
HOSTILE = (
    "<script>alert(1)</script>", "=HYPERLINK(1)", "＝1+1", "+1", "-1", "@x", "\x1b[31mred", "a|b", "\\input{x}",
    "[2cm] ours", "* star", "a\nb", "\u202egnp", "50 % & $x_1^2$ #~{}", "`code`", "[x](javascript:1)", "x" * 5000,
)  # fmt: skip


def board(*entries, **options):
    return make_board([e if isinstance(e, Entry) else Entry(view=e) for e in entries], **options)


def test_rows_are_best_first_with_ranks_and_a_yardstick_outside_them():
    made = board(view("poor", poor), view("abstain_all", silent), view("good", good))
    assert [(r.name, rank_text(r)) for r in made.rows] == [("good", "1"), ("abstain_all", "–"), ("poor", "2")]
    assert winner(made.rows) == "good"
    assert made.n_items == 36
    assert made.n_articles == 12


def test_models_that_cannot_be_told_apart_share_their_ranks_and_nobody_wins():
    slightly = view("slightly", lambda n, item: fair(n, item) if n != 7 else "Nobody at all")
    made = board(view("fair", fair), slightly)
    assert [rank_text(r) for r in made.rows] == ["1–2", "1–2"]
    assert tie_groups(made.rows) == (("fair", "slightly"),)
    assert winner(made.rows) is None
    assert "**" not in board_markdown.render(made, Layout())
    assert "textbf" not in board_latex.render(made, Layout())


def test_a_leader_below_a_yardstick_is_not_set_in_bold():
    made = board(view("poor", poor), view("abstain_all", silent))
    assert leader(made.rows).name == "poor"
    assert winner(made.rows) is None
    assert "not above the yardstick abstain" in board_markdown.render(made, Layout())


def test_yardsticks_alone_are_ranked():
    assert [rank_text(r) for r in board(view("abstain_all", silent)).rows] == ["1"]


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (view("part", good, partial=True), "partial"),
        (view("broken", good, failed=2), "2 answers failed"),
        (view("elsewhere", good, dataset(10)), "6 items only in a"),
    ],
)
def test_what_cannot_be_ranked_is_listed_with_the_reason(other, reason):
    made = board(view("good", good), view("poor", poor), other)
    assert [r.name for r in made.rows] == ["good", "poor"]
    assert [o.name for o in made.left_out] == [other.manifest["model"]["name"]]
    assert reason in made.left_out[0].reason
    assert reason in board_markdown.render(made, Layout())


def test_failed_answers_are_admitted_up_to_a_limit_and_counted_in_the_caption():
    made = board(view("broken", good, failed=2), max_failed=2)
    assert made.rows[0].failed == 2
    assert "2 answers failed" in board_latex.render(made, Layout())


def test_no_run_left_is_an_error_with_all_reasons():
    with pytest.raises(UsageError, match="broken: 1 answer failed"):
        board(view("broken", good, failed=1))


def test_namesakes_are_told_apart():
    names = [r.name for r in board(view("same", good), view("same", fair), view("same", poor)).rows]
    assert len(set(names)) == 3


def test_unpinned_and_self_reported_rows_are_marked():
    entry = Entry(view=view("served", good, pinned=False), about=About(name="Served", self_reported=True))
    text = board_markdown.render(board(entry), Layout())
    assert "Served**†‡" in text
    assert "† self-reported" in text


@pytest.mark.parametrize("form", RENDERS)
def test_order_of_the_runs_does_not_matter(form):
    runs = [view("poor", poor), view("fair", fair), view("good", good), view("part", good, partial=True)]
    assert RENDERS[form](board(*runs), Layout()) == RENDERS[form](board(*runs[::-1]), Layout())


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_inert(name):
    made = board(Entry(view=view("good", good), about=About(name=name, link="javascript:alert(1)")))
    text = board_markdown.render(made, Layout())
    assert "<script" not in text
    assert "](<javascript" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    rows = [line for line in text.splitlines() if line.startswith("| 1 ")]
    assert len(rows) == 1
    assert len(re.findall(r"(?<!\\)\|", rows[0])) == rows[0].count(" | ") + 2
    [row] = csv.DictReader(io.StringIO(board_csv.render(made, Layout())))
    assert not row["model"].startswith(("=", "+", "-", "@", "＝"))
    assert float(row["headline"]) == 100.0
    cell = next(line for line in board_latex.render(made, Layout()).splitlines() if "textbf" in line)
    assert "\\input" not in cell
    assert not cell.startswith(("[", "*"))
    assert not re.search(r"(?<!\\)[#%]", cell)
    assert json.loads(board_json.render(made, Layout()))["rows"][0]["name"] == name
    page = board_html.render(made, Layout())
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "\x1b" not in page
    assert page.count("<script") == 2


def test_chosen_columns_and_digits_are_followed_everywhere():
    made = board(view("good", good), view("fair", fair))
    layout = Layout(columns=("model", "answer_type:number", "headline"), digits=2)
    assert "| model | number | headline |" in board_markdown.render(made, layout)
    assert "| fair | 83.33 |" in board_markdown.render(made, layout)
    assert board_csv.render(made, layout).splitlines()[0] == "model,answer_type:number,headline"
    assert r"fair & 83.33 &" in board_latex.render(made, layout)


def test_an_unknown_column_names_the_nearest():
    made = board(view("good", good))
    with pytest.raises(UsageError, match="did you mean 'headline'"):
        board_markdown.render(made, Layout(columns=("headlin",)))


def test_every_known_column_can_be_shown():
    made = board(view("good", good), view("fair", fair))
    layout = Layout(columns=tuple(known_columns(made)))
    assert len(board_csv.render(made, layout).splitlines()) == 3
    assert "answerable" in board_markdown.render(made, layout)
