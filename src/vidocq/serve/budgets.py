"""What each key has asked for and been told of late; drawing a corpus out of a model takes many and new answers."""

import hashlib
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from vidocq.core.moment import seconds
from vidocq.core.text import Text
from vidocq.filters.policy import BudgetSection
from vidocq.measure.overlap.grams import gram_hashes
from vidocq.measure.overlap.spelling import spelt
from vidocq.serve.envelope import over_budget

MOST_KEYS = 10_000
"""Keys that are remembered; the one that was silent longest is forgotten first."""
MOST_PROMPTS = 512
MOST_GRAMS = 1 << 16
MOST_GRAMS_IN_ALL = 1 << 20
LONGEST = 1 << 14
"""Characters of a prompt that are compared."""
NEAR = 12
"""Bits in which the fingerprints of two prompts that are nearly the same differ, at most, out of 64."""
_GRAM = 16
_WIDTH = 24


@dataclass
class _Spent:
    asked: deque[float] = field(default_factory=deque)
    near: deque[float] = field(default_factory=deque)
    told: deque[tuple[float, int]] = field(default_factory=deque)
    prompts: deque[int] = field(default_factory=lambda: deque(maxlen=MOST_PROMPTS))
    grams: OrderedDict[int, None] = field(default_factory=OrderedDict)


class Budgets:
    """Memory is bounded: keys, and for each what is remembered of its prompts and answers, as hashes alone."""

    def __init__(self) -> None:
        self._spent: OrderedDict[str, _Spent] = OrderedDict()
        self._grams = 0  # remembered in all

    def ask(self, key: str, prompt: str, budget: BudgetSection) -> None:
        """Counts a question. Raises Refusal once its key has spent one of its budgets."""
        spent = self._of(key)
        now = seconds()
        for times in (spent.asked, spent.near):
            while times and times[0] <= now - budget.seconds:
                times.popleft()
        while spent.told and spent.told[0][0] <= now - budget.seconds:
            spent.told.popleft()
        if budget.queries is not None and len(spent.asked) >= budget.queries:
            raise over_budget(Text("questions", "questions"), _after(spent.asked[0], now, budget))
        if budget.near_duplicates is not None:
            mark = fingerprint(prompt)
            is_near = any((mark ^ other).bit_count() <= NEAR for other in spent.prompts)
            if is_near and len(spent.near) >= budget.near_duplicates:
                raise over_budget(
                    Text("questions presque identiques", "questions that are nearly the same"),
                    _after(spent.near[0], now, budget),
                )
            spent.prompts.append(mark)
            if is_near:
                spent.near.append(now)
        _require_novelty(spent, now, budget)
        spent.asked.append(now)

    def told(self, key: str, answer: str, budget: BudgetSection) -> None:
        """Counts the characters of an answer, or of the next part of one, that were not said to this key before.

        Raises Refusal, and counts nothing, where all that may be new was told already.
        """
        if budget.novelty is None or not answer:
            return
        spent = self._of(key)
        now = seconds()
        while spent.told and spent.told[0][0] <= now - budget.seconds:
            spent.told.popleft()
        _require_novelty(spent, now, budget)
        data = spelt(answer)
        hashes = gram_hashes(data, width=_WIDTH, step=_GRAM).tolist()
        new = [each for each in hashes if each not in spent.grams]
        for each in hashes:
            spent.grams[each] = None
            spent.grams.move_to_end(each)
        self._grams += len(set(new))
        while len(spent.grams) > MOST_GRAMS:
            spent.grams.popitem(last=False)
            self._grams -= 1
        while self._grams > MOST_GRAMS_IN_ALL and len(self._spent) > 1:
            self._forget_one()
        length = len(new) * _GRAM if hashes else len(data)
        if length:
            spent.told.append((now, length))

    def _of(self, key: str) -> _Spent:
        spent = self._spent.setdefault(key, _Spent())
        self._spent.move_to_end(key)
        while len(self._spent) > MOST_KEYS:
            self._forget_one()
        return spent

    def _forget_one(self) -> None:
        _, forgotten = self._spent.popitem(last=False)
        self._grams -= len(forgotten.grams)


def _require_novelty(spent: _Spent, now: float, budget: BudgetSection) -> None:
    if budget.novelty is not None and sum(length for _, length in spent.told) >= budget.novelty:
        raise over_budget(Text("texte nouveau", "new text"), _after(spent.told[0][0], now, budget))


def latest(content: dict[str, Any]) -> str:
    """What is asked now, without the conversation before it, which every new question repeats."""
    for name in ("messages", "input", "prompt"):
        if name in content:
            value = content[name]
            return _texts(value[-1] if isinstance(value, list) and value else value)[:LONGEST]
    return _texts(content)[:LONGEST]


def _texts(value: Any) -> str:
    """All that stands in plain content, numbers too."""
    if isinstance(value, dict):
        return " ".join(f"{name} {_texts(each)}" for name, each in value.items())
    if isinstance(value, list):
        return " ".join(_texts(each) for each in value)
    return str(value)


def fingerprint(text: str) -> int:
    """64 bits that differ in few places for texts of nearly the same words. Source: Charikar (2002), STOC."""
    words = spelt(text).split()
    marks = b"".join(
        hashlib.blake2b(b" ".join(words[at : at + 2]), digest_size=8).digest() for at in range(len(words))
    )
    bits = np.unpackbits(np.frombuffer(marks, dtype=np.uint8)).reshape(-1, 64)
    return int.from_bytes(np.packbits(2 * bits.sum(axis=0) > len(words)).tobytes(), "big")


def _after(oldest: float, now: float, budget: BudgetSection) -> int:
    return max(1, round(oldest + budget.seconds - now) + 1)
