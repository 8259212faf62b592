"""What a command says: results on stdout, everything else on stderr; harmless whatever a model said."""

from __future__ import annotations

import errno
import io
import logging
import os
import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any

from bench.store.redact import redact

if TYPE_CHECKING:
    from rich.console import Console

_PATIENCE = 2.0  # seconds before progress is shown
LOST: list[str] = []  # why output was dropped, other than that its reader left
_PLAIN_EVERY = 15.0  # seconds between progress lines where there is no terminal


def stdout() -> Console:
    """The console for results; wide enough for tables where output is a file or a pipe."""
    from rich.console import Console

    class Pipe(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # the reader of a pipe left; that is not an exit code of 1

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 120
    return Pipe(highlight=False, width=width, soft_wrap=False)


def tolerate_any_text() -> None:
    """Let stdout and stderr show what their encoding lacks as escapes (LANG=C), and fall silent where nobody reads on."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
            if stream is getattr(sys, f"__{name}__"):
                setattr(sys, name, _patient(stream, name))


def _patient(stream: io.TextIOWrapper, name: str) -> io.TextIOWrapper:
    """`stream` for a pipe whose reader may leave (`| head`) before the work is done; its results are still wanted."""
    stream.flush()
    raw = io.BufferedWriter(_Patient(stream.fileno(), name), io.DEFAULT_BUFFER_SIZE)
    return io.TextIOWrapper(
        raw,
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering or stream.write_through,
    )


class _Patient(io.RawIOBase):
    """A file descriptor that takes all and drops it once its reader has left or its disk is full."""

    def __init__(self, descriptor: int, name: str) -> None:
        """Write to `descriptor`, which stays open; `name`: stdout or stderr."""
        self._descriptor, self._name = descriptor, name

    def writable(self) -> bool:
        """Nothing else."""
        return True

    def fileno(self) -> int:
        """The descriptor itself."""
        return self._descriptor

    def isatty(self) -> bool:
        """Whether a terminal reads."""
        return os.isatty(self._descriptor)

    def write(self, data: Any) -> int:
        """Bytes taken; OSError for all but a reader that left."""
        try:
            return os.write(self._descriptor, data)
        except OSError as error:
            if error.errno not in (errno.EPIPE, errno.ENOSPC, errno.EDQUOT):
                raise
            if error.errno != errno.EPIPE:
                LOST.append(f"what was said on {self._name} is lost: {error.strerror or error}")
            _silence(self._descriptor)
            return len(data)


def leave_pipe() -> None:
    """The reader of a pipe left (`| head`): nothing is wrong with the work, and nothing more is said."""
    _silence(sys.stdout.fileno())


def _silence(descriptor: int) -> None:
    """Let what is written to `descriptor` go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def say(text: str) -> None:
    """A plain line on stdout."""
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """A remark on stderr."""
    sys.stderr.write(f"dateline: {redact(text)}\n")


def show_log() -> None:
    """Let what the package logs as a warning be said like every other remark."""
    log = logging.getLogger("bench")
    if not any(isinstance(handler, _Remarks) for handler in log.handlers):
        log.addHandler(_Remarks(level=logging.WARNING))


class _Remarks(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        note(record.getMessage())


def complain(text: str) -> None:
    """An error on stderr, secrets cut out."""
    sys.stderr.write(f"dateline: error: {redact(text)}\n")


class ProgressBar:
    """Progress on stderr: a bar on a terminal, a line now and then elsewhere, nothing under two seconds."""

    def __init__(self, title: str) -> None:
        """Name what is going on."""
        self._title = title
        self._started = self._said = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> ProgressBar:
        """Start the clock."""
        return self

    def __call__(self, finished: int, planned: int) -> None:
        """Say how far things are."""
        now = time.monotonic()
        if now - self._started < _PATIENCE:
            return
        if sys.stderr.isatty():
            self._draw(finished, planned)
        elif now - self._said >= _PLAIN_EVERY:
            self._said = now
            note(f"{self._title}: {finished} of {planned}")

    def _draw(self, finished: int, planned: int) -> None:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
            )
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(self._title, total=planned)
        self._bar.update(self._task, completed=finished)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
