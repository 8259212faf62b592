"""Starting a verb as a Hydra app: quoting, checking, running one job or a sweep, and one exit code for all of it.

Hydra writes nothing that lasts: no `.hydra`, no log files, a temporary sweep folder. Each job leaves its
outcome in a ledger folder, because launchers run jobs in other processes and return nothing to this one.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.commands._configs import check_own_configs
from bench.commands._console import LOST, complain, leave_pipe, show_log, tolerate_any_text
from bench.commands._explain import explain_config_error, unknown_words
from bench.commands._quote import quote_all
from bench.errors import DatelineError
from bench.paths import configs_dir

LEDGER = "DATELINE_LEDGER"
# Records hold no cycles, and looking for some takes a fifth of the time of scoring, two fifths of comparing. It is not
# left out altogether, as a metric of one's own may make them, nor put off in a run, where tensors may hang on them.
SELDOM = (100_000, 50, 100)
INTERRUPTED = 130
_QUIET = (
    "hydra/job_logging=none",
    "hydra/hydra_logging=none",
    "hydra.output_subdir=null",
    "hydra.run.dir=.",
)


def launch(verb: str, args: Sequence[str]) -> int:
    """Run `dateline verb args…`; its exit code."""
    collecting, often = gc.isenabled(), gc.get_threshold()
    gc.disable()  # until a job begins: looking for cycles takes a tenth of the start, and modules leave none
    LOST.clear()
    if verb != "run":
        gc.set_threshold(*SELDOM)
    try:
        code = _launch(verb, args)
        sys.stdout.flush()
        if LOST:
            complain(f"{LOST[0]}; the work itself is done")
        return code or (9 if LOST else 0)
    finally:
        gc.set_threshold(*often)
        if collecting:
            gc.enable()


def _launch(verb: str, args: Sequence[str]) -> int:
    os.environ["HYDRA_FULL_ERROR"] = "1"  # errors come to us as exceptions, and we say them
    module = importlib.import_module(f"bench.commands.{verb}")
    tolerate_any_text()
    show_log()
    if hasattr(module, "expand"):
        try:
            args = module.expand(args)
        except DatelineError as error:
            complain(str(error))
            return error.exit_code
    if problem := unknown_words(verb, args) or check_own_configs(args):
        complain(problem)
        return 2
    with tempfile.TemporaryDirectory(prefix="dateline-", ignore_cleanup_errors=True) as folder:
        os.environ[LEDGER] = folder
        words = quote_all(args)
        if any(word.lstrip("+~").startswith(("-", "hydra")) for word in words):
            sweep_dir = Path(folder) / "sweep"
            sweeping = [f"hydra.sweep.dir={sweep_dir}", "hydra.sweep.subdir=${hydra.job.num}"]
            code = _guarded(verb, args, lambda: _hydra(verb, module, [*words, *_QUIET, *sweeping]))
        else:
            code = _guarded(verb, args, lambda: _one_job(verb, module, words))
        outcomes = read_ledger(Path(folder))
    sweep = any(o["sweep"] for o in outcomes)
    if sweep and hasattr(module, "finish_sweep") and code in (0, 1):
        try:
            return int(module.finish_sweep(outcomes))
        except BrokenPipeError:
            leave_pipe()
            return max(int(o["code"]) for o in outcomes)
    return code if code or not outcomes else max(o["code"] for o in outcomes)


def _guarded(verb: str, args: Sequence[str], run: Callable[[], None]) -> int:
    """The exit code of `run`, whatever it raises."""
    argv = sys.argv
    try:
        run()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    except KeyboardInterrupt:
        complain("interrupted; the same command goes on where this one stopped")
        return INTERRUPTED
    except Exception as error:
        if message := explain_config_error(verb, error, args):
            complain(message)
            return 2
        _internal(error)
        return 1
    finally:
        sys.argv = argv
    return 0


def _hydra(verb: str, module: Any, words: list[str]) -> None:
    """Everything that Hydra's own command line can do: sweeps, launchers, --cfg, --config-dir …"""
    import hydra
    from hydra.core.config_store import ConfigStore

    ConfigStore.instance().store(name=f"{verb}_schema", node=module.Config)
    app = hydra.main(version_base="1.3", config_path=str(configs_dir()), config_name=verb)(_task(module))
    sys.argv = ["dateline", *words]
    app()


def _one_job(verb: str, module: Any, words: list[str]) -> None:
    """One job of plain overrides, composed once: `hydra.main` composes twice and sets up logging."""
    from hydra import compose, initialize_config_dir
    from hydra.core.config_store import ConfigStore
    from hydra.core.hydra_config import HydraConfig
    from omegaconf import open_dict

    ConfigStore.instance().store(name=f"{verb}_schema", node=module.Config)
    with initialize_config_dir(str(configs_dir()), version_base="1.3", job_name="dateline"):
        config = compose(config_name=verb, overrides=words, return_hydra_config=True)
        HydraConfig.instance().set_config(config)
        with open_dict(config):
            del config["hydra"]
        _task(module)(config)


def _task(module: Any) -> Callable[[Any], None]:
    def task(config: Any) -> None:
        outcome: dict[str, Any] = {"code": 1, **_about_job()}
        gc.enable()
        try:
            outcome |= module.main(config) or {"code": 0}
        except DatelineError as error:
            complain(str(error))
            outcome |= {"code": error.exit_code, "error": str(error)}
        except KeyboardInterrupt:
            outcome |= {"code": INTERRUPTED, "error": "interrupted"}
            raise
        except BrokenPipeError:
            outcome |= {"code": 0}
            leave_pipe()
        except Exception as error:
            if message := explain_config_error(None, error):
                complain(message)
                outcome |= {"code": 2, "error": message}
            else:
                _internal(error)
                outcome |= {"code": 1, "error": f"{type(error).__name__}: {error}"}
        finally:
            _write_ledger(outcome)

    return task


def _internal(error: Exception) -> None:
    from bench.store.redact import redact

    complain("internal error; please report this:\n" + redact("".join(traceback.format_exception(error))))


def _about_job() -> dict[str, Any]:
    """Number of the job in its sweep, the overrides that tell it from the others, and whether it is in one."""
    from hydra.core.hydra_config import HydraConfig
    from hydra.types import RunMode

    config = HydraConfig.get()
    number = config.job.get("num", 0)
    return {
        "job": int(number) if number is not None else 0,
        "what": " ".join(str(w) for w in config.overrides.task),
        "sweep": config.mode == RunMode.MULTIRUN,
    }


def _write_ledger(outcome: dict[str, Any]) -> None:
    folder = Path(os.environ[LEDGER])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{outcome['job']:06d}.json").write_text(json.dumps(outcome), encoding="utf-8")


def read_ledger(folder: Path) -> list[dict[str, Any]]:
    """What the jobs said of themselves, in job order."""
    return [json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.json"))]
