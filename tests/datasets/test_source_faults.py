"""Damaged files: every fault becomes a problem with its place, none an exception."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.datasets._bytes import decode
from bench.datasets._toml_lines import Lines
from bench.datasets.source import load_source, read_source
from bench.datasets.validation import validate
from tests.datasets.source_text import CLEAN, NAME, line_of, plant, score

BYTES = CLEAN.encode()


@pytest.mark.parametrize(
    ("data", "check", "line", "words"),
    [
        (b"", "empty", None, "empty"),
        (b" \n\n", "empty", None, "empty"),
        (b"\xef\xbb\xbf", "bom", 1, "byte order mark"),
        (CLEAN.encode("utf-16"), "encoding", 1, "UTF-16"),
        (CLEAN.encode("utf-16-le"), "encoding", 1, "UTF-16"),
        (CLEAN.encode("utf-32"), "encoding", 1, "UTF-16 (or UTF-32)"),
        (b'a = 1\nb = "\xc7"\n', "encoding", 2, "byte 0xC7 at offset 11, column 6"),
        ('é = 1\nb = "é'.encode() + b'\xe9"\n', "encoding", 2, "0xE9 at offset 14, column 7"),
        (b'a = "\0"\n', "control", 1, "U+0000 NUL at column 6"),
        ("a = 'x'\nb = '\u2028'\n".encode(), "control", 2, "U+2028 LINE SEPARATOR at column 6"),
        ("a = '\u200b'\n".encode(), "control", 1, "ZERO WIDTH SPACE at column 6"),
        ("a = '\ufeff'\n".encode(), "control", 1, "ZERO WIDTH NO-BREAK SPACE"),
        (b"a = 1\r\nb = 2\r\n", "line_end", 1, "2 in the file"),
        ("a = 1\nb = 'xo\u0301'\n".encode(), "nfc", 2, "column 7"),
        (b"a = 1\n#" + b"x" * 2_000_001, "long_line", 2, "2,000,002 characters"),
    ],
)
def test_decode(data: bytes, check: str, line: int | None, words: str, tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(data)
    problem = decode(path)[1][0]
    assert (problem.check, problem.line) == (check, line)
    assert words in problem.message


def test_decode_lenient_keeps_what_own_data_may_hold(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("\ufeffa,b\r\no\u0301,\u200d\r\n".encode())
    text, problems = decode(path, allow_bom=True, strict=False)
    assert text == "a,b\r\no\u0301,\u200d\r\n"
    assert problems == []
    assert [p.check for p in decode(path, strict=False)[1]] == ["bom"]


def test_decode_long_lines_are_fine_where_the_format_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b"x" * 2_100_000)
    assert decode(path, max_line=None)[1] == []


def test_decode_names_every_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"\xe9\nfine\n\xe9\xe9\n")
    text, problems = decode(path)
    assert text == ""
    assert [p.line for p in problems] == [1, 3]


def test_decode_paths_that_are_no_files(tmp_path: Path) -> None:
    for path, words in (
        (tmp_path, "folder"),
        (tmp_path / "none", "no such file"),
        (Path("a\0b"), "cannot be read"),
    ):
        ((text, (problem,)),) = [decode(path)]
        assert text == ""
        assert words in problem.message


@pytest.mark.parametrize(
    ("old", "new", "marker", "words"),
    [
        ('id = "q003"', "id = q003", "id = q003", "Invalid value at column 6"),
        ('id = "q003"', 'id = "q003', 'id = "q003', "column"),
        ('[[item]]\nid = "q003"', '[[item]\nid = "q003"', "[[item]\n", "column"),
        ("value = 120", "value = 1\nvalue = 2", "value = 2", "give the key once"),
        ('status = "disputed"\n', "note = '''no end\n", "note =", "end of the file"),
    ],
)
def test_syntax_errors_have_their_place(old: str, new: str, marker: str, words: str, tmp_path: Path) -> None:
    text = plant(old, new)
    (tmp_path / NAME).write_text(text)
    article, items, (problem,) = load_source(tmp_path / NAME)
    assert (article, items, problem.check) == (None, [], "syntax")
    assert problem.line == line_of(text, marker)
    assert words in str(problem)


def test_integers_and_nests_beyond_the_parser(tmp_path: Path) -> None:
    for value in ("9" * 5000, "[" * 5000 + "]" * 5000, "0x" + "f" * 5000):
        (tmp_path / NAME).write_text(plant("value = 120", f"value = {value}"))
        assert len(load_source(tmp_path / NAME)[2]) == 1


@pytest.mark.parametrize(
    "text",
    ["article = 1\n", "item = 3\n", "[[article]]\n", "[item]\n", 'schema = 1\nitem = [1, "x"]\n', "[a.b]\n"],
)
def test_wrong_shapes(text: str, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(text)
    article, items, problems = load_source(tmp_path / NAME)
    assert (article, items) == (None, [])
    assert problems


def test_unusable_article_does_not_hide_the_faults_of_the_items(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(
        plant('text = """', 'txet = """').replace('type = "place"', 'type = "plaec"')
    )
    _, _, problems = load_source(tmp_path / NAME)
    assert [p.field for p in problems] == ["article.text", "article.txet", "type"]


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_mutated_bytes_never_raise(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    damaged = bytearray(BYTES)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        cut = data.draw(st.sampled_from([0, 1, 1, 5, 400]))
        damaged[at : at + cut] = data.draw(
            st.one_of(
                st.binary(max_size=3),
                st.sampled_from([b'"', b"[", b"]\n", b"\n", b"{", b"nan", b"-1", b"true"]),
            )
        )
    path = tmp_path_factory.getbasetemp() / NAME
    path.write_bytes(bytes(damaged))
    problems = validate(path, score=score)
    last = bytes(damaged).count(b"\n") + 1
    assert all(p.line is None or 1 <= p.line <= last for p in problems)
    assert [str(p) for p in problems] == [str(p) for p in validate(path, score=score)]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_value_in_any_place_never_raises(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    lines = CLEAN.split("\n")
    values = [
        "1",
        "-1",
        "1.5",
        "nan",
        "true",
        '"x"',
        '""',
        "[]",
        "[[]]",
        '["a", 1]',
        "{}",
        "{ a = 1 }",
        "2031-01-01",
    ]
    spots = [i for i, line in enumerate(lines) if " = " in line and '"""' not in line and "{ key" not in line]
    for spot in data.draw(st.lists(st.sampled_from(spots), min_size=1, max_size=3)):
        lines[spot] = f"{lines[spot].split(' = ')[0]} = {data.draw(st.sampled_from(values))}"
    path = tmp_path_factory.getbasetemp() / NAME
    path.write_text("\n".join(lines))
    for problem in validate(path, score=score):
        assert str(problem)


DOCUMENT = '''# a comment with [[item]] and key = 1
top = 1
"quoted key" = 'a # b'
dotted.inner = 2
[article]
text = """
one "" two
x = 1

"""
literal = \'\'\'[[item]]
x\'\'\'
[[item]]
id = "a \\" ] } # b" # id = 2
list = [
  1, # one
  { k = "v", l = [2, 3] },
]
[item.attribution]
status = "x"
[[item]]
id = "b"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 2),
        (("quoted key",), 3),
        (("dotted", "inner"), 4),
        (("article",), 5),
        (("article", "text"), 6),
        (("article", "literal"), 11),
        (("item", 0), 13),
        (("item", 0, "id"), 14),
        (("item", 0, "list"), 15),
        (("item", 0, "list", 0), 16),
        (("item", 0, "list", 1, "l", 1), 17),
        (("item", 0, "attribution", "status"), 20),
        (("item", 1), 21),
        (("item", 1, "id"), 22),
        (("item", 1, "nothing"), 21),
        (("nothing",), None),
    ],
)
def test_lines(path: tuple[str | int, ...], line: int | None) -> None:
    assert Lines(DOCUMENT).line(*path) == line


def test_line_of_the_content_of_a_block() -> None:
    document = tomllib.loads(DOCUMENT)
    lines = Lines(DOCUMENT)
    assert lines.block(document["article"]["text"], "article", "text") == 7
    assert lines.block(document["article"]["literal"], "article", "literal") == 11
    assert lines.block("x", "item", 0, "id") is None
    folded = 'a = """x \\\n  y"""'
    assert Lines(folded).block(tomllib.loads(folded)["a"], "a") is None  # escapes move the lines


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(CLEAN)
    first, second = read_source(tmp_path / NAME), read_source(tmp_path / NAME)
    assert (first.article, first.items, first.order) == (second.article, second.items, second.order)
    assert first.complete
