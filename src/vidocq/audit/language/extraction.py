"""Extraction: what is put to a language model, and what it says. Counted by `attacks.extraction`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from vidocq.attacks.extraction import Extraction, Heard, require_sides
from vidocq.audit.language.near import near_log_p
from vidocq.audit.language.passages import Cut, Side, cut
from vidocq.audit.language.shapes import shapes_of
from vidocq.core.arrays import BoolArray, FloatArray, IntArray
from vidocq.core.errors import ConfigurationError, SignalError
from vidocq.core.language import Decoding, LanguageModel, Passage, Prompt, ScoresContinuations
from vidocq.core.measured import Measured
from vidocq.core.seeds import Seeds
from vidocq.core.status import NotMeasured
from vidocq.core.text import Text
from vidocq.detect.find import find_each
from vidocq.measure.extraction import Yields
from vidocq.measure.near_verbatim import edits_allowed, nearest_beginning, starts_with, words

AT_ONCE = 16
"""Prompts whose answers are held at a time where answers are counted."""
TOKENS_A_WORD = 4
GREEDY = Decoding(temperature=0.0)


@dataclass(frozen=True, kw_only=True)
class ExtractionOptions:
    """prefix, suffix    tokens, or words where the model does not tell its tokens: what an attacker knows, what he is after.
    queries          his budget for one passage.
    real_queries     answers that are asked for each passage, and his budget then, where a model that scores continuations
                     has no closed form under the way it is deployed; never more than `queries`.
    edits            words by which a near-verbatim answer may differ, at most a quarter of the suffix's; 0 leaves near-verbatim out.
    tries            answers in which near-verbatim ones are looked for, where probabilities are known.
    most_per_person  passages of one person that are taken, drawn where there are more.
    form, system     how a served model is asked, as of Prompt.
    price            of one token sent and of one received, in `currency`.
    """

    prefix: int = 50
    suffix: int = 50
    queries: int = 1000
    real_queries: int = 20
    edits: int = 3
    tries: int = 8
    most_per_person: int = 8
    form: str = "completion"
    system: str | None = None
    price: tuple[float, float] | None = None
    currency: str = "EUR"

    def __post_init__(self) -> None:
        least = {
            "prefix": 1,
            "suffix": 1,
            "queries": 1,
            "real_queries": 1,
            "edits": 0,
            "tries": 1,
            "most_per_person": 1,
        }
        for name, at_least in least.items():
            if getattr(self, name) < at_least:
                raise ConfigurationError(
                    f"{name} is {getattr(self, name)}", where="extraction", fix=f"give {at_least} or more"
                )
        if self.form not in {"completion", "chat"}:
            raise ConfigurationError(
                f"a model is not asked by '{self.form}'", where="extraction", fix="write completion or chat"
            )


def measure_extraction(
    model: LanguageModel,
    members: Side,
    controls: Side,
    *,
    decoding: Decoding,
    seed: int,
    base: LanguageModel | None = None,
    options: ExtractionOptions | None = None,
) -> Measured:
    """Cuts texts of both sides in two, and learns how readily the model goes on as they do.

    model     in closed form if it scores continuations under this decoding; otherwise real answers are asked for each
              passage.
    controls  texts that neither the model nor its base was trained on, as like the members' as can be.
    decoding  as the model is deployed.   base  what it was fine-tuned from, of the same tokenizer.
    Raises    ConfigurationError, ModelError, SampleTooSmall if no text of one side is long enough.
    """
    asked = options or ExtractionOptions()
    rng = Seeds(seed).generator("extraction passages")
    parts = cut(
        model,
        members,
        controls,
        prefix=asked.prefix,
        suffix=asked.suffix,
        most_per_person=asked.most_per_person,
        rng=rng,
    )
    require_sides(parts.is_member)
    heard, queries = _heard(model, parts, base=base, decoding=decoding, options=asked, seed=seed)
    budget = heard.target.times if heard.target.hits is not None and not decoding.is_greedy else asked.queries
    found = Extraction(queries=budget, price=asked.price).judge(heard, asked=queries)
    details = found.details | {
        "prefix": asked.prefix,
        "suffix": asked.suffix,
        "unit": "tokens" if isinstance(model, ScoresContinuations) else "words",
        "edits": asked.edits,
        "near_verbatim": None if heard.near is None else "lower_bound" if heard.near.hits is None else "counted",
        "decoding": {"temperature": decoding.temperature, "top_k": decoding.top_k, "top_p": decoding.top_p},
        "too_short": parts.short,
        "on_both_sides": parts.shared,
        "left_out_of_one_person": parts.spared,
        "currency": None if asked.price is None else asked.currency,
        "examples": _shapes(parts.passages, parts.is_member & heard.target.obtained(asked.queries)),
    }
    absent = found.absent if heard.base is not None else (*found.absent, _NO_BASE)
    return replace(found, details=details, absent=absent)


def _heard(
    model: LanguageModel,
    parts: Cut,
    *,
    base: LanguageModel | None,
    decoding: Decoding,
    options: ExtractionOptions,
    seed: int,
) -> tuple[Heard, int]:
    """In closed form where there is one, otherwise counted; and queries made."""
    if not isinstance(model, ScoresContinuations):
        return _counted(model, parts, base=base, decoding=decoding, options=options, seed=seed)
    try:
        target = model.continuation(parts.passages, decoding=decoding)
    except SignalError:  # a server that tells the probabilities of its own decoding only, or cuts tokens otherwise
        fewer = replace(options, queries=min(options.queries, options.real_queries))
        return _counted(model, parts, base=base, decoding=decoding, options=fewer, seed=seed)
    return _closed(model, parts, target, base=base, decoding=decoding, options=options, seed=seed)


def _closed(
    model: ScoresContinuations,
    parts: Cut,
    target: FloatArray,
    *,
    base: LanguageModel | None,
    decoding: Decoding,
    options: ExtractionOptions,
    seed: int,
) -> tuple[Heard, int]:
    passages = parts.passages
    greedy = target if decoding.is_greedy else model.continuation(passages, decoding=GREEDY)
    queries, near = len(passages) * (1 if decoding.is_greedy else 2), None
    if options.edits:
        near, more = near_log_p(
            model, passages, target, decoding=decoding, edits=options.edits, tries=options.tries, seed=seed
        )
        queries += more
    scored = base.continuation(passages, decoding=decoding) if isinstance(base, ScoresContinuations) else None
    return Heard(
        is_member=parts.is_member,
        person=parts.person,
        target=Yields.known(target),
        base=None if scored is None else Yields.known(scored),
        greedy=Yields.known(greedy),
        near=None if near is None else Yields.known(near),
        repeated=parts.repeated,
        sent=_lengths([p.prefix_tokens or p.prefix for p in passages]),
        received=_lengths([p.suffix_tokens or p.suffix for p in passages]),
        categories=_categories(passages),
    ), queries


def _counted(
    model: LanguageModel,
    parts: Cut,
    *,
    base: LanguageModel | None,
    decoding: Decoding,
    options: ExtractionOptions,
    seed: int,
) -> tuple[Heard, int]:
    passages = parts.passages
    # A greedy model answers one query as all others.
    times = 1 if decoding.is_greedy else options.queries
    exact, near = _hits(model, passages, decoding=decoding, times=times, options=options, seed=seed)
    queries, greedy = times * len(passages), None
    if not decoding.is_greedy:
        likeliest, _ = _hits(model, passages, decoding=GREEDY, times=1, options=options, seed=seed)
        greedy, queries = Yields.counted(likeliest, 1), queries + len(passages)
    base_hits = None
    if base is not None:
        base_hits, _ = _hits(base, passages, decoding=decoding, times=times, options=options, seed=seed)
    return Heard(
        is_member=parts.is_member,
        person=parts.person,
        target=Yields.counted(exact, times),
        base=None if base_hits is None else Yields.counted(base_hits, times),
        greedy=greedy,
        near=Yields.counted(near, times) if options.edits else None,
        repeated=parts.repeated,
        sent=_lengths([words(p.prefix) for p in passages]),
        received=_lengths([words(p.suffix) for p in passages]),
        categories=_categories(passages),
    ), queries


def _hits(
    model: LanguageModel,
    passages: Sequence[Passage],
    *,
    decoding: Decoding,
    times: int,
    options: ExtractionOptions,
    seed: int,
) -> tuple[IntArray, IntArray]:
    """(n,) answers of `times` that begin with the suffix, and that do so but for a few words."""
    exact, near = np.zeros((2, len(passages)), dtype=np.int64)
    most = TOKENS_A_WORD * (options.suffix + options.edits)
    for rows in _groups(len(passages)):
        prompts = [
            Prompt(
                text=passages[i].prefix,
                form="chat" if options.form == "chat" else "completion",
                system=options.system,
            )
            for i in rows
        ]
        answers = model.write(
            prompts,
            decoding=decoding,
            times=times,
            most_tokens=most,
            seed=Seeds(seed).integer("extraction answers", rows[0]),
        )
        for i, told in zip(rows, answers, strict=True):
            suffix = passages[i].suffix
            same = [starts_with(answer, suffix) for answer in told]
            exact[i] = sum(same)
            edits = edits_allowed(suffix, options.edits)
            near[i] = sum(
                was or nearest_beginning(answer, suffix, edits=edits) is not None
                for was, answer in zip(same, told, strict=True)
            )
    return exact, near


def _groups(n: int) -> Iterator[list[int]]:
    for first in range(0, n, AT_ONCE):
        yield list(range(first, min(first + AT_ONCE, n)))


def _lengths(of: Sequence[Sequence[object]]) -> IntArray:
    return np.array([len(one) for one in of], dtype=np.int64)


def _categories(passages: Sequence[Passage]) -> tuple[frozenset[str], ...]:
    """Kinds of personal data that stand whole in each suffix, read with its prefix: what announces a value often stands there.

    What begins in the prefix is told to the model; what reaches the end of the suffix may go on beyond it.
    """
    whole = find_each([passage.prefix + passage.suffix for passage in passages])
    return tuple(
        frozenset(
            str(span.category)
            for span in spans
            if span.start >= len(passage.prefix) and span.end < len(passage.prefix) + len(passage.suffix)
        )
        for passage, spans in zip(passages, whole, strict=True)
    )


def _shapes(passages: Sequence[Passage], given_back: BoolArray) -> list[dict[str, Any]]:
    """How the personal data that was given back is written, never what it is."""
    obtained = [passage for passage, was in zip(passages, given_back, strict=True) if was]
    found = find_each([passage.prefix + passage.suffix for passage in obtained])
    return shapes_of(
        (
            str(span.category),
            passage.suffix[max(0, span.start - len(passage.prefix)) : span.end - len(passage.prefix)],
        )
        for passage, spans in zip(obtained, found, strict=True)
        for span in spans
        if span.end > len(passage.prefix)
    )


_NO_BASE = NotMeasured(
    "extraction",
    Text(
        fr="Le modèle d'origine n'a pas été fourni, ou ne donne pas de probabilités : ce qu'il restituerait déjà n'est pas "
        "retranché ; seuls les textes témoins le sont.",
        en="The base model was not given, or tells no probabilities: what it would yield already is not subtracted; only "
        "the control texts are.",
    ),
)
