"""The README.md of an exported folder: front matter that the hub reads, and what a reader should know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bench.datasets.cards import size_category
from bench.datasets.exports.base import About
from bench.errors import DataError, Problem, counted
from bench.records import Dataset

_FRONT = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_GENERATED = ("configs", "dataset_info", "size_categories")  # keys that the export itself writes


def card_of(dataset: Dataset, about: About, files: Mapping[str, str], counts: Mapping[str, int]) -> str:
    """The card: the data set's own where it has one, with the front matter that fits the exported files.

    `files` and `counts` are by split. DataError when the data set's own front matter is no YAML.
    """
    import yaml

    own = _FRONT.match(about.card or "")
    try:
        front = yaml.safe_load(own["front"]) if own else _plain_front(dataset)
    except yaml.YAMLError as error:
        message = f"its front matter is not YAML: {' '.join(str(error).split())}"
        raise DataError([Problem(where="README.md", line=1, message=message, fix="mend it")]) from error
    kept = {k: v for k, v in (front if isinstance(front, dict) else {}).items() if k not in _GENERATED}
    body = own["body"] if own else (about.card or _body(dataset, about, counts))
    made = {
        **kept,
        "size_categories": [size_category(len(dataset.items))],
        "configs": [
            {
                "config_name": "default",
                "data_files": [{"split": split, "path": path} for split, path in files.items()],
            }
        ],
    }
    return f"---\n{yaml.safe_dump(made, sort_keys=False, allow_unicode=True)}---\n{body}"


def _plain_front(dataset: Dataset) -> dict[str, Any]:
    languages = sorted({item.language for item in dataset.items})
    return {
        "pretty_name": dataset.name,
        "language": languages,
        "task_categories": ["question-answering"],
    }


def _body(dataset: Dataset, about: About, counts: Mapping[str, int]) -> str:
    lines = [
        f"<!-- {about.canary} -->\n" if about.canary else "",
        f"# {dataset.name}\n",
        f"Version {dataset.version}: {counted(len(dataset.items), 'question')} on {counted(len(dataset.articles), 'article')}, "
        "exported by `dateline export`.\n",
        "| split | questions |\n|---|---:|",
        *(f"| {split} | {n:,} |" for split, n in counts.items()),
        "\nEvery row is a whole item: `question`, `context`, `answers` (one per thing asked for, with `canonical`, "
        "`aliases` and `spans` in characters, end exclusive), `reject` (answers that must not be given) and its "
        "`article`. `answerable` is false where the text does not tell.\n",
    ]
    return "\n".join(filter(None, lines))
