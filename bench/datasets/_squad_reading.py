"""One pass over a parsed SQuAD file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bench.datasets._cells import kind_of
from bench.datasets._native import article_of, read_native
from bench.datasets._origins import Origins
from bench.datasets._passages import Claim, Passages
from bench.datasets._squad_usual import read_usual
from bench.datasets.exports.native import KEY
from bench.datasets.exports.squad import judged
from bench.records import Article

_NATIVE_FIX = "edit both, or delete the key dateline there"


class _Place(NamedTuple):
    """Where a question stands."""

    article: str
    context: str | None
    texts: Sequence[str]  # all paragraphs of the article
    entry: Mapping[str, Any]  # the export's own record of the article; empty in files from elsewhere


class SquadReading:
    """Articles and items so far, and what is wrong; every place is a JSON path like data[3].paragraphs[0]."""

    def __init__(self, passages: Passages, *, plausible_as_lures: bool = False) -> None:
        self.passages = passages
        self.origins = Origins()
        self._lures = plausible_as_lures
        options = passages.options
        self._usual = options.offsets == "characters" and not options.infer and not plausible_as_lures
        self._told: set[str] = set()  # exported articles that are whole
        self._source: Mapping[str, Any] = {}  # what the export says of the whole file

    def read(self, value: Any) -> None:
        """The whole file."""
        own = self.passages
        if not isinstance(value, dict):
            own.say("$", f"must be an object, not {kind_of(value)}", fix='SQuAD files are {"data": [...]}')
            return
        self._source = _own(value)
        for at, entry in own.objects(value, "data", ""):
            title = own.text(entry, "title", at, absent="") or ""
            paragraphs = [
                (path, paragraph, own.text(paragraph, "context", path))
                for path, paragraph in own.objects(entry, "paragraphs", at)
            ]
            texts = [context or "" for _, _, context in paragraphs]
            exported = _own(entry)
            article = self._article(exported, title, texts) if paragraphs else ""
            own.title = title
            for path, paragraph, context in paragraphs:
                usual = self._usual and not exported and context is not None
                for place, qa in own.objects(paragraph, "qas", path):
                    if not (
                        usual and own.take(read_usual(qa, context or "", article, own.split(article)), place)
                    ):
                        self._question(qa, place, _Place(article, context, texts, exported))
        if not own.items and not own.problems:
            own.say("data", "holds no questions")

    def _article(self, exported: Mapping[str, Any], title: str, texts: Sequence[str]) -> str:
        """The id of an entry's article."""
        name = exported.get("id")
        if isinstance(name, str) and name:
            split = self.passages.options.split
            blank = Article(id=name, text="\n\n".join(texts), title=title, split=split)
            self.passages.articles.setdefault(name, blank)  # filled in by the first question that can be read
            return name
        return self.passages.article(title, "\n\n".join(texts))

    def _question(self, qa: Mapping[str, Any], at: str, place: _Place) -> None:
        own = self.passages
        before = len(own.problems)
        name = own.question_id(qa, "id", at)
        question = own.text(qa, "question", at, item=name)
        if "id" in place.entry and "digest" in _own(qa):
            if len(own.problems) == before and place.context is not None:
                self._exported(qa, at, place)
            return
        impossible = qa.get("is_impossible", False)
        if not isinstance(impossible, bool):
            own.say(f"{at}.is_impossible", f"must be true or false, not {kind_of(impossible)}", item=name)
        silent = impossible is True and "answers" not in qa
        claims = [] if silent else list(self._claims(qa, at, name))
        if impossible is True and qa.get("answers"):
            fix = "empty answers, or set is_impossible to false"
            own.say(f"{at}.answers", "an impossible question has answers", item=name, fix=fix)
        gold = own.gold(claims, place.context, name) if place.context is not None else ()
        lures = self._plausible(qa, at, name) if impossible is True and self._lures else ()
        if impossible is False and not gold and place.context is not None and len(own.problems) == before:
            fix = "give an answer, or set is_impossible to true"
            own.say(f"{at}.answers", "holds no answer", item=name, fix=fix)
        if len(own.problems) > before or name is None or question is None or place.context is None:
            return
        own.add(name, question, place.context, place.article, gold, lures)

    def _claims(self, qa: Mapping[str, Any], at: str, item: str | None) -> list[Claim]:
        """The answers that can be read; what is wrong with the others is said."""
        own, claims = self.passages, []
        for path, answer in own.objects(qa, "answers", at, item):
            text = own.text(answer, "text", path, item=item)
            before = len(own.problems)
            start = own.whole(answer.get("answer_start"), f"{path}.answer_start", item)
            if text is not None and len(own.problems) == before:
                claims.append(Claim(at=f"{path}.answer_start", text=text, start=start))
        return claims

    def _exported(self, qa: Mapping[str, Any], at: str, place: _Place) -> None:
        """A question that `dateline export` wrote, as the item that it was."""
        own, made = self.passages, _own(qa)
        item = made.get("item")
        row = {
            ("answers" if k == "gold" else k): v for k, v in (item if isinstance(item, dict) else {}).items()
        }
        beside = {
            "id": qa["id"],
            "question": qa["question"],
            "context": place.context,
            "article_id": place.article,
        }
        source = {**self._source, "n": made.get("n"), "digest": made.get("digest")}
        article = {k: v for k, v in place.entry.items() if k != "id"}
        native, faults = read_native({**row, **beside, "article": article, KEY: source})
        for fault in faults:
            where = fault.at if fault.at.startswith(KEY) else f"{KEY}.item.{fault.at}"
            shown = None if fault.value is None else str(fault.value)
            own.say(f"{at}.{where}", fault.message, shown, _NATIVE_FIX, qa["id"])
        if native is None:
            return
        for key, value in judged(native.item).items():
            if qa.get(key) != value:
                own.say(
                    f"{at}.{key}", "does not agree with the item under dateline", None, _NATIVE_FIX, qa["id"]
                )
                return
        if place.article not in self._told:
            self._told.add(place.article)
            own.articles[place.article] = article_of(native.article, place.article, tuple(place.texts))
        own.items.append(native.item)
        self.origins.note(native)

    def _plausible(self, qa: Mapping[str, Any], at: str, item: str | None) -> tuple[str, ...]:
        """The texts of plausible_answers, each once."""
        if "plausible_answers" not in qa:
            return ()
        entries = self.passages.objects(qa, "plausible_answers", at, item)
        texts = [self.passages.text(entry, "text", place, item=item) for place, entry in entries]
        return tuple(dict.fromkeys(text for text in texts if text))


def _own(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the export wrote under its own key; empty in files from elsewhere."""
    found = value.get(KEY)
    return found if isinstance(found, dict) else {}
