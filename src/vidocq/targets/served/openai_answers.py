"""What an OpenAI-compatible server answers to prompts, and what it means by refusing. Errors quote nothing."""

import re
from dataclasses import dataclass
from typing import Any

from vidocq.targets.served.client import Passing
from vidocq.targets.served.meter import Tokens
from vidocq.targets.served.openai_terms import Form, whole

_OVERFLOW = re.compile(r"context.{0,12}(length|size|window)|exceed_context", re.IGNORECASE)
_WITHHELD = re.compile(r"content.?(filter|policy)", re.IGNORECASE)
_LOOKED_AT = 2000


@dataclass(frozen=True)
class Answer:
    """The text of one answer, and what is to be counted about it."""

    text: str
    notes: tuple[str, ...] = ()


def is_overflow(content: Any) -> bool:
    """Whether a refusal says that the text is longer than the model's context."""
    return _OVERFLOW.search(_said(content)) is not None


def is_withheld(content: Any) -> bool:
    """Whether a refusal says that a filter lets the prompt not through."""
    return _WITHHELD.search(_said(content)) is not None


def name_in(content: Any) -> str | None:
    """The model that says it answered; None if none does."""
    name = content.get("model") if isinstance(content, dict) else None
    return name if isinstance(name, str) and name else None


def usage_in(content: Any) -> Tokens | None:
    """The tokens that the answer says it took; None where it does not."""
    usage = content.get("usage") if isinstance(content, dict) else None
    if not isinstance(usage, dict):
        return None
    given, written = whole_number(usage.get("prompt_tokens")), whole_number(usage.get("completion_tokens"))
    return None if given is None else Tokens(given, written or 0)


def choices_in(content: Any, *, at_most: int) -> list[dict[str, Any]]:
    """One at least, in the order of their index. Raises Passing."""
    choices = content.get("choices") if isinstance(content, dict) else None
    if not isinstance(choices, list) or not all(isinstance(choice, dict) for choice in choices):
        raise malformed("answered without a list of choices")
    if not 1 <= len(choices) <= at_most:
        raise Passing(
            "wrong_number",
            f"gave {len(choices)} answers where {at_most} were asked for",
            "let it give as many choices as n says, or set together = 1",
        )
    return sorted(choices, key=lambda choice: whole_number(choice.get("index")) or 0)


def answers_in(content: Any, *, form: Form, asked: int) -> list[Answer]:
    """As many as asked or fewer, one at least. Raises Passing."""
    return [_answer(choice, form) for choice in choices_in(content, at_most=asked)]


def malformed(how: str) -> Passing:
    return Passing(
        "malformed", how, "let it answer as OpenAI's interface has it; put the same question by hand to see"
    )


def whole_number(value: Any) -> int | None:
    """A count as it stands in JSON; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53 else None


def _answer(choice: dict[str, Any], form: Form) -> Answer:
    text, notes = _text(choice, form)
    finish = choice.get("finish_reason")
    if finish == "length":
        notes.append("cut_at_length")
    if finish == "content_filter":
        notes.append("filtered")
    if not text.strip():
        notes.append("empty")
    return Answer(whole(text), tuple(notes))


def _text(choice: dict[str, Any], form: Form) -> tuple[str, list[str]]:
    if form == "completion":
        text = choice.get("text")
        if not isinstance(text, str):
            raise malformed("gave an answer that is no text")
        return text, []
    message = choice.get("message")
    if not isinstance(message, dict):
        raise malformed("gave an answer without a message")
    content, refusal = message.get("content"), message.get("refusal")
    if isinstance(content, str):
        return content, []
    if content is None and isinstance(refusal, str):
        return refusal, ["declined"]
    if content is None:  # it calls a tool, or says nothing
        return "", ["no_text"]
    if not isinstance(content, list):
        raise malformed("gave an answer that is no text")
    texts = [part["text"] for part in content if isinstance(part, dict) and isinstance(part.get("text"), str)]
    return "".join(texts), ["no_text"] if len(texts) < len(content) else []


def _said(content: Any) -> str:
    """What an error says of itself, for matching alone."""
    error = content.get("error", content) if isinstance(content, dict) else None
    if isinstance(error, dict):
        told = [error.get(name) for name in ("code", "type", "message")]
        return " ".join(one[:_LOOKED_AT] for one in told if isinstance(one, str))
    return error[:_LOOKED_AT] if isinstance(error, str) else ""
