import contextlib
import errno
import os
import resource
import subprocess
import sys

import pytest

from bench.errors import StorageError
from bench.store import files


def test_atomic_write_replaces_and_leaves_nothing_behind(tmp_path):
    target = tmp_path / "a.json"
    files.write_atomic(target, b"old")
    files.write_atomic(target, b"new")
    assert target.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace"])
@pytest.mark.parametrize("k", [1, 2])
def test_failing_kth_call_leaves_the_old_file_or_the_new(tmp_path, monkeypatch, call, k):
    target = tmp_path / "a.json"
    target.write_bytes(b"old")
    real, count = getattr(os, call), 0

    def failing(*args, **kwargs):
        nonlocal count
        count += 1
        if count == k:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*args, **kwargs)

    monkeypatch.setattr(os, call, failing)
    with contextlib.suppress(StorageError):
        files.write_atomic(target, b"new")
    monkeypatch.undo()
    assert target.read_bytes() in (b"old", b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_full_disk_says_how_many_bytes_were_needed(tmp_path, monkeypatch):
    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(StorageError, match="3 bytes needed"):
        files.write_atomic(tmp_path / "a.json", b"new")


def test_append_that_fails_leaves_whole_lines_only(tmp_path, monkeypatch):
    log = files.Appender(tmp_path / "log")
    log.append(b"one\n")
    real = os.write

    def half(descriptor, data):
        if len(data) > 2:
            return real(descriptor, bytes(data[:2]))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(StorageError, match="bytes needed"):
        log.append(b"two two\n")
    monkeypatch.undo()
    log.append(b"three\n")
    log.close()
    assert (tmp_path / "log").read_bytes() == b"one\nthree\n"


def test_read_only_folder_says_what_to_do(tmp_path):
    error = OSError(errno.EROFS, "Read-only file system")
    with pytest.raises(StorageError, match="results_dir="), files.storage_errors(tmp_path):
        raise error


def test_file_size_limit_is_a_storage_error_with_the_earlier_lines_intact(tmp_path):
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "from bench.store.files import Appender\n"
        "from bench.errors import StorageError\n"
        "log = Appender(Path(sys.argv[1]))\n"
        "try:\n"
        "    for _ in range(20): log.append(b'0123456\\n')\n"
        "except StorageError as e: print(e); sys.exit(e.exit_code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "log")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 9
    assert "8 bytes needed" in done.stdout
    assert (tmp_path / "log").read_bytes() == b"0123456\n" * 12
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 100


def test_sweep_removes_temporaries_of_killed_writes_and_nothing_else(tmp_path):
    for name in (".manifest.json.22328.tmp", ".a.json.1.tmp", "a.json", ".hidden", "b.7.tmp"):
        (tmp_path / name).write_bytes(b"x")
    files.sweep(tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {"a.json", ".hidden", "b.7.tmp"}
