"""Figures: read back by an XML parser and a PDF reader; numbers at their places, names inert, bytes stable."""

import dataclasses
import io
import sys
import xml.etree.ElementTree as ElementTree

import pytest
from pypdf import PdfReader

from bench.commands._report_files import Wanted, report_files
from bench.errors import NotComparable, UsageError
from bench.reports.figures import FIGURES, MOST
from bench.reports.scene import COLOURS
from bench.stats.confidence import confidence_summary
from tests.reports.board_views import dataset, fair, good, poor, silent, view

SVG = "{http://www.w3.org/2000/svg}"
AXES = "answerable,answer_type,skill"
HOSTILE = (
    "</text><script>alert(1)</script>", '"><image href="http://x/"/>', "\x1b[31mred\x00\ud800", "\u202egnp.exe", "]]>&amp;&lt;",
    "\uffff\ufffe", "中文模型", "x" * 100_000, "(a)\\) Tj ET", "",
)  # fmt: skip


def confident(name, says):
    made = view(name, says)
    credit = [s.values["correct"] for s in made.scores]
    stated = [0.5 + 0.01 * (n % 40) for n in range(len(credit))]
    found = confidence_summary(stated, credit, [s.article_id for s in made.scores], len(credit))
    return dataclasses.replace(made, summary=dataclasses.replace(made.summary, confidence=found))


def files(views, formats="svg", figures="slices,risk,diagnoses"):
    return report_files(views, Wanted.of(formats, figures, AXES))


def texts(svg):
    return ["".join(e.itertext()) for e in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_dots_and_whiskers_stand_where_the_numbers_are():
    made = view("fair", fair)
    (svg,) = files([made], figures="slices")[0].values()
    root = ElementTree.fromstring(svg)
    ticks = {e.text: float(e.get("x")) for e in root.iter(f"{SVG}text") if e.get("text-anchor") == "middle"}
    shown = [made.summary.headline]
    for axis in ("answerable", "answer_type"):
        shown += [e for _, e in sorted(made.summary.slices[axis].items())]

    def share(x):
        return (float(x) - ticks["0"]) / (ticks["100"] - ticks["0"])

    dots = [share(e.get("cx")) for e in root.iter(f"{SVG}circle")]
    assert dots == pytest.approx([e.value for e in shown], abs=1e-4)
    lines = [e.get("points").split() for e in root.iter(f"{SVG}polyline") if e.get("stroke") == COLOURS[0]]
    ends = [tuple(share(point.split(",")[0]) for point in line) for line in lines]
    assert ends == [pytest.approx((e.low, e.high), abs=1e-4) for e in shown]
    assert texts(svg).count("36") == 1  # the items of the headline
    assert {"headline", "class", "answerable", "answer type", "number"} <= set(texts(svg))


def test_bars_are_as_long_as_the_share_and_end_with_the_count():
    made = view("poor", poor)
    (svg,) = files([made], figures="diagnoses")[0].values()
    for label, n in made.summary.diagnoses.items():
        assert label in texts(svg)
        assert f"{n}" in texts(svg)
    bars = [e for e in ElementTree.fromstring(svg).iter(f"{SVG}polyline") if e.get("stroke-width") == "4"]
    lengths = [float(b.get("points").split()[1].split(",")[0]) - 140 for b in bars]
    counts = [made.summary.diagnoses[label] for label in texts(svg) if label in made.summary.diagnoses]
    assert [x / lengths[0] for x in lengths] == pytest.approx([n / counts[0] for n in counts], abs=1e-3)


def test_runs_side_by_side_differ_by_more_than_colour():
    views = [confident("good", good), confident("fair", fair), view("silent", silent)]
    found, notes = files(views)
    assert sorted(found) == ["diagnoses.svg", "risk.svg", "slices.svg"]
    assert notes == []
    root = ElementTree.fromstring(found["slices.svg"])
    assert {COLOURS[1], COLOURS[2]} <= {e.get("fill") for e in root.iter(f"{SVG}polygon")}
    assert texts(found["slices.svg"])[:3] == ["good", "fair", "silent"]
    assert texts(found["risk.svg"])[:2] == ["good", "fair"]
    assert "silent" not in texts(found["risk.svg"])
    curves = [
        e
        for e in ElementTree.fromstring(found["risk.svg"]).iter(f"{SVG}polyline")
        if e.get("stroke") == COLOURS[1]
    ]
    assert all(e.get("stroke-dasharray") for e in curves)


def test_what_cannot_be_drawn_is_said():
    found, notes = files([view("good", good)])
    assert list(found) == ["slices.svg"]
    assert [n.split(":")[0] for n in notes] == ["no risk figure", "no diagnoses figure"]


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: ascii(name[:12]))
def test_names_are_inert(name):
    found, _ = files([confident(name, fair), confident("b", poor)], formats="svg,pdf")
    for file, data in found.items():
        if file.endswith(".svg"):
            root = ElementTree.fromstring(data)
            kinds = {e.tag.removeprefix(SVG) for e in root.iter()}
            assert kinds <= {"svg", "title", "desc", "rect", "text", "polyline", "polygon", "circle"}
            told = {key for e in root.iter() for key in e.keys()}  # noqa: SIM118 - an element is no dict
            assert not {key for key in told if "href" in key or key.startswith("on") or key == "style"}
        else:
            (read,) = PdfReader(io.BytesIO(data)).pages
            assert "b" in read.extract_text().split()
        assert len(data) < 200_000


def test_a_pdf_says_what_the_svg_says_and_embeds_its_typeface():
    found, _ = files([confident("good", good), confident("Lomna-é", fair)], formats="svg,pdf")
    for figure in FIGURES:
        reader = PdfReader(io.BytesIO(found[f"{figure}.pdf"]))
        (read,) = reader.pages
        words = " ".join(read.extract_text().split())
        for text in texts(found[f"{figure}.svg"]):
            assert text in words, (figure, text)
        assert "Lomna-é" in reader.metadata.title
        fonts = [f.get_object() for f in read["/Resources"]["/Font"].get_object().values()]
        assert all("/FontFile2" in f["/FontDescriptor"].get_object() for f in fonts)


def test_the_same_runs_give_the_same_bytes():
    views = [confident("good", good), confident("fair", fair)]
    assert files(views, "svg,pdf") == files(views, "svg,pdf")


def test_without_reportlab_the_command_to_install_it_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "reportlab.pdfbase", None)
    with pytest.raises(UsageError, match=r"pip install 'dateline-bench\[figures\]'"):
        files([view("fair", fair)], "pdf")


def test_wrong_words_and_unlike_runs_are_refused():
    for words, said in ((("png", "risk", "skill"), "format='png'"), (("svg", "slice", "skill"), "did you mean 'slices'"),
                        (("svg", "risk", []), "axes: name one or more")):  # fmt: skip
        with pytest.raises(UsageError, match=said):
            Wanted.of(*words)
    with pytest.raises(NotComparable):
        files([view("a", good), view("b", good, dataset(11))])
    with pytest.raises(UsageError, match="at most 8"):
        files([view(f"m{n}", good) for n in range(MOST + 1)])


def test_two_runs_of_one_model_are_told_apart():
    found, _ = files([view("same", fair), view("same", poor)], figures="slices")
    first, second = texts(found["slices.svg"])[:2]
    assert first != second
    assert first.startswith("same ")
