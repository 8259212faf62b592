"""The wheel, installed into an empty environment, runs from another folder with configs and data inside."""

import os
import subprocess
import sys

import pytest

from tests.helpers import ROOT

pytestmark = pytest.mark.slow


def call(*words, cwd, **options):
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False, timeout=900, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_wheel_runs_elsewhere(tmp_path):
    environment = tmp_path / "env"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    call(sys.executable, "-m", "venv", str(environment), cwd=tmp_path)
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    call(*pip, "-c", str(ROOT / "constraints.txt"), str(ROOT), cwd=tmp_path)
    command = str(environment / "bin" / "dateline")
    env = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}

    done = call(command, "run", "model=lexical", cwd=elsewhere, env=env)
    assert "balanced accuracy" in done.stdout
    assert sorted(p.name for p in elsewhere.iterdir()) == ["results"]
    call(command, "validate", cwd=elsewhere, env=env)

    own = elsewhere / "own" / "model"
    own.mkdir(parents=True)
    (own / "mine.yaml").write_text("# Mine\n_target_: bench.models.random_span.RandomSpan\nseed: 3\n")
    call(command, "run", "--config-dir", "own", "model=mine", cwd=elsewhere, env=env)

    torch = subprocess.run(
        [*pip[:1], "-c", "import torch"], cwd=elsewhere, env=env, capture_output=True, check=False
    )
    assert torch.returncode != 0, "the core must not need torch"
