"""Secrets never reach the disk: known key shapes are cut out of every line before it is written."""

from __future__ import annotations

import dataclasses
import re

from bench.records import Article, Item, Prediction, Score

# Lines are redacted as JSON, where a line break before a key is a backslash and a letter.
_SHAPES = re.compile(
    r"""
      (?:\b|(?<=\\[bfnrt]))(?:
          sk-[A-Za-z0-9_-]{16,}                                    # OpenAI-style keys
        | hf_[A-Za-z0-9]{16,}                                      # hub tokens
        | gh[pousr]_[A-Za-z0-9]{20,} | github_pat_[A-Za-z0-9_]{20,}
        | (?:AKIA|ASIA)[A-Z0-9]{16}\b                              # AWS key ids
        | eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}   # JWT
      )
    | (?<=://)[^/\s:@"'\\]{1,100}:[^/\s@"'\\]{1,200}(?=@)          # user:password in a URL
    | (?<=[Bb]earer\ )[A-Za-z0-9._~+/=-]{8,}
    | (?<=[Aa]pi-[Kk]ey:\ )[^\s"'\\,;]{8,}
    """,
    re.VERBOSE,
)
# What each shape cannot do without, as narrow as it can be said: "gh" alone is in every "night" and "right". One by
# one, as a pattern that begins with letters is found as fast as they are; all in one take twice as long.
_HINTS = tuple(
    re.compile(hint).search
    for hint in ("sk-", "hf_", "gh[pousr]_", "github_pat_", "A[KS]IA", "eyJ", "://", "earer ", "pi-[Kk]ey: ")
)

REDACTED = "[redacted]"


def redact(text: str) -> str:
    """`text` with everything that looks like a credential replaced by `[redacted]`."""
    for hint in _HINTS:
        if hint(text) is not None:
            return _SHAPES.sub(REDACTED, text)
    return text


def redacted_score(score: Score) -> Score:
    """A score whose answer may be shown."""
    text = redact(score.answer.text)
    same = text == score.answer.text
    return score if same else dataclasses.replace(score, answer=dataclasses.replace(score.answer, text=text))


def redacted_prediction(prediction: Prediction) -> Prediction:
    """A prediction that may be shown."""
    error = prediction.error
    return dataclasses.replace(
        prediction,
        text=redact(prediction.text),
        spans=tuple(dataclasses.replace(span, text=redact(span.text)) for span in prediction.spans),
        error=None if error is None else dataclasses.replace(error, message=redact(error.message)),
    )


def redacted_item(item: Item) -> Item:
    """An item whose question and text may be shown."""
    question, context = redact(item.question), redact(item.context)
    same = question == item.question and context == item.context
    return item if same else dataclasses.replace(item, question=question, context=context)


def redacted_article(article: Article) -> Article:
    """An article whose title and text may be shown."""
    return dataclasses.replace(article, title=redact(article.title), text=redact(article.text))
