"""Croissant metadata, made from the items so that it cannot drift from them, beside the files that it describes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bench.datasets.exports._columns import Kind, columns
from bench.datasets.exports.base import About, Export, Format
from bench.datasets.exports.hf import HfFolder
from bench.errors import counted
from bench.records import Dataset

_TYPES = {str: "sc:Text", int: "cr:Int64", float: "cr:Float64", bool: "sc:Boolean"}
_ABOUT = {
    "id": "unique in the data set, never reused",
    "article_id": "which article the question is asked about: the statistical cluster",
    "question": "the question",
    "context": "the text to answer from",
    "answer_type": "person, place, span, number, date, yes_no, choice, list, none or ambiguous",
    "answer_mode": "one answer, any of several, all of them, or all by key",
    "answerable": "whether the context answers the question",
    "answers": "one for each thing asked for; none where the context does not tell",
    "reject": "answers that must never be accepted",
    "evidence": "alternative minimal sets of sentence numbers, as JSON",
    "skills": "what answering takes",
    "split": "dev or test",
    "status": "draft, active, disputed or retired",
}
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Croissant(Format):
    """The folder of `to=hf` with a `croissant.json`: a record set per split."""

    folder = True

    def export(self, dataset: Dataset, about: About) -> Export:
        """The folder's files."""
        folder = HfFolder().export(dataset, about)
        data = {name: content for name, content in folder.files.items() if name.endswith(".parquet")}
        front = _front(folder.files["README.md"].decode())
        value = {
            "@context": _CONTEXT,
            "@type": "sc:Dataset",
            "name": re.sub(r"[^A-Za-z0-9_.-]", "-", dataset.name),
            "description": f"{counted(len(dataset.items), 'question')} on {counted(len(dataset.articles), 'article')}, each with typed "
            f"answers, lures and evidence.{f' {about.canary}' if about.canary else ''}",
            "conformsTo": "http://mlcommons.org/croissant/1.0",
            "version": dataset.version,
            **front,
            "distribution": [_file(name, content) for name, content in data.items()],
            "recordSet": [_records(name) for name in data],
        }
        text = json.dumps(value, indent=2, ensure_ascii=False) + "\n"
        return Export(
            files={"croissant.json": text.encode(), **folder.files}, items=folder.items, notes=folder.notes
        )


def _front(card: str) -> dict[str, Any]:
    """License and languages, from the card."""
    import yaml

    front = yaml.safe_load(card.split("---\n")[1])
    found = {
        "license": front.get("license"),
        "inLanguage": front.get("language"),
        "keywords": front.get("tags"),
    }
    return {key: value for key, value in found.items() if value}


def _file(name: str, content: bytes) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{len(content)} B",
        "encodingFormat": "application/x-parquet",
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _records(file: str) -> dict[str, Any]:
    split = file.rpartition("/")[2].removesuffix(".parquet")
    fields = [_field(split, name, kind, file) for name, kind in columns().items()]
    return {
        "@type": "cr:RecordSet",
        "@id": split,
        "name": split,
        "description": f"the {split} items, one record each",
        "key": {"@id": f"{split}/id"},
        "field": fields,
    }


def _field(split: str, name: str, kind: Kind, file: str) -> dict[str, Any]:
    """A column: a text or number, a list of those, or an object (or a list of objects) with its plain members."""
    inner = kind[0] if isinstance(kind, list) else kind
    source = {"fileObject": {"@id": file}, "extract": {"column": name}}
    made: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{split}/{name}",
        "name": name,
        "description": _ABOUT.get(name, name.replace("_", " ")),
    }
    if isinstance(inner, Mapping):
        plain = {k: v for k, v in inner.items() if isinstance(v, type)}
        made["subField"] = [
            {
                "@type": "cr:Field",
                "@id": f"{split}/{name}/{member}",
                "name": member,
                "dataType": _TYPES[part],
                "source": {**source, "transform": {"jsonPath": member}},
            }
            for member, part in plain.items()
        ]
    else:
        made |= {"dataType": _TYPES[inner[0] if isinstance(inner, list) else inner], "source": source}
    return {**made, "repeated": True} if isinstance(kind, list) else made
