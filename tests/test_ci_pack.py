"""The composite action and the documented workflow: well formed, and the action's script does what it says."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from bench.commands._explain import top_level_keys

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs" / "gate.md").read_text(encoding="utf-8")
(GATE,) = [step for step in ACTION["runs"]["steps"] if step.get("id") == "gate"]


def act(tmp_path, code=0, verdict="PASS", **inputs):
    """Run the action's script with a `dateline` that writes down its words and ends with `code`."""
    tool = tmp_path / "bin" / "dateline"
    tool.parent.mkdir()
    report = f'mkdir -p out; echo \'{{"verdict": "{verdict}"}}\' > out/gate.json' if verdict else "true"
    tool.write_text(f'#!/bin/bash\nprintf "%s\\n" "$@" > words\n{report}\nexit {code}\n')
    tool.chmod(0o755)
    defaults = {name.upper().replace("-", "_"): entry["default"] for name, entry in ACTION["inputs"].items()}
    env = {
        **os.environ, **defaults, "OUT": "out", **inputs, "GITHUB_OUTPUT": str(tmp_path / "output"),
        "PATH": f"{tool.parent}:{os.environ['PATH']}",
    }  # fmt: skip
    shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", GATE["run"]]
    done = subprocess.run(shell, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    words = (tmp_path / "words").read_text().splitlines()
    return done.returncode, words, dict(re.findall(r"(\w+)=(.*)", (tmp_path / "output").read_text()))


def test_inputs_become_words_whatever_they_hold(tmp_path):
    code, words, outputs = act(
        tmp_path, CANDIDATE="ci $(touch x); '", BASELINE="main", CONFIG_DIR="ci", POLICY="team",
        ARGUMENTS="gate.max_failed=2\n\ngate.must_not_break.ids=[a, b]",
    )  # fmt: skip
    assert code == 0
    assert words == [
        "gate", "--config-dir", "ci", "gate=team", "out=out", "candidate=ci $(touch x); '", "baseline=main",
        "gate.max_failed=2", "gate.must_not_break.ids=[a, b]",
    ]  # fmt: skip
    assert not (tmp_path / "x").exists()
    assert outputs == {"code": "0", "verdict": "PASS"}


@pytest.mark.parametrize(("code", "verdict"), [(5, "FAIL"), (6, "INCONCLUSIVE"), (2, "")])
def test_the_exit_code_of_the_gate_is_that_of_the_step(tmp_path, code, verdict):
    found, _, outputs = act(tmp_path, code=code, verdict=verdict, CANDIDATE="c", BASELINE="b")
    assert (found, outputs) == (code, {"code": str(code), "verdict": verdict})


def test_no_input_is_pasted_into_a_script():
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
        for value in step.get("env", {}).values():
            name = re.fullmatch(r"\$\{\{ (?:inputs\.([\w-]+)|github\.action_path) \}\}", value)
            assert name
            assert name[1] is None or name[1] in ACTION["inputs"]


def blocks():
    return [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]


def test_the_documented_workflow_is_complete_and_calls_the_action_by_its_inputs():
    (workflow,) = [b for b in blocks() if "jobs" in b]
    steps = [s for job in workflow["jobs"].values() for s in job["steps"]]
    uses = [s.get("uses", "").split("@")[0] for s in steps]
    for wanted in ("actions/cache", "actions/upload-artifact", "OWNER/REPO"):
        assert wanted in uses
    (ours,) = [s for s in steps if s.get("uses", "").startswith("OWNER/REPO")]
    assert set(ours["with"]) <= set(ACTION["inputs"])
    script = steps[-1]["run"]
    assert "accept=true" in script
    assert "gh pr create" in script
    assert "${{" not in script


def test_documented_policies_can_be_read():
    from bench.gate.policy import read_policy

    policies = [b for b in blocks() if "rules" in b or "pairs" in b]
    assert len(policies) == 2
    for block in policies:
        block.pop("defaults", None)
        read_policy(json.loads(json.dumps(block, default=str)))


def test_documented_keys_exist():
    known = top_level_keys("gate")
    for line in re.findall(r"dateline gate ([^`\n]*)", PAGE):
        for key in re.findall(r"(?:^| )([a-z_]+)=", line.split(" #")[0]):
            assert key in known | {"gate"}, line
