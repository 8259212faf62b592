"""A drawing as a PDF file of one page, with its typeface embedded; needs reportlab (the extra `figures`)."""

from __future__ import annotations

import io
from typing import Any

from bench.errors import UsageError
from bench.reports.inert import plain
from bench.reports.scene import Disc, Fill, Mark, Scene, Stroke, Words

_FACES = {"Vera": "Vera.ttf", "VeraBd": "VeraBd.ttf"}  # Bitstream Vera comes with reportlab


def to_pdf(scene: Scene) -> bytes:
    """The file; the same bytes with the same version of reportlab. UsageError when reportlab is not installed.

    A character that the typeface lacks is shown by its code (`\\u4e2d`); the SVG file shows it as it is.
    """
    try:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen.canvas import Canvas
    except ImportError as error:
        raise UsageError(
            "format=pdf needs reportlab, which is not installed: pip install 'dateline-bench[figures]'"
        ) from error
    for name, file in _FACES.items():
        pdfmetrics.registerFont(
            TTFont(name, file)
        )  # anew each time: which glyphs it embeds is counted per font
    glyphs = pdfmetrics.getFont("Vera").face.charToGlyph
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(scene.width, scene.height), invariant=1, initialFontName="Vera")
    canvas.setTitle(_known(scene.title, glyphs))
    canvas.setSubject(_known(scene.described, glyphs))
    for mark in scene.marks:
        _draw(canvas, mark, scene.height, glyphs)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: Any, mark: Mark, height: float, glyphs: Any) -> None:
    match mark:
        case Stroke():
            canvas.setStrokeColor(mark.colour)
            canvas.setLineWidth(mark.width)
            canvas.setDash(list(mark.dash))
            canvas.drawPath(_path(canvas, mark.points, height), stroke=1, fill=0)
        case Fill():
            canvas.setFillColor(mark.colour)
            path = _path(canvas, mark.points, height)
            path.close()
            canvas.drawPath(path, stroke=0, fill=1)
        case Disc():
            canvas.setFillColor(mark.colour)
            canvas.circle(mark.x, height - mark.y, mark.radius, stroke=0, fill=1)
        case Words():
            canvas.saveState()
            canvas.setFillColor(mark.colour)
            canvas.setFont("VeraBd" if mark.bold else "Vera", mark.size)
            canvas.translate(mark.x, height - mark.y)
            canvas.rotate(90 if mark.upwards else 0)
            write = {
                "start": canvas.drawString,
                "middle": canvas.drawCentredString,
                "end": canvas.drawRightString,
            }
            write[mark.anchor](0, 0, _known(mark.text, glyphs))
            canvas.restoreState()


def _path(canvas: Any, points: tuple[tuple[float, float], ...], height: float) -> Any:
    path = canvas.beginPath()
    path.moveTo(points[0][0], height - points[0][1])
    for x, y in points[1:]:
        path.lineTo(x, height - y)
    return path


def _known(text: str, glyphs: Any) -> str:
    shown = plain(text, 1000)
    return "".join(c if ord(c) in glyphs else c.encode("ascii", "backslashreplace").decode() for c in shown)
