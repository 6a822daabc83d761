"""What a model might have said instead, token by token: read in a row, it may spell what the text does not."""

from collections.abc import Iterator, Sequence
from typing import Any

from vidocq.core.guarding import Hit, Surface
from vidocq.filters.repetition import Repetition
from vidocq.serve.surfaces.looking import Looking, is_outside
from vidocq.serve.surfaces.marks import SHORTEST

REACH = 48
"""Tokens in a row that are looked through together in a stream."""


def has_any(token: dict[str, Any]) -> bool:
    return bool(token.get("top_logprobs"))


def unspelt(tokens: Sequence[dict[str, Any]], looking: Looking) -> list[dict[str, Any]]:
    """The same tokens without the alternatives in which, read in a row, something is found.

    Read are those that are listed first, second… at each token, and the first that was not chosen; as they stand, or with
    disguises undone where there are digits enough for a number.
    """
    if not any(has_any(each) for each in tokens):
        return list(tokens)
    words = [_words(each.get("top_logprobs")) for each in tokens]
    spelt: list[set[str]] = [set() for _ in tokens]
    for path in _paths([each["token"] for each in tokens], words):
        finds, at = _finds("".join(path), looking), 0
        for which, word in enumerate(path):
            start, at = at, at + len(word)
            if not is_outside(finds, start, at):
                spelt[which].add(word)
    return [_without(token, out) if out else token for token, out in zip(tokens, spelt, strict=True)]


def _finds(path: str, looking: Looking) -> list[Hit]:
    if sum(map(str.isdigit, path)) < SHORTEST:
        finds = looking.guard.as_it_stands(path, Surface.ANSWER)
    else:
        seen = looking.seen(path, Surface.ANSWER)
        finds = [hit if hit is not seen.blocked else hit._replace(end=len(path)) for hit in seen.finds]
    return [hit for hit in finds if hit.filter != Repetition.card.id]


def _words(tops: Any) -> list[str]:
    if isinstance(tops, dict):
        return list(tops)
    found = [each.get("token") for each in tops if isinstance(each, dict)] if isinstance(tops, list) else []
    return [word for word in found if isinstance(word, str)]


def _paths(chosen: list[str], words: list[list[str]]) -> Iterator[list[str]]:
    """Each but that which was chosen, once."""
    known = {tuple(chosen)}
    for rank in range(-1, max(map(len, words), default=0)):
        path = []
        for token, others in zip(chosen, words, strict=True):
            left = [word for word in others if word != token] if rank < 0 else others[rank : rank + 1]
            path.append(left[0] if left else token)
        if tuple(path) not in known:
            known.add(tuple(path))
            yield path


def _without(token: dict[str, Any], words: set[str]) -> dict[str, Any]:
    tops = token.get("top_logprobs")
    if isinstance(tops, dict):
        return {**token, "top_logprobs": {word: value for word, value in tops.items() if word not in words}}
    if isinstance(tops, list):
        kept = [each for each in tops if not (isinstance(each, dict) and each.get("token") in words)]
        return {**token, "top_logprobs": kept}
    return token
