"""Texts cut in two, the beginning and what should follow, once each and not too many about one person."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vidocq.core.arrays import BoolArray, IntArray
from vidocq.core.errors import DataError
from vidocq.core.language import LanguageModel, Passage, ScoresContinuations
from vidocq.measure.near_verbatim import words


@dataclass(frozen=True, eq=False, kw_only=True)
class Side:
    """Texts of one side: those the model was trained on, or those it never saw.

    persons   (n,) whom each text is about, any numbers or names; without them each text is taken for a person.
    repeated  (n,) how often each stood in the training data; without it, how often it stands among `texts`.
    """

    texts: Sequence[str]
    persons: Sequence[str] | IntArray | None = None
    repeated: Sequence[int] | IntArray | None = None

    def __post_init__(self) -> None:
        for name, values in (("persons", self.persons), ("repeated", self.repeated)):
            if values is not None and len(values) != len(self.texts):
                raise DataError(
                    f"{len(self.texts)} texts come with {len(values)} {name}",
                    where="audit.language.passages",
                    fix="give one for each text, or none",
                )


@dataclass(frozen=True, eq=False, kw_only=True)
class Cut:
    """n passages of both sides.

    person   (n,) numbers.   repeated  (n,) of the text.
    short    texts that were too short, on either side.
    shared   passages that stand on both sides, taken off both: what a control has too is no member's own, and to take it
             off the controls alone would leave common words to the members.
    spared   passages left out because enough about the same person were taken.
    """

    passages: list[Passage]
    is_member: BoolArray
    person: IntArray
    repeated: IntArray
    short: int
    shared: int
    spared: int


def cut(
    model: LanguageModel,
    members: Side,
    controls: Side,
    *,
    prefix: int,
    suffix: int,
    most_per_person: int,
    rng: np.random.Generator,
) -> Cut:
    """Passages of `prefix` and `suffix` tokens, or words where the model does not tell its tokens.

    Of a person with more texts than `most_per_person`, as many are drawn.
    """
    repeated = [_repeated(members), _repeated(controls)]
    texts = [list(of) for of in repeated]
    names = [_persons(side) for side in (members, controls)]
    found = [_passages(model, of, prefix=prefix, suffix=suffix) for of in texts]
    both = set.intersection(*({(p.prefix, p.suffix) for p in of if p is not None} for of in found))
    kept: list[tuple[Passage, bool, str, int]] = []
    short = shared = 0
    for side, (side_texts, side_found) in enumerate(zip(texts, found, strict=True)):
        for text, passage in zip(side_texts, side_found, strict=True):
            if passage is None:
                short += 1
            elif (passage.prefix, passage.suffix) in both:
                shared += 1
            else:
                kept.append((passage, not side, f"{side} {names[side][text]}", repeated[side][text]))
    chosen = _few_each([who for _, _, who, _ in kept], most=most_per_person, rng=rng)
    rows = [kept[i] for i in chosen]
    _, person = np.unique(np.array([who for _, _, who, _ in rows], dtype=str), return_inverse=True)
    return Cut(
        passages=[passage for passage, _, _, _ in rows],
        is_member=np.array([member for _, member, _, _ in rows], dtype=bool),
        person=np.asarray(person, dtype=np.int64),
        repeated=np.array([times for _, _, _, times in rows], dtype=np.int64),
        short=short,
        shared=shared,
        spared=len(kept) - len(rows),
    )


def _repeated(side: Side) -> dict[str, int]:
    """How often each text was trained on, in order of appearance."""
    if side.repeated is None:
        return dict(Counter(side.texts))
    found: dict[str, int] = {}
    for text, times in zip(side.texts, side.repeated, strict=True):
        found[text] = found.get(text, 0) + int(times)
    return found


def _persons(side: Side) -> dict[str, str]:
    """Whom each text is about; the first who is named where one text is given for two."""
    if side.persons is None:
        return {text: str(i) for i, text in enumerate(dict.fromkeys(side.texts))}
    found: dict[str, str] = {}
    for text, person in zip(side.texts, side.persons, strict=True):
        found.setdefault(text, str(person))
    return found


def _passages(model: LanguageModel, texts: Sequence[str], *, prefix: int, suffix: int) -> list[Passage | None]:
    if isinstance(model, ScoresContinuations):
        return model.passages(texts, prefix=prefix, suffix=suffix)
    return [_by_words(text, prefix=prefix, suffix=suffix) for text in texts]


def _by_words(text: str, *, prefix: int, suffix: int) -> Passage | None:
    told = words(text)
    if len(told) < prefix + suffix:
        return None
    return Passage(prefix=" ".join(told[:prefix]), suffix=" " + " ".join(told[prefix : prefix + suffix]))


def _few_each(persons: Sequence[str], *, most: int, rng: np.random.Generator) -> list[int]:
    """Rows in their order, at most so many of each person."""
    taken: Counter[str] = Counter()
    chosen: list[int] = []
    for row in rng.permutation(len(persons)):
        if taken[persons[row]] < most:
            taken[persons[row]] += 1
            chosen.append(int(row))
    return sorted(chosen)
