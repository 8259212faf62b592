"""Who may import whom, read from the import statements themselves."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "bench").rglob("*.py"))

# Floor of each part; a file may import its own floor's part and anything on a lower floor.
FLOORS = {
    "canonical": 0, "quick": 0, "records": 0, "errors": 0, "paths": 0,
    "answers": 1, "examples": 1, "sentences": 1,
    "prompts": 2, "metrics": 2, "models": 2, "stats": 2, "datasets": 2,
    "diagnosis": 3, "squad_figures": 3, "summary": 3, "usage": 3, "thresholds": 4,
    "reports": 4,
    "asking": 5, "build": 5, "runner": 5, "scoring": 5, "store": 5, "comparing": 5, "sides": 5, "pipeline": 6, "api": 7,
    "gate": 6, "rescoring": 7, "interop": 7,
    "commands": 8,
}  # fmt: skip
# The same inside bench/answers, so that what reads a text knows nothing of items, and what matches nothing of runs.
READING = {
    "text": 0, "squad": 0, "output": 1, "dates": 1, "numbers": 2, "meaning": 3, "names": 4, "values": 4, "gold": 5,
    "lists": 6, "unanswerable": 6, "yes_no": 6, "cited": 6, "stated": 7, "worked_out": 7, "extract": 8, "match": 8,
}  # fmt: skip
HEAVY = {"torch", "transformers", "datasets", "evaluate", "scipy", "hydra", "rich", "jinja2", "yaml"}
HEAVY_ALLOWED = {
    "stats": {"scipy"}, "gate": {"scipy"}, "reports": {"rich"}, "commands": {"hydra", "omegaconf", "rich"},
}  # fmt: skip


def part(path: Path) -> str:
    return path.relative_to(ROOT / "bench").with_suffix("").parts[0]


def imports(path: Path, *, everywhere: bool) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if everywhere else iter(top_level(tree))
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield f"{node.module}"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def top_level(tree: ast.Module) -> list[ast.stmt]:
    return [n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_downwards(path):
    if path.name in ("__init__.py", "__main__.py") and path.parent.name == "bench":
        pytest.skip("the package's front door names everything, lazily")
    mine = part(path)
    for name in imports(path, everywhere=True):
        words = name.split(".")
        if words[0] != "bench" or len(words) < 2 or words[1] not in FLOORS:
            continue
        other = words[1]
        assert (
            other == mine
            or FLOORS[other] < FLOORS[mine]
            or (FLOORS[other] == FLOORS[mine] and FLOORS[mine] in (0, 5))
        ), f"{path}: {mine} (floor {FLOORS[mine]}) imports {name} (floor {FLOORS[other]})"


@pytest.mark.parametrize("path", sorted((ROOT / "bench/answers").rglob("*.py")), ids=lambda p: p.stem)
def test_a_reader_of_answers_imports_lower_floors_only(path):
    mine = path.relative_to(ROOT / "bench/answers").with_suffix("").parts[0]
    if mine == "__init__":
        return
    for name in imports(path, everywhere=True):
        words = name.split(".")
        if words[:2] == ["bench", "answers"] and len(words) > 2:
            assert words[2] == mine or READING[words[2]] < READING[mine], f"{mine} imports {words[2]}"


def test_every_part_has_a_floor():
    assert {part(p) for p in FILES} - {"__init__", "__main__"} == set(FLOORS)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_heavy_libraries_are_imported_where_they_are_used(path):
    allowed = HEAVY_ALLOWED.get(part(path), set())
    found = {name.split(".")[0] for name in imports(path, everywhere=False)}
    assert found & HEAVY <= allowed


def test_models_see_neither_metrics_nor_items():
    for path in (ROOT / "bench" / "models").glob("*.py"):
        names = set(imports(path, everywhere=True))
        assert "bench.records.Item" not in names
        assert "bench.records.Gold" not in names
        assert not any(n.startswith("bench.metrics") for n in names)


def test_only_the_store_and_the_edges_write_files():
    writers = ("write_text", "write_bytes", "os.replace", "os.open(", ".unlink(")
    for path in FILES:
        if part(path) in ("store", "commands"):
            continue
        text = path.read_text(encoding="utf-8")
        assert not any(w in text for w in writers), f"{path} writes to disk"


def test_there_are_no_import_cycles():
    graph = {}
    for path in FILES:
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        graph[module] = {n for n in imports(path, everywhere=False) if n.startswith("bench.")}
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " → ".join([*trail, module])
        if module in done or module not in graph:
            return
        for other in graph[module]:
            visit(other, (*trail, module))
        done.add(module)

    for module in graph:
        visit(module, ())


def test_no_function_takes_arbitrary_keywords():
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.args.kwarg is None, (
                    f"{path}:{node.lineno}: **{node.args.kwarg.arg if node.args.kwarg else ''}"
                )


def test_files_stay_small():
    long = {str(p.relative_to(ROOT)): n for p in FILES if (n := len(p.read_text("utf-8").splitlines())) > 260}
    assert not long


def test_no_config_group_has_the_name_of_a_plain_key():
    """Hydra takes `format=json` for a choice of the group `format` as soon as there is a folder of that name."""
    import yaml

    groups = {path.name for path in (ROOT / "configs").iterdir() if path.is_dir()}
    for path in sorted((ROOT / "configs").glob("*.yaml")):
        plain = set(yaml.safe_load(path.read_text(encoding="utf-8"))) - {"defaults"}
        assert not plain & groups, path.name
