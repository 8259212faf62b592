"""Blocks in the terminal, in Markdown and in HTML: whatever a text holds, it is only ever shown."""

import io
import re
from html.parser import HTMLParser

import pytest
from rich.console import Console

from bench.reports.blocks import Bullets, Heading, Para, Quote, Table
from bench.reports.blocks_console import show_blocks
from bench.reports.blocks_html import to_html
from bench.reports.blocks_markdown import to_markdown

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea></blockquote></main><script>1</script>",
    "\x1b[31mred\x1b]8;;http://x\x07link\x1b\\",
    "a\u202egnp.exe",
    "nul\x00 and \ud800 lone",
    "| cell | cell |\n# heading\n```\n- item",
    "[red]rich markup[/red] \\[",
    "![x](http://x/y.png) [l](javascript:alert(1)) <http://x>",
    "=HYPERLINK(\"http://x\")",
    "\\input{/etc/passwd}",
    "x\n" * 5000,
    "y" * 200_000,
]  # fmt: skip


def blocks(text):
    return [
        Heading(level=1, text=text),
        Heading(level=3, text=text),
        *(Para(text=text, tone=tone) for tone in ("plain", "strong", "dim")),
        Quote(lines=(text, text)),
        Bullets(entries=((text, text), ("", text))),
        Table(header=("one", text), rows=((text, text), ("1", "2"))),
    ]


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


ALLOWED_TAGS = {
    "html", "meta", "title", "style", "main", "h1", "h3", "p", "strong", "blockquote", "br", "ul", "li", "table", "tr",
    "th", "td",
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_html_holds_no_tag_and_no_attribute_of_a_text(text):
    made = to_html(blocks(text), text)
    page = Page()
    page.feed(made)

    assert page.tags <= ALLOWED_TAGS
    assert page.attributes <= {"lang", "charset", "http-equiv", "content", "name", "class"}
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", made)
    assert len(made) < 15_000
    made.encode("utf-8")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_markdown_holds_one_line_per_block_line_and_no_active_character(text):
    made = to_markdown(blocks(text))

    assert len(made.splitlines()) == len(to_markdown(blocks("x")).splitlines())
    assert not re.search(r"(?<!\\)[<`\[]", made)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", made)
    assert len(made) < 15_000


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_the_terminal_gets_no_control_sequence_of_a_text(text):
    stream = io.StringIO()
    show_blocks(Console(file=stream, force_terminal=False, width=100), blocks(text))
    shown = stream.getvalue()

    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", shown)
    assert "[red]" in shown or "[red]" not in text


def test_plain_texts_come_through():
    made = blocks("Çırağan & co <b>")

    assert "Çırağan &amp; co &lt;b&gt;" in to_html(made, "t")
    assert "Çırağan &amp; co &lt;b&gt;" in to_markdown(made)


def test_the_page_may_neither_run_nor_load_anything():
    made = to_html(blocks("x"), "x")

    assert "default-src 'none'" in made
    assert not re.search(r"<script|<link|<img|src=|href=|url\(|@import", made)


def test_figures_are_right_aligned_from_their_column_on():
    table = [Table(header=("a", "b", "c"), rows=(("x", "1", "2"),), numeric_from=2)]

    assert '<td>1</td><td class="n">2</td>' in to_html(table, "t")
    assert "| --- | --- | ---: |" in to_markdown(table)
