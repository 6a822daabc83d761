"""What a trained model makes of its canaries: exposure, extraction, and a lower bound of epsilon.

draw = vidocq.draw_text_canaries(rng=np.random.default_rng(), delta=1e-5, epsilon=8.0, dossier="sqlite:///d.db")
texts = vidocq.insert_text_canaries(texts, draw, rng=np.random.default_rng(1))
...                                                    # train on texts
found = vidocq.audit_text_canaries(model, draw, decoding=Decoding(), seed=1, dossier="sqlite:///d.db")
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from vidocq.attacks.canary import Canary, Secrets
from vidocq.audit.language.canaries.canary import TextCanary
from vidocq.audit.language.canaries.register import TextDraw, require_whole
from vidocq.audit.one_run import OneRunResult, guess_coins
from vidocq.core.arrays import FloatArray, IntArray
from vidocq.core.errors import ConfigurationError, SignalError
from vidocq.core.estimate import Estimate
from vidocq.core.findings import Finding
from vidocq.core.language import Decoding, LanguageModel, Passage, Prompt, ScoresContinuations, ScoresTexts
from vidocq.core.measured import Measured
from vidocq.core.seeds import Seeds
from vidocq.core.status import NotMeasured
from vidocq.core.text import Text
from vidocq.dossier.ledger import Ledger, require_kept
from vidocq.measure.canary_exposure import Exposure, exposure
from vidocq.measure.extraction import Yields
from vidocq.measure.near_verbatim import starts_with

AT_ONCE = 16
"""Prompts whose answers are held at a time where answers are counted."""


@dataclass(frozen=True, kw_only=True)
class CanaryOptions:
    """queries     budget of an attacker for one secret.
    real_queries  answers that are asked for each secret, and the budget then, where a model that scores continuations has
                no closed form under the way it is deployed; never more than `queries`.
    candidates  other secrets that each is ranked among; all of them where there are no more.
    exposures   canaries of each number of repetitions, and as many that were left out, whose exposure is measured: drawn
                where there are more. It takes `candidates` texts to read for each.
    form, system  how a served model is asked, as of Prompt.
    """

    queries: int = 1000
    real_queries: int = 20
    candidates: int = 1000
    exposures: int = 25
    form: str = "completion"
    system: str | None = None

    def __post_init__(self) -> None:
        if min(self.queries, self.real_queries, self.candidates, self.exposures) < 1 or self.form not in {
            "completion",
            "chat",
        }:
            raise ConfigurationError(
                "a number of queries, candidates or exposures is below 1, or the form unknown",
                where="canaries",
                fix="give positive numbers, and completion or chat",
            )


def audit_text_canaries(
    model: LanguageModel,
    draw: TextDraw,
    *,
    decoding: Decoding,
    seed: int,
    options: CanaryOptions | None = None,
    dossier: str | None = None,
) -> Measured:
    """`measure_canaries`, with the ledger of the draw, where the guesses are recorded before their success is told."""
    ledger = None if dossier is None else Ledger.open(require_kept(dossier), must_exist=True)
    try:
        return measure_canaries(model, draw, decoding=decoding, seed=seed, options=options, ledger=ledger)
    finally:
        if ledger is not None:
            ledger.close()


def measure_canaries(
    model: LanguageModel,
    draw: TextDraw,
    *,
    decoding: Decoding,
    seed: int,
    options: CanaryOptions | None = None,
    ledger: Ledger | None = None,
) -> Measured:
    """What is measured depends on what the model tells: exposure and epsilon need the probability of a text.

    draw      the training's own, or the register that a supplier handed over.
    ledger    of the draw; needed for epsilon if it was registered.
    Raises    DataError if the draw was tampered with, ConfigurationError, LedgerError, ModelError.
    """
    require_whole(draw)
    asked = options or CanaryOptions()
    bearing = np.flatnonzero([bool(canary.secret) for canary in draw.canaries])
    found, queries = Measured(), 0
    exposures: tuple[Exposure | None, ...] = (None,) * len(draw.canaries)
    if isinstance(model, ScoresTexts):
        chosen = _chosen(draw, bearing, asked.exposures, seed)
        exposures, queries = _exposures(model, draw.canaries, chosen, asked.candidates, seed)
    if len(bearing):
        canaries = [draw.canaries[i] for i in bearing]
        yields, more = _yields(model, canaries, decoding=decoding, options=asked, seed=seed)
        told = Secrets(
            included=draw.included[bearing],
            repetition=draw.repetition[bearing],
            yields=yields,
            exposures=tuple(exposures[i] for i in bearing),
        )
        budget = yields.times if yields.hits is not None and not decoding.is_greedy else asked.queries
        found = Canary(queries=budget).judge(told, asked=queries + more)
    return _with_epsilon(found, model, draw, ledger)


def _with_epsilon(found: Measured, model: LanguageModel, draw: TextDraw, ledger: Ledger | None) -> Measured:
    if not draw.terms.guesses:
        return found
    if not isinstance(model, ScoresTexts):
        return replace(found, absent=(*found.absent, _NO_SCORES))
    if draw.registered and ledger is None:
        raise ConfigurationError(
            "these canaries were registered", where="canaries", fix="give the ledger that they were registered in"
        )
    rows = draw.guessed
    scores = training_scores(model, [draw.canaries[i].text for i in rows])
    result = guess_coins(draw.terms, draw.included[rows], draw.salt, scores, ledger=ledger, queries=len(rows))
    said = {"one_run": {name: value for name, value in result.to_dict().items() if name not in _IN_FINDING}}
    return replace(found, findings=(*found.findings, _finding(result)), details=found.details | said)


def training_scores(model: ScoresTexts, texts: Sequence[str]) -> FloatArray:
    """(n,) rising with training on the text: its log-probability minus the base model's; without a base, the mean
    log-probability of its tokens, in which what every model finds easy stands out too.
    """
    heard = model.read(texts)
    if np.isfinite(heard.base).all() and heard.base.size:
        return heard.per_text(heard.logprob - heard.base)
    return heard.per_text(heard.logprob) / np.maximum(heard.lengths, 1)


def _finding(result: OneRunResult) -> Finding:
    told = result.to_dict()

    def estimate(name: str) -> Estimate:
        return Estimate(**told[name])

    return Finding(
        id=result.card.id,
        criterion="singling_out",
        quantity=Text(**told["quantity"]),
        estimate=estimate("estimate"),
        baseline=estimate("baseline"),
        control=estimate("control"),
        limits=result.card.limits,
        cost=told["cost"],
    )


def _chosen(draw: TextDraw, bearing: IntArray, most: int, seed: int) -> IntArray:
    """Of each number of repetitions at most so many that were planted, and at most so many that were left out."""
    rng = Seeds(seed).generator("canaries to expose")
    kept: list[int] = []
    for times in np.unique(draw.repetition[bearing]):
        for side in (draw.included, ~draw.included):
            rows = bearing[side[bearing] & (draw.repetition[bearing] == times)]
            kept += rng.permutation(rows)[:most].tolist()
    return np.array(sorted(kept), dtype=np.int64)


def _exposures(
    model: ScoresTexts, canaries: Sequence[TextCanary], rows: IntArray, candidates: int, seed: int
) -> tuple[tuple[Exposure | None, ...], int]:
    """One for each of `rows`, None for the others; and texts read."""
    found: list[Exposure | None] = [None] * len(canaries)
    read = 0
    for row in rows.tolist():
        canary = canaries[row]
        others = canary.others(candidates, Seeds(seed).generator("canary candidates", row))
        texts = [canary.prefix + secret + canary.suffix for secret in (canary.secret, *others)]
        heard = model.read(texts)
        log_p = heard.per_text(heard.logprob)
        found[row] = exposure(float(log_p[0]), log_p[1:], space=canary.space)
        read += len(texts)
    return tuple(found), read


def _yields(
    model: LanguageModel, canaries: Sequence[TextCanary], *, decoding: Decoding, options: CanaryOptions, seed: int
) -> tuple[Yields, int]:
    """How readily the model goes on with each secret, and queries made."""
    passages = [_passage(canary) for canary in canaries]
    queries = options.queries
    if isinstance(model, ScoresContinuations):
        try:
            return Yields.known(model.continuation(passages, decoding=decoding)), len(passages)
        except (
            SignalError
        ):  # a server that tells the probabilities of its own decoding only, or cuts tokens otherwise
            queries = min(queries, options.real_queries)
    times = 1 if decoding.is_greedy else queries
    hits = np.zeros(len(passages), dtype=np.int64)
    most = max(len(passage.suffix) for passage in passages) + 2
    for first in range(0, len(passages), AT_ONCE):
        some = passages[first : first + AT_ONCE]
        prompts = [
            Prompt(
                text=passage.prefix, form="chat" if options.form == "chat" else "completion", system=options.system
            )
            for passage in some
        ]
        answers = model.write(
            prompts,
            decoding=decoding,
            times=times,
            most_tokens=most,
            seed=Seeds(seed).integer("canary answers", first),
        )
        for place, (passage, told) in enumerate(zip(some, answers, strict=True), start=first):
            hits[place] = sum(starts_with(answer, passage.suffix) for answer in told)
    return Yields.counted(hits, times), times * len(passages)


def _passage(canary: TextCanary) -> Passage:
    """Up to the secret, and the secret. White space goes with what follows it, as most tokenizers have it."""
    before = canary.prefix.rstrip()
    return Passage(prefix=before, suffix=canary.prefix[len(before) :] + canary.secret)


_IN_FINDING = frozenset(
    {
        "id",
        "criterion",
        "quantity",
        "estimate",
        "baseline",
        "control",
        "p_holm",
        "cost",
        "limits",
        "source",
        "registration",
    }
)
_NO_SCORES = NotMeasured(
    "one-run",
    Text(
        fr="La borne de ε demande la probabilité des textes, que ce modèle ne donne pas.",
        en="The bound of epsilon needs the probability of texts, which this model does not tell.",
    ),
)
