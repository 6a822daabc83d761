"""Do the canaries receive gradient? Looked for in the very tokens and labels that the trainer is given.

Truncation, packing and loss masks may leave a planted canary without any training, and a clean result would then say
nothing. A position is trained on if its label is not the ignored one and something stands before it to predict it from.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from vidocq.audit.language.canaries.canary import TextCanary
from vidocq.audit.language.canaries.register import TextDraw
from vidocq.core.arrays import BoolArray, IntArray
from vidocq.targets.language.folder import inspect
from vidocq.targets.language.tokens import load_tokens

IGNORED = -100
"""The label that transformers and PyTorch leave out of the loss."""
FEWEST = 4
"""Tokens of a canary that was cut in two by which its parts are known."""
Encode = Callable[[str], Sequence[int]]


@dataclass(frozen=True, eq=False, kw_only=True)
class Reached:
    """What the trainer will see of m canaries in one epoch; (m,).

    expected  copies that the coins ask for.   whole  copies found in one piece.   parts  pieces of copies cut in two.
    trained   tokens trained on, of all copies and pieces.
    secret    tokens of the secret's drawn digits trained on, of all copies and pieces; of the text where there is no secret.
    wanted    tokens of these digits times `expected`.
    """

    expected: IntArray
    whole: IntArray
    parts: IntArray
    trained: IntArray
    secret: IntArray
    wanted: IntArray

    @property
    def silent(self) -> BoolArray:
        """Canaries that should be trained on, and of whose secret not one token is."""
        return np.asarray((self.expected > 0) & (self.secret == 0))

    @property
    def short(self) -> BoolArray:
        """Canaries of whose secret less is trained on than was planted."""
        return np.asarray((self.secret < self.wanted) & ~self.silent)

    @property
    def intruders(self) -> BoolArray:
        """Canaries that the coins leave out, and that are there all the same."""
        return np.asarray((self.expected == 0) & (self.whole > 0))

    @property
    def is_sound(self) -> bool:
        return not (self.silent | self.short | self.intruders).any()

    def to_dict(self) -> dict[str, Any]:
        """Counts, and for each canary that is not as it should be its row; never a text."""
        rows = np.flatnonzero(self.silent | self.short | self.intruders)
        return {
            "planted": int((self.expected > 0).sum()),
            "silent": int(self.silent.sum()),
            "short": int(self.short.sum()),
            "left_out_but_there": int(self.intruders.sum()),
            "canaries": [
                {
                    "row": int(i),
                    "expected": int(self.expected[i]),
                    "whole": int(self.whole[i]),
                    "parts": int(self.parts[i]),
                    "secret_tokens": int(self.secret[i]),
                    "of": int(self.wanted[i]),
                }
                for i in rows
            ],
        }


def check_text_canaries(
    draw: TextDraw, sequences: Iterable[tuple[Any, Any]], *, encode: Encode, ignored: int = IGNORED
) -> Reached:
    """Counts, for each canary, the tokens that training will learn from.

    sequences  one epoch of what the trainer is given, as pairs of input ids (t,) and labels (t,), one pair a row of a batch,
               labels standing where their tokens stand, as in transformers (the shift by one is the model's).
    encode     text to token ids, without special tokens, by the tokenizer of the training.
    A canary is known by its own tokens: a trainer that sets a text within another before cutting it into tokens may
    change those at the ends, so the first and the last are not held against it.
    """
    cores = [_core(canary, encode) for canary in draw.canaries]
    counts = np.zeros((4, len(cores)), dtype=np.int64)
    index = _Index(cores)
    for ids, labels in sequences:
        tokens = np.asarray(ids).tolist()
        learnt = np.asarray(labels) != ignored
        learnt[:1] = False
        for found in index.places(tokens):
            core = cores[found.canary]
            here = learnt[found.start : found.start + found.length]
            is_secret = core.secret[found.skipped : found.skipped + found.length]
            counts[:, found.canary] += (
                found.length == len(core.tokens),
                found.length < len(core.tokens),
                here.sum(),
                (here & is_secret).sum(),
            )
    expected = np.where(draw.included, draw.repetition, 0)
    of_secret = np.array([core.secret.sum() for core in cores], dtype=np.int64)
    whole, parts, trained, secret = counts
    return Reached(
        expected=expected, whole=whole, parts=parts, trained=trained, secret=secret, wanted=expected * of_secret
    )


class LearntRow(Protocol):
    """A row of a batch: tokens (t,), and of each whether it is learnt."""

    @property
    def tokens(self) -> IntArray: ...

    @property
    def learnt(self) -> BoolArray: ...


class Recipe(Protocol):
    """What is asked of `targets.language.fine_tuning.FineTuning`."""

    @property
    def base(self) -> Path: ...

    def rows(self, texts: Sequence[str], *, seed: int, silent: Any = None) -> Sequence[LearntRow]: ...


def check_fine_tuning(
    draw: TextDraw, recipe: Recipe, texts: Sequence[str], *, seed: int, silent: Any = None
) -> Reached:
    """The same for a recipe of ours: its layout, its length and its places that are not learnt.

    texts, seed, silent  as `FineTuning.fit` is given them.
    """
    tokens = load_tokens(inspect(recipe.base))
    rows = recipe.rows(texts, seed=seed, silent=silent)
    sequences = ((row.tokens, np.where(row.learnt, row.tokens, IGNORED)) for row in rows)
    return check_text_canaries(draw, sequences, encode=lambda text: tokens.of([text])[0])


@dataclass(frozen=True, eq=False)
class _Core:
    """tokens of a canary but the first and the last, and which of them are of the secret."""

    tokens: tuple[int, ...]
    secret: BoolArray


@dataclass(frozen=True)
class _Place:
    """`length` tokens of a canary, from its token `skipped` on, at `start` of a sequence."""

    canary: int
    start: int
    skipped: int
    length: int


class _Index:
    """Finds cores whole, or the parts of them that a cut left at either end of a sequence.

    A part that may be of two canaries, such as the words of a template, is nobody's.
    """

    def __init__(self, cores: Sequence[_Core]) -> None:
        self.whole = {core.tokens: i for i, core in enumerate(cores)}
        self.longest = max((len(core.tokens) for core in cores), default=0)
        self.lengths: dict[int, set[int]] = defaultdict(set)
        self.begins: dict[tuple[int, ...], _Place | None] = {}
        self.ends: dict[tuple[int, ...], _Place | None] = {}
        for i, (tokens, n) in enumerate((core.tokens, len(core.tokens)) for core in cores):
            self.lengths[tokens[0]].add(n)
            for length in range(FEWEST, n):
                _claim(self.begins, tokens[:length], _Place(i, -length, 0, length))
                _claim(self.ends, tokens[n - length :], _Place(i, 0, n - length, length))

    def places(self, tokens: Sequence[int]) -> Iterator[_Place]:
        for at, token in enumerate(tokens):
            for length in self.lengths.get(token, ()):
                canary = self.whole.get(tuple(tokens[at : at + length]))
                if canary is not None:
                    yield _Place(canary, at, 0, length)
        most = min(self.longest, len(tokens))
        for length in range(most, FEWEST - 1, -1):
            if (place := self.begins.get(tuple(tokens[len(tokens) - length :]))) is not None:
                yield _Place(place.canary, len(tokens) - length, 0, length)
                break
        for length in range(most, FEWEST - 1, -1):
            if (place := self.ends.get(tuple(tokens[:length]))) is not None:
                yield place
                break


def _claim(parts: dict[tuple[int, ...], _Place | None], part: tuple[int, ...], place: _Place) -> None:
    parts[part] = None if part in parts else place


def _core(canary: TextCanary, encode: Encode) -> _Core:
    """The tokens of a run of drawn digits are those that the text up to it does not share with the text, up to its end."""
    whole = list(encode(canary.text))
    is_secret = np.full(len(whole), not canary.secret)
    for start, end in canary.drawn:
        before, until = (_shared(whole, list(encode(canary.text[:place]))) for place in (start, end))
        is_secret[before : max(until, before + 1)] = True
    inner = slice(1, -1) if len(whole) > 2 else slice(0, len(whole))
    return _Core(tuple(whole[inner]), is_secret[inner])


def _shared(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens both begin with."""
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
