"""Modules of Hugging Face's `evaluate`: how they are loaded, asked and read. `evaluate` is imported when first needed."""

from __future__ import annotations

import hashlib
import inspect
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from bench.answers.squad import gold_texts
from bench.errors import UsageError, nearest
from bench.records import Answer, Item

FORMS = ("text", "texts", "squad", "squad_v2")


class Loaded(NamedTuple):
    """A module with the form of its inputs and the digest of its code."""

    module: Any
    form: str | None  # one of FORMS; None: it takes something else
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluateModule:
    """What both kinds of metric know of their module.

    `path` is a script, its folder, or a name on the Hugging Face hub (`revision`, `config`: of the module).
    `key` picks a figure of its result; without, the one of the module's name, or the only one. `parameters` go to
    its `compute`. `worst` and `best` are the ends of its scale, mapped to 0 and 1; what is worse than
    `worst` counts as `worst`, and a figure beyond `best` is a UsageError. `form` says how it wants answers:
    text (with one gold text), texts (with all of them), squad, squad_v2; null: as the module declares.
    `unanswerable`: ask it about items without an answer too; their only gold text is "".
    """

    version: ClassVar[str] = "1"
    path: str
    key: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    form: str | None = None
    worst: float = 0.0
    best: float = 1.0
    unanswerable: bool = False
    config: str | None = None
    revision: str | None = None

    def __post_init__(self) -> None:
        """Refuse a scale without extent and unknown forms, before anything is loaded."""
        if not math.isfinite(self.best - self.worst) or self.best == self.worst:
            raise UsageError(f"metric evaluate: worst={self.worst} best={self.best} is no scale")
        if self.form is not None and self.form not in FORMS:
            raise UsageError(f"metric evaluate: form={self.form!r}{nearest(str(self.form), FORMS)}")

    def wanted(self, item: Item) -> bool:
        """Whether the module is asked about the item."""
        return item.answerable or self.unanswerable

    def prepare(self) -> None:
        """Load the module; UsageError when there is none, or it takes inputs that cannot be given."""
        self._form()

    def takes_all_texts(self) -> bool:
        """Whether it is given all gold texts of an item at once."""
        return self._form() != "text"

    def identity(self) -> Mapping[str, Any]:
        """Parameters, and the module by its code instead of its place. Loads the module."""
        names = ("key", "parameters", "worst", "best", "unanswerable", "config")
        given = {name: getattr(self, name) for name in names}
        sha256 = load(self.path, self.config, self.revision).sha256
        return {"version": self.version, **given, "form": self._form(), "module_sha256": sha256}

    def _form(self) -> str:
        loaded = load(self.path, self.config, self.revision)
        form = self.form or loaded.form
        if form is None:
            raise UsageError(
                f"metric evaluate: path={self.path}: its inputs are {loaded.module.features}; only {', '.join(FORMS)} "
                "can be given (form=…)"
            )
        return form

    def ask(self, pairs: Sequence[tuple[Item, Answer]], golds: Sequence[Sequence[str]]) -> float:
        """Its figure for these answers, mapped to 0–1; `golds` are the texts each is compared with."""
        module, form = load(self.path, self.config, self.revision).module, self._form()
        ids = [f"{item.id} {item.variant} {n}" for n, (item, _) in enumerate(pairs)]
        said = ["" if answer.abstained else answer.text for _, answer in pairs]
        silent = [answer.abstained for _, answer in pairs]
        inputs = _INPUTS[form](ids, said, silent, golds)
        try:
            result = module.compute(predictions=inputs[0], references=inputs[1], **self.parameters)
        except Exception as error:
            raise UsageError(
                f"metric evaluate ({self.path}): {_brief(error)} (at item {pairs[0][0].id}"
                f"{f' and {len(pairs) - 1} others' if len(pairs) > 1 else ''}); give it other "
                "metric.evaluate.parameters, or ask it about all answers at once with metric=evaluate_corpus"
            ) from error
        return self._share(self._figure(result, module.name))

    def _figure(self, result: Any, name: str) -> float:
        """The chosen number of a result; a list of numbers is one per answer, and their mean is taken."""
        found = dict(result) if isinstance(result, Mapping) else {}
        names = (
            [n for n in (Path(self.path).stem, name) if n in found]
            or list(found)[: len(found) == 1]
            or [name]
        )
        key = self.key or names[0]
        if key not in found:
            raise UsageError(
                f"metric evaluate ({self.path}): its result holds {', '.join(map(str, found)) or 'nothing'}, "
                f"not {key!r}{nearest(str(key), list(map(str, found)))}; set key=…"
            )
        value = found[key]
        numbers = (
            [float(x) for x in value]
            if isinstance(value, Sequence) and not isinstance(value, str)
            else [value]
        )
        try:
            figure = math.fsum(map(float, numbers)) / len(numbers)
        except (TypeError, ValueError, ZeroDivisionError):
            figure = math.nan
        if not math.isfinite(figure):
            raise UsageError(f"metric evaluate ({self.path}): {key} is {value!r}, not a number")
        return figure

    def _share(self, figure: float) -> float:
        share = (figure - self.worst) / (self.best - self.worst)
        if share > 1.0 + 1e-6:
            raise UsageError(
                f"metric evaluate ({self.path}): it gave {figure:g}, beyond best={self.best:g}; set best= and worst= to "
                "the ends of its scale (best=100 for percentages)"
            )
        return min(1.0, max(0.0, share))


@lru_cache(maxsize=16)
def load(path: str, config: str | None, revision: str | None) -> Loaded:
    """The module at a path or of a name; UsageError with what to do when there is none. Runs the module's code."""
    local = Path(path).expanduser()
    looks_local = path.endswith(".py") or path.startswith((".", "~", "/"))
    if looks_local and not local.exists():
        raise UsageError(f"metric evaluate: path={path}: no such script or folder")
    import evaluate

    try:
        module = evaluate.load(
            str(local) if local.exists() else path, config, revision=revision, keep_in_memory=True
        )
        script = Path(inspect.getfile(type(module))).read_bytes()
    except ImportError as error:
        raise UsageError(f"metric evaluate: path={path}: {_brief(error)}") from error
    except Exception as error:
        where = "" if looks_local else (
            "; no script of that name here, and the Hugging Face hub did not give it: offline, set path= to the "
            "module's script"
        )  # fmt: skip
        raise UsageError(f"metric evaluate: path={path}: {_brief(error)}{where}") from error
    return Loaded(module, form_of(module.features), hashlib.sha256(script).hexdigest())


def form_of(features: Any) -> str | None:
    """Which of FORMS a module's declared inputs are, the richest first; None when none of them."""
    options = features if isinstance(features, list) else [features]
    found = {_form(option) for option in options if set(option) == {"predictions", "references"}}
    return next((form for form in ("squad_v2", "squad", "texts", "text") if form in found), None)


def _form(option: Mapping[str, Any]) -> str | None:
    given, wanted = option["predictions"], option["references"]
    if isinstance(given, Mapping):
        if "prediction_text" not in given:
            return None
        return "squad_v2" if "no_answer_probability" in given else "squad"
    if not _is_text(given):
        return None
    inner = wanted[0] if isinstance(wanted, list) and wanted else getattr(wanted, "feature", None)
    return "text" if _is_text(wanted) else "texts" if _is_text(inner) else None


def _is_text(feature: Any) -> bool:
    return getattr(feature, "dtype", None) == "string"


def texts_of(item: Item) -> tuple[str, ...]:
    """The gold texts of an item, each once; ("",) where there is no answer."""
    return tuple(dict.fromkeys(gold_texts(item)))


Columns = tuple[list[Any], list[Any]]


def _as_text(ids: Sequence[str], said: Sequence[str], silent: Sequence[bool], golds: Any) -> Columns:  # noqa: ARG001
    return list(said), [texts[0] for texts in golds]


def _as_texts(ids: Sequence[str], said: Sequence[str], silent: Sequence[bool], golds: Any) -> Columns:  # noqa: ARG001
    return list(said), [list(texts) for texts in golds]


def _as_squad(ids: Sequence[str], said: Sequence[str], silent: Sequence[bool], golds: Any) -> Columns:  # noqa: ARG001
    given = [{"id": i, "prediction_text": text} for i, text in zip(ids, said, strict=True)]
    texts = [[t for t in each if t] for each in golds]
    wanted = [
        {"id": i, "answers": {"text": t, "answer_start": [0] * len(t)}}
        for i, t in zip(ids, texts, strict=True)
    ]
    return given, wanted


def _as_squad_v2(ids: Sequence[str], said: Sequence[str], silent: Sequence[bool], golds: Any) -> Columns:
    given, wanted = _as_squad(ids, said, silent, golds)
    chances = [{"no_answer_probability": float(s)} for s in silent]
    return [{**g, **c} for g, c in zip(given, chances, strict=True)], wanted


_INPUTS = {"text": _as_text, "texts": _as_texts, "squad": _as_squad, "squad_v2": _as_squad_v2}


def _brief(error: BaseException) -> str:
    text = str(error).strip() or type(error).__name__
    return f"{type(error).__name__}: {text.splitlines()[0]}"
