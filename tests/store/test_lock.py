import json
import os
import subprocess
import sys
import threading
import time

import pytest

from bench.errors import RunBusy
from bench.store.lock import STALE_SECONDS, RunLock


def holder(**changes):
    return json.dumps({"host": "elsewhere", "pid": 1, "start": "1", "heartbeat": time.time(), **changes})


def test_second_holder_is_refused_and_told_who(tmp_path):
    with RunLock(tmp_path), pytest.raises(RunBusy, match=str(os.getpid())), RunLock(tmp_path):
        pass


def test_lock_is_gone_afterwards(tmp_path):
    with RunLock(tmp_path):
        assert (tmp_path / "lock").exists()
    assert not (tmp_path / "lock").exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"host": 3}'])
def test_torn_lock_is_taken_over(tmp_path, text):
    (tmp_path / "lock").write_text(text)
    with RunLock(tmp_path) as lock:
        assert json.loads(lock.path.read_text())["pid"] == os.getpid()


def test_live_lock_of_another_host_is_respected(tmp_path):
    (tmp_path / "lock").write_text(holder())
    with pytest.raises(RunBusy, match="elsewhere"), RunLock(tmp_path):
        pass


def test_lock_of_another_host_goes_stale_without_a_heartbeat(tmp_path):
    (tmp_path / "lock").write_text(holder(heartbeat=time.time() - STALE_SECONDS - 1))
    with RunLock(tmp_path):
        pass


def test_lock_of_a_dead_process_on_this_host_is_taken_at_once(tmp_path):
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    import socket

    (tmp_path / "lock").write_text(holder(host=socket.gethostname(), pid=child.pid))
    with RunLock(tmp_path):
        pass


def test_reused_process_number_does_not_hold_the_lock(tmp_path):
    import socket

    (tmp_path / "lock").write_text(holder(host=socket.gethostname(), pid=os.getpid(), start="not mine"))
    with RunLock(tmp_path):
        pass


def test_waiting_for_the_holder(tmp_path):
    order = []
    inside = threading.Event()

    def hold():
        with RunLock(tmp_path):
            inside.set()
            time.sleep(0.3)
            order.append("first")

    thread = threading.Thread(target=hold)
    thread.start()
    inside.wait()
    with RunLock(tmp_path, wait=10):
        order.append("second")
    thread.join()
    assert order == ["first", "second"]


def test_many_contenders_for_a_stale_lock_never_share_it(tmp_path):
    (tmp_path / "lock").write_text("{")
    inside, worst = 0, 0
    guard = threading.Lock()

    def contend():
        nonlocal inside, worst
        for _ in range(10):
            with RunLock(tmp_path, wait=30):
                with guard:
                    inside += 1
                    worst = max(worst, inside)
                with guard:
                    inside -= 1

    threads = [threading.Thread(target=contend) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert worst == 1
