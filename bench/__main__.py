"""`dateline VERB key=value …`: finds the verb's file and starts its Hydra app. Standard library only."""

from __future__ import annotations

import contextlib
import errno
import sys
from collections.abc import Sequence
from pathlib import Path

_COMMANDS = Path(__file__).resolve().parent / "commands"
_HELP = ("-h", "--help", "help")


def verbs() -> dict[str, Path]:
    """Verb → file; the folder is the list."""
    return {p.stem: p for p in sorted(_COMMANDS.glob("*.py")) if not p.stem.startswith("_")}


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8") as stream:
        return stream.readline().strip().strip('"').rstrip(".")


def overview() -> str:
    """The text of `dateline --help`."""
    lines = ["usage: dateline VERB key=value …", ""]
    lines += [f"  {name:<12} {_first_line(path)}" for name, path in verbs().items()]
    lines += [
        "",
        "dateline VERB --help lists the keys of a verb; -m sweeps over comma-separated values;",
        "--cfg job prints the configuration; --config-dir adds a folder of your own configs.",
    ]
    return "\n".join(lines)


def verb_help(verb: str) -> str:
    """The text of `dateline VERB --help`: what it does and its keys, straight from its config."""
    from bench.paths import configs_dir

    config = (configs_dir() / f"{verb}.yaml").read_text(encoding="utf-8")
    return f"{_first_line(verbs()[verb])}.\n\nusage: dateline {verb} key=value …\n\n{config.rstrip()}"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; the exit code (bench.errors lists them)."""
    try:
        code = _main(argv)
        sys.stdout.flush()
    except BrokenPipeError:  # `dateline run --help | head`: the reader of the pipe left
        from bench.commands._console import leave_pipe

        leave_pipe()
        return 0
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        # `dateline --help > /dev/full`: what was printed last did not get out.
        with contextlib.suppress(OSError):
            print(f"dateline: error: stdout: {error.strerror}", file=sys.stderr)  # noqa: T201
        return 9
    return code


def _main(argv: Sequence[str] | None) -> int:
    args = list(sys.argv[1:] if argv is None else argv)
    if not args or args[0] in _HELP:
        print(overview())  # noqa: T201 - this is the console
        return 0
    if args[0] == "--version":
        from bench import __version__

        print(f"dateline {__version__}")  # noqa: T201
        return 0
    verb, rest = args[0], args[1:]
    if verb not in verbs():
        from bench.errors import nearest

        print(f"dateline: no verb is called {verb!r}{nearest(verb, verbs())}", file=sys.stderr)  # noqa: T201
        return 2
    if any(word in _HELP[:2] for word in rest):
        print(verb_help(verb))  # noqa: T201
        return 0
    from bench.commands._app import launch

    return launch(verb, rest)


if __name__ == "__main__":
    sys.exit(main())
