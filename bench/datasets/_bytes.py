"""From a path to text, with a precise complaint for everything that is not plain UTF-8 text."""

from __future__ import annotations

import contextlib
import gzip
import io
import re
import unicodedata
import zlib
from pathlib import Path

from bench.errors import Problem

MAX_LINE = 2_000_000  # characters; longer lines choke editors and diffs, and are a sign of a damaged file

_MOST_UNPACKED = 4 << 30  # bytes; a gzip file of megabytes can hold terabytes
_FOREIGN = {
    b"PK\x03\x04": ("a ZIP archive or a spreadsheet", "unpack it, or save the table as CSV UTF-8"),
    b"PAR1": ("Parquet", "use dataset=parquet"),
    b"\x28\xb5\x2f\xfd": ("a Zstandard archive", "unpack it"),
    b"BZh": ("a bzip2 archive", "unpack it"),
    b"\xfd7zXZ": ("an xz archive", "unpack it"),
}

_ALWAYS_BAD = re.compile("[\0\u2028\u2029]")
# Zero-width, soft hyphen, bidi controls, inner BOM, tags, and C0/C1 controls other than tab, LF and CR.
_STRICT_BAD = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0001-\U000e007f]"
)
_COLUMN_FIX = {"\0": "delete it", "\u2028": "write a space or \\n", "\u2029": "write a space or \\n"}


def decode(
    path: Path, *, allow_bom: bool = False, strict: bool = True, max_line: int | None = MAX_LINE
) -> tuple[str, list[Problem]]:
    """The text of a UTF-8 file and everything wrong with its characters, in line order.

    Gzipped files are unpacked, except with `strict`.

    Never raises for anything about the file: what cannot be read at all (missing, a folder, no permission,
    an archive, UTF-16, not UTF-8) comes back as `("", [problem])`. In every other case the text is whole, without its
    BOM, with line ends as they were, so that parsing can go on and find more.

    Always a problem: an empty file, NUL, U+2028 and U+2029 (some tools split lines there), a line of more
    than `max_line` characters (None: no limit, for formats that are one long line), a BOM unless
    `allow_bom`. Only with `strict`, for files that people write for the suite: CR line ends, zero-width and
    bidirectional controls, other control characters, text that is not NFC.
    """
    where = str(path)
    data = content(path) if not strict else _read(path)
    if isinstance(data, str):
        return "", [Problem(where=where, message=data, fix="check the path", check="readable")]
    if kind := next((k for magic, k in _FOREIGN.items() if data.startswith(magic)), None):
        return "", [Problem(where=where, message=f"is {kind[0]}, not text", fix=kind[1], check="readable")]
    problems = _not_utf8(data, where)
    if problems:
        return "", problems
    text = data.decode("utf-8")
    if text.startswith("\ufeff"):
        text = text[1:]
        if not allow_bom:
            message, fix = "starts with a byte order mark (BOM)", "save as UTF-8 without BOM"
            problems.append(Problem(where=where, line=1, message=message, fix=fix, check="bom"))
    if not text or text.isspace():
        return text, [*problems, Problem(where=where, message="the file is empty", check="empty")]
    problems += _long_lines(text, where, max_line) + characters(text, where, strict=strict)
    if strict:
        problems += _line_ends(text, where) + _not_nfc(text, where)
    return text, sorted(problems, key=lambda p: p.line or 0)


def content(path: Path) -> bytes | str:
    """The bytes of a file, unpacked where they are gzipped; or, as text, why there are none."""
    data = _read(path)
    if isinstance(data, str) or not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            unpacked = stream.read(_MOST_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        return f"is a damaged gzip file ({error})"
    if len(unpacked) > _MOST_UNPACKED:
        return f"unpacks to more than {_MOST_UNPACKED >> 30} GiB"
    return unpacked


def stem(path: Path) -> str:
    """A file's (or folder's) name without `.gz` and its ending."""
    path = path.resolve() if path.name in ("", "..") else path
    return Path(path.name.removesuffix(".gz")).stem


def characters(text: str, where: str, *, strict: bool = True) -> list[Problem]:
    """One problem per line and character that must not stand in data; `strict` as for `decode`."""
    pattern = _STRICT_BAD if strict else _ALWAYS_BAD
    problems: list[Problem] = []
    bad = pattern.search(text) if strict else any(char in text for char in _COLUMN_FIX)
    if not bad:
        return problems
    for number, line in enumerate(text.split("\n"), start=1):
        seen: set[str] = set()
        for match in pattern.finditer(line):
            char = match.group()
            if char in seen:
                continue
            seen.add(char)
            message = f"{describe(char)} at column {match.start() + 1}"
            fix = _COLUMN_FIX.get(char, "delete it")
            problems.append(Problem(where=where, line=number, message=message, fix=fix, check="control"))
    return problems


def invisible(text: str) -> str | None:
    """The first character of `text` that `decode` would refuse in a strict file, described; None if clean."""
    match = _STRICT_BAD.search(text)
    return describe(match.group()) if match else None


def describe(char: str) -> str:
    """`U+200B ZERO WIDTH SPACE`, or with a word for controls, which have no name."""
    return f"U+{ord(char):04X} {unicodedata.name(char, 'NUL' if char == chr(0) else 'control character')}"


def _read(path: Path) -> bytes | str:
    """The bytes, or why there are none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return "no such file"
    except IsADirectoryError:
        return "is a folder, not a file (dataset=hf reads folders)"
    except PermissionError:
        return "may not be read (permission denied)"
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        return f"cannot be read ({error})"


def _not_utf8(data: bytes, where: str) -> list[Problem]:
    """One problem for UTF-16/32, else one per line that does not decode."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    head = data[:4096]
    zeros = max(head[::2].count(0), head[1::2].count(0))
    if wide or (len(head) >= 4 and zeros * 4 > len(head)):
        message, fix = "is UTF-16 (or UTF-32), not UTF-8", "save as UTF-8 without BOM"
        return [Problem(where=where, line=1, message=message, fix=fix, check="encoding")]
    problems: list[Problem] = []
    with contextlib.suppress(UnicodeDecodeError):
        data.decode("utf-8")
        return problems
    offset = 0
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            bad = line[error.start]
            column = len(line[: error.start].decode("utf-8")) + 1
            message = f"not UTF-8: byte 0x{bad:02X} at offset {offset + error.start}, column {column}"
            guess = bytes([bad]).decode("cp1252", "replace")
            fix = f"save as UTF-8 (as Latin-1 the byte would be {guess!r})"
            problems.append(Problem(where=where, line=number, message=message, fix=fix, check="encoding"))
        offset += len(line) + 1
    return problems


def _long_lines(text: str, where: str, max_line: int | None) -> list[Problem]:
    if max_line is None or len(text) <= max_line:
        return []
    return [
        Problem(
            where=where,
            line=number,
            message=f"line of {len(line):,} characters, more than {max_line:,}",
            fix="break it up; one record a line",
            check="long_line",
        )
        for number, line in enumerate(text.split("\n"), start=1)
        if len(line) > max_line
    ]


def _line_ends(text: str, where: str) -> list[Problem]:
    """At most one problem, at the first carriage return."""
    first = text.find("\r")
    if first < 0:
        return []
    line = text.count("\n", 0, first) + 1
    message = f"carriage return (CR or CRLF line end), {text.count(chr(13))} in the file"
    return [Problem(where=where, line=line, message=message, fix="save with LF line ends", check="line_end")]


def _not_nfc(text: str, where: str) -> list[Problem]:
    """One problem per line that is not in Unicode normalisation form C."""
    if unicodedata.is_normalized("NFC", text):
        return []
    problems = []
    for number, line in enumerate(text.split("\n"), start=1):
        composed = unicodedata.normalize("NFC", line)
        if composed != line:
            pairs = enumerate(zip(line, composed, strict=False))
            column = next((i for i, (a, b) in pairs if a != b), len(composed)) + 1
            message = f"not in Unicode form NFC near column {column}"
            fix = "normalise the file to NFC"
            problems.append(Problem(where=where, line=number, message=message, fix=fix, check="nfc"))
    return problems
