"""One writer per run: a lock file that names its holder and goes stale when the holder is gone."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import socket
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any

from bench.errors import RunBusy
from bench.store.files import storage_errors

HEARTBEAT_SECONDS = 30.0
STALE_SECONDS = 300.0


class RunLock:
    """Exclusive lock on a run directory, as a context manager.

    The file `lock` holds host, pid, process start and a heartbeat. It is taken over at once when its
    process is dead on this host, and after five minutes without a heartbeat on any host. Deciding and
    taking happen under `flock`, so that two processes cannot both take over a stale lock.
    """

    def __init__(self, folder: Path, wait: float = 0.0) -> None:
        """Lock `folder`; when another process holds it, wait up to `wait` seconds, then raise RunBusy."""
        self.path = folder / "lock"
        self._wait = wait
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._mine: dict[str, Any] = {}

    def __enter__(self) -> RunLock:
        """Take the lock and keep it warm."""
        deadline = time.monotonic() + self._wait
        while (holder := self._try()) is not None:
            if time.monotonic() >= deadline:
                raise RunBusy(
                    f"{self.path.parent}: being written by process {holder.get('pid')} on {holder.get('host')}; "
                    "wait for it, or end it, then run the same command again"
                )
            time.sleep(0.2)
        self._thread = threading.Thread(target=self._beat, name="dateline-lock", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the lock back."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        with contextlib.suppress(OSError), self._guard() as stream:
            if _same_holder(_parse(stream.read()), self._mine):
                self.path.unlink(missing_ok=True)

    def _try(self) -> dict[str, Any] | None:
        """None when the lock is now ours, else the live holder."""
        with storage_errors(self.path), self._guard() as stream:
            holder = _parse(stream.read())
            if holder is not None and not _stale(holder):
                return holder
            self._mine = {
                "host": socket.gethostname(),
                "pid": os.getpid(),
                "start": _process_start(os.getpid()),
            }
            self._write(stream)
            return None

    @contextlib.contextmanager
    def _guard(self) -> Any:
        """The lock file, open and flocked for the moment; reopened if somebody replaced it meanwhile."""
        while True:
            with self.path.open("a+", encoding="utf-8") as stream:
                fcntl.flock(stream, fcntl.LOCK_EX)
                try:
                    current = self.path.stat().st_ino == os.fstat(stream.fileno()).st_ino
                except FileNotFoundError:
                    current = False
                if not current:
                    continue
                stream.seek(0)
                yield stream
                return

    def _write(self, stream: Any) -> None:
        stream.seek(0)
        stream.truncate()
        stream.write(json.dumps({**self._mine, "heartbeat": time.time()}))
        stream.flush()

    def _beat(self) -> None:
        while not self._stop.wait(HEARTBEAT_SECONDS):
            # A missed beat is no reason to lose the run: the next one may succeed.
            with contextlib.suppress(OSError), self._guard() as stream:
                if _same_holder(_parse(stream.read()), self._mine):
                    self._write(stream)


def _parse(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except ValueError:
        return None  # empty or torn: its writer died while writing
    return value if isinstance(value, dict) else None


def _same_holder(a: dict[str, Any] | None, b: dict[str, Any]) -> bool:
    return a is not None and all(a.get(k) == b.get(k) for k in ("host", "pid", "start"))


def _stale(holder: dict[str, Any]) -> bool:
    if holder.get("host") == socket.gethostname():
        pid = holder.get("pid")
        if not isinstance(pid, int) or _process_start(pid) is None:
            return True
        if holder.get("start") != _process_start(pid):
            return True  # the number was given to another process since
    beat = holder.get("heartbeat")
    # A clock that jumped back must not freeze the lock for ever, hence the absolute difference.
    return not isinstance(beat, int | float) or abs(time.time() - beat) > STALE_SECONDS


def _process_start(pid: int) -> str | None:
    """A token that changes when a pid is reused; None when no such process lives."""
    try:
        fields = (
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        )
    except FileNotFoundError:
        if Path("/proc/self/stat").exists():
            return None
        return _alive_without_proc(pid)
    except OSError:
        return _alive_without_proc(pid)
    return None if fields[0] == "Z" else fields[19]


def _alive_without_proc(pid: int) -> str | None:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        pass
    return "unknown"
