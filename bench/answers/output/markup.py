"""What surrounds an answer in raw output: reasoning blocks, markers, markdown, chat. All linear in the input."""

from __future__ import annotations

import html
import re
from typing import Final

WINDOW: Final = 40_000  # characters looked at for patterns, from each end of a huge output

_MUCH: Final = 2000

_CLOSE = re.compile(r"</(?:think|thinking|thought|reasoning|analysis)\s{0,3}>", re.IGNORECASE)
_OPEN = re.compile(r"<(?:think|thinking|thought|reasoning|analysis)\s{0,3}>", re.IGNORECASE)
_CHANNEL = "<|channel|>final<|message|>"
_SPECIAL = re.compile(r"<\|[a-z_]{1,30}\|>|</?s>|<pad>|<eos>|<bos>|<unk>|<end_of_turn>|\[/?INST\]|\[EOS\]")
_ANSWER_OPENS = re.compile(r"<answer\s{0,3}>", re.IGNORECASE)
_ANSWER_CLOSES = re.compile(r"</answer\s{0,3}>", re.IGNORECASE)
_FINAL_TAG = re.compile(r"<(final|final_answer|response|result)>([^<>]{1,2000})</\1>\s*\Z", re.IGNORECASE)
_ARROW = re.compile(r"\A[ \t]*(?:=+>|-+>|→|⇒|»)[ \t]*(?=\S)")
_RULE = re.compile(r"[*#_>~=\"' \t-]{12,}(?=[*#_>~=\"' \t-]{2})")
_TAG = re.compile(
    r"</?(?:b|i|u|em|strong|p|br|span|div|code|mark|answer|small|q)\b[^<>]{0,200}>", re.IGNORECASE
)
_STRUCK = re.compile(r"~~[^~\n]{1,200}~~")
_FENCE = re.compile(r"```[ \t]*[\w+-]{0,20}[ \t]*\n?(.*?)```", re.DOTALL)
_MARKER = re.compile(
    r"(?:(?:^|\n|(?<=[.!?:;)>*_#\]]))[ \t>#*_\"'-]{0,12}(?:so |thus |therefore |hence |and ){0,2},?[ ]?"
    r"(?:(?:the |my |here is the |here's the )?(?:final |short |correct |right |actual |real |true |best |direct |extracted |exact )?"
    r"(?:answer|response)(?: to (?:the|your|this) question)?)"
    r"(?:[*_`]{0,3}[ \t]{0,3}(?:[:：=]|\bis\b(?![ ]*(?:not in|nowhere))[ \t]*:?))[ \t]*[*_`]{0,3}"
    r"|(?:^|\n)[ \t]{0,8}(?:a|ans|####)[ \t]{0,2}[:：]|(?:^|\n)####"
    r"|\b(?:so|thus|therefore|hence|believe|think|say|conclude that),? (?:that )?(?:the|my) (?:final |correct )?answer is:?"
    r"|(?:[,;—]|[ ]-)[ ]?(?:but|however,?|yet)[ ](?:the|my)[ ](?:final |correct |right |real |actual |true |best )?answer"
    r"(?: to (?:the|your|this) question)? is\b(?![ ]*(?:not|nowhere|un\w+)\b)[ ]?:?"
    r"|(?:^|\n|(?<=[.!?]) )(?:al|even )?(?:though|while|whereas)\b(?:[^.!?;\n]|[.](?=\d)){1,200},[ ](?:the|my)[ ](?:final |correct |right |real "
    r"|actual |true |best )?answer(?: to (?:the|your|this) question)? is\b(?![ ]*(?:not|nowhere|un\w+)\b)[ ]?:?)",
    re.IGNORECASE,
)
_NEXT_QUESTION = re.compile(r"\n[ \t>#*]{0,8}(?:question|q|context|article|passage|user|human)[ \t]{0,2}\d{0,4}[*_]{0,3}:",
                            re.IGNORECASE)  # fmt: skip
_ARTICLE = re.compile(
    r"[\s>#*_]{0,10}(?:context|article|passage|text|document|story)[*_ \t]{0,4}:", re.IGNORECASE
)
_UNANSWERED = re.compile(r"\A[^\n]{1,400}\n+[ \t>#*_]{0,8}(?:answer|a)[*_ \t]{0,4}:[\s*_]*\Z", re.IGNORECASE)
_ECHOED: Final = 80  # words; longer than any answer that is followed by a question
_SECTION = re.compile(
    r"(?:^|\n|(?<=[.!?;)*]))[ \t>#*_(-]{0,8}(?:explanations?|reasoning|rationale|justification|evidence|sources?|"
    r"supporting (?:evidence|sentences?|text)|sentences?|confidence|certainty|quotes?|citations?|references?)"
    r"[*_]{0,3}[ \t]{0,3}[:：][ \t]*(?=[^\n]|\n)",
    re.IGNORECASE,
)
_CHAT = re.compile(
    r"[\s\"'*_>#-]{0,10}(?:"
    r"(?:sure(?: thing)?|certainly|of course|absolutely|okay|ok|alright|great question|good question|hello|hi|hey|"
    r"happy to help|thanks for (?:asking|your question)|thank you(?: for your question)?|got it|understood|right away|hmm+)"
    r"(?:[!.,:]+|(?=\s*[-—]))"
    r"|(?:here(?:'s| is| are)|below is) (?:the|my|your|an?) (?:[a-z]{1,12} ){0,3}answers?(?: to [a-z ]{1,40})?[:.]"
    r"|(?:based on|according to|per|from|as per|as stated in|as reported in|as mentioned in|in)"
    r" (?:the|this|your) (?:(?:given|provided|above|news|supplied) ){0,2}"
    r"(?:article|text|passage|context|report|story|information|excerpt)"
    r"(?: (?:provided|given|above|you provided|you gave|you shared))?(?:,|:| —| -)"
    r")[\s*_]{0,10}",
    re.IGNORECASE,
)
_CLOSER = re.compile(
    r"(?:(?<=[.!?:)])[ ]|\n)\s*(?:please )?(?:let me know|(?:i )?hope (?:this|that|it) helps|feel free to|is there anything else|"
    r"would you like (?:me|more)|if you (?:need|have|want|would like) (?:any|more|further|another|me)|"
    r"happy to help)\b[^\n]{0,200}\Z",
    re.IGNORECASE,
)
_CODE = re.compile(r"`{1,2}([^`\n]{1,300})`{1,2}")
_EMPHASIS = re.compile(r"\*{1,3}|__|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)")
_LINE_MARK = re.compile(r"^[ \t]{0,8}(?:#{1,6}[ \t]+|>[ \t]?)+", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]\n]{1,300})\]\((?:https?:|/|#|mailto:)[^()\s]{0,500}\)")
_CITATION = re.compile(
    r"(?<=[\w.,;:!?\"')%])[ ]?\[(?:\^|S|s)?\d{1,3}(?:[ ]?[,–-][ ]?\d{1,3}){0,9}\]|【[^】\n]{0,60}】"
)
_BOXED = re.compile(r"\\(?:boxed|fbox)\s{0,3}\{")
_LATEX = re.compile(r"\\(?:text|mathrm|mathbf|textbf|textit|emph)\s{0,3}\{([^{}]{0,300})\}")
_FRACTION = re.compile(r"\\d?frac\{(\d{1,12})\}\{(\d{1,12})\}")
_MATH = re.compile(r"\\[()\[\]]|(?<![\w$])\$(?=[^$\n]{1,60}\$(?![\w$]))([^$\n]{1,60})\$")
_QUOTES: Final = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»", "„": "“", "`": "`", "「": "」"}


def without_reasoning(text: str) -> tuple[str, bool]:
    """(text after the last reasoning block, whether a block was left open).

    An open block holds no answer: everything from it on is dropped, and so is what stood before it.
    """
    if _CHANNEL in text:
        text = text.rpartition(_CHANNEL)[2]
    if "<" not in text:
        return text, False
    closed = 0
    for found in _CLOSE.finditer(text):
        closed = found.end()
    text = text[closed:]
    if _OPEN.search(text):
        return "", True
    return _SPECIAL.sub("", text) if len(text) <= WINDOW else text, False


def reasoning_end(text: str) -> int | None:
    """Where the last reasoning block ends; len(text) when it is still open; None when there is none."""
    if _CHANNEL in text:
        return text.rindex(_CHANNEL) + len(_CHANNEL)
    if "<" not in text:
        return None
    closed = None
    for found in _CLOSE.finditer(text):
        closed = found.end()
    return len(text) if _OPEN.search(text, closed or 0) else closed


def opens_reasoning(text: str) -> str:
    """The opening tag of a reasoning block that `text` ends with, white space included; "" where it does not."""
    opened = None
    for found in _OPEN.finditer(text, max(0, len(text) - 80)):
        opened = found
    return text[opened.start() :] if opened and not text[opened.end() :].strip() else ""


def after_marker(text: str) -> str:
    """What the last "Answer:" (\\boxed, <answer>, ####) introduces; the whole text where there is none.

    A marker with nothing behind it is passed over. A following "Question:" ends the answer.
    """
    if len(text) > WINDOW:
        tail = _RULE.sub(" ", text[-WINDOW:])
        text = tail if _MARKER.search(tail) else text[:WINDOW]
    if len(text) > _MUCH:
        text = _RULE.sub(" ", text)  # long runs of signs cost time and say nothing
    text = _ARROW.sub("", text)
    found_in = _boxed(text) or _tagged(text)
    if found_in is not None:
        return found_in
    following = _NEXT_QUESTION.search(text)
    if following and _echoes(text[: following.start()]):
        text = text[following.start() :].lstrip()
        if _UNANSWERED.search(text):
            return ""
        following = _NEXT_QUESTION.search(text)
    if following and text[: following.start()].strip():
        text = text[: following.start()]
    for found in reversed(list(_MARKER.finditer(text))):
        rest = text[found.end() :]
        if any(map(str.isalnum, rest)):
            return rest.strip()
    return text


def _echoes(head: str) -> bool:
    """Whether what stands before "Question:" is the article of a prompt told again, and no answer."""
    told = _ARTICLE.match(head) is not None or len(head.split()) > _ECHOED
    return told and _MARKER.search(head) is None


def _tagged(text: str) -> str | None:
    """What the last pair of answer tags holds."""
    if "</" not in text:
        return None
    if final := _FINAL_TAG.search(text, max(0, len(text) - 2 * _MUCH)):
        return final[2].strip()
    close = -1
    for found in _ANSWER_CLOSES.finditer(text):
        close = found.start()
    begin = -1
    for found in _ANSWER_OPENS.finditer(text, 0, max(close, 0)):
        begin = found.end()
    return text[begin:close].strip() if 0 <= begin <= close else None


def _boxed(text: str) -> str | None:
    start = None
    for found in _BOXED.finditer(text):
        start = found.end()
    if start is None:
        return None
    depth = 1
    for at in range(start, min(len(text), start + 2000)):
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0:
            return text[start:at].strip() or None
    return None


def sections(text: str) -> tuple[str, str]:
    """(answer, the labelled parts behind it): "Explanation:", "Evidence:", "Confidence:" and the like."""
    for found in _SECTION.finditer(text):
        if any(map(str.isalnum, text[: found.start()])):
            return text[: found.start()].strip(), text[found.start() :]
    return text, ""


def unfence(text: str) -> str:
    """The content of a code fence when the text is little else, otherwise the text."""
    if "```" not in text:
        return text
    found = _FENCE.search(text)
    if found is None:
        return text.replace("```", "").strip()
    outside = text[: found.start()] + text[found.end() :]
    return found[1].strip() if len(outside.split()) <= 12 else text.replace("```", "").strip()


def plain(text: str) -> str:
    """Markdown, simple HTML, LaTeX wrapping, citations and leading chat removed; struck-out text dropped."""
    if len(text) > WINDOW:
        return text.strip()
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub("", text)
    if "~~" in text:
        text = _STRUCK.sub("", text)
    if "\\" in text or "$" in text:
        text = _FRACTION.sub(r"\1/\2", text)
        text = _LATEX.sub(r"\1", text).replace("\\%", "%").replace("\\$", "$")
        text = _MATH.sub(lambda found: found[1] or "", text)
    if "[" in text or "【" in text:
        text = _CITATION.sub("", _LINK.sub(r"\1", text))
    if "`" in text:
        text = _CODE.sub(r"\1", text)
    text = _LINE_MARK.sub("", text)
    for _ in range(4):
        found = _CHAT.match(text)
        if not found or not any(map(str.isalnum, text[found.end() :])):
            break
        text = text[found.end() :]
    text = _EMPHASIS.sub("", text).strip()
    closing = _CLOSER.search(text, max(0, len(text) - 300))
    if closing and any(map(str.isalnum, text[: closing.start()])):
        text = text[: closing.start()].rstrip()
    return unquote(text)


def unquote(text: str) -> str:
    """One pair of quotation marks around the whole removed."""
    text = text.strip()
    inner = (
        text[:-1] if text.endswith((".", ",")) and len(text) > 2 and text[-2] in _QUOTES.values() else text
    )
    if len(inner) > 2 and _QUOTES.get(inner[0]) == inner[-1] and inner[-1] not in inner[1:-1]:
        return inner[1:-1].strip()
    return text
