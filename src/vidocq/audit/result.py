"""The result as plain content: what audit.json holds, and nothing that depends on the clock."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from vidocq.attacks.blind import Blind
from vidocq.audit.examine import Examination
from vidocq.audit.reading import Reading
from vidocq.audit.references.repeat import Repeated, count_of
from vidocq.audit.rule.evidence import Tally
from vidocq.audit.sampling.fingerprint import fingerprints
from vidocq.audit.sampling.population import Population, Removed
from vidocq.audit.terms import Terms
from vidocq.core.access import Access
from vidocq.core.arrays import BoolArray, FloatArray
from vidocq.core.canonical import canonical_bytes, sha256
from vidocq.core.cards import AttackCard
from vidocq.core.estimate import Estimate
from vidocq.core.status import NotMeasured
from vidocq.measure.auc import auc
from vidocq.measure.epsilon import epsilon_lower
from vidocq.measure.intervals import clopper_pearson
from vidocq.measure.ppv import ppv
from vidocq.measure.roc import describes, largest_gap, roc_curve, roc_points
from vidocq.report.headline import headline

SCHEMA = "vidocq.audit/1"
PRIORS = (0.001, 0.01, 0.1)
LEVEL = 0.95


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What was audited and under which terms, as far as the result tells it.

    subject       kind, class and shape of the model.
    inputs        SHA-256 of members, non-members, model and recipe.
    registration  hash of what was registered before the first query; None if nothing was.
    """

    subject: Mapping[str, Any]
    inputs: Mapping[str, str | None]
    versions: Mapping[str, str]
    split: str
    declared_by: str | None
    set_by: str | None
    registration: str | None
    prior: float | None
    decimals: int | None
    top_k: int | None
    references: int
    failed_references: int


def audit_content(
    found: Examination,
    population: Population | None,
    terms: Terms,
    identity: Identity,
    *,
    needed: Mapping[str, Any] | None,
    utility: Mapping[str, Any] | None = None,
    repeated: Repeated | None = None,
    cautions: Sequence[Mapping[str, str]] = (),
    language: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The content of audit.json.

    population  None where nobody could say whom the model was trained on.
    cautions    what is to be known before the figures are looked at.
    language    what is told of a language model besides; None of any other.
    """
    access = _word(terms.access)
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "subject": dict(identity.subject),
        "verdicts": _verdicts(found, terms, identity, access),
        "population": _population(population, identity),
        "controls": _controls(found, terms),
        "recipe_gate": None if found.gate is None else found.gate.to_dict(),
        "panel": _panel(found),
        "exposure": None if found.exposure is None else found.exposure.to_dict(),
        "attacks": []
        if population is None
        else [_blind(found, population, terms), *_attacks(found, population, terms, identity)],
        "cost_curve": list(found.cost_curve),
        "results": [finding.to_dict() for finding in found.findings],
        "not_measured": [absent.to_dict() for absent in _merged(found.not_measured)],
        "needed": None if needed is None else dict(needed),
        "utility": None if utility is None else dict(utility),
        "repeated": count_of(repeated),
        "warnings": [*map(dict, cautions), *([] if repeated is None else repeated.warnings())],
        "suite": {
            "name": terms.suite.name,
            "version": terms.suite.version,
            "attacks": [name for name in terms.suite.attacks if name not in terms.not_collected],
            "required": list(terms.required),
        },
        "access": {"outputs": access, "decimals": identity.decimals, "top_k": identity.top_k},
        "alphas": list(terms.alphas),
        "references": identity.references,
        "failed_references": identity.failed_references,
        "inputs": dict(identity.inputs),
        "versions": dict(identity.versions),
        "seed": terms.seed,
        **({} if language is None else {"language": dict(language)}),
    }
    content["headline"] = {name: text.to_dict() for name, text in headline(content).items()}
    return content


def _verdicts(found: Examination, terms: Terms, identity: Identity, access: str) -> list[dict[str, Any]]:
    """That of the model first, or of the system where only that was asked; then, if it was tested apart, the system's."""
    ruling = found.ruling
    verdict = {
        "access": access,
        "scope": terms.scope,
        "verdict": ruling.verdict.value,
        "b_avg": ruling.b_average,
        "b_worst": ruling.b_worst,
        "tau": {"average": terms.tau_average, "worst": terms.tau_worst, "set_by": identity.set_by},
        "registration": identity.registration,
        "look": terms.look,
        "error": ruling.error,
        "reasons": [reason.to_dict() for reason in ruling.reasons],
    }
    if ruling.system is None:
        return [verdict]
    of_system = {
        "scope": "system",
        "verdict": ruling.system.verdict.value,
        "b_avg": None,
        "b_worst": None,
        "reasons": [reason.to_dict() for reason in ruling.system.reasons],
    }
    return [verdict, verdict | of_system]


def _population(population: Population | None, identity: Identity) -> dict[str, Any]:
    told = {"split": identity.split, "declared_by": identity.declared_by}
    if population is None:
        nobody = dict.fromkeys(("members", "non_members", "persons"), 0)
        return {**nobody, "unit": "record", "removed": asdict(Removed()), **told, "share": None}
    return {
        "members": population.members,
        "non_members": population.non_members,
        "persons": population.persons,
        "unit": "person" if population.has_ids else "record",
        "removed": asdict(population.removed),
        **told,
        "share": population.share,
    }


def _word(access: Access) -> str:
    held = ("weights", "top_k", "logprobs", "probabilities", "text")
    return next((word for word in held if Access[word.upper()] in access), "labels")


def _controls(found: Examination, terms: Terms) -> dict[str, Any]:
    alarms = found.evidence.negative_alarms
    blind = found.evidence.blind
    return {
        "positive": [control.to_dict() for control in found.positive],
        "negative": None
        if alarms is None
        else {"references": 20, "alarms": alarms, "limit": 5, "passed": alarms <= 5},
        "blind": None
        if blind is None
        else {
            "auc": blind.auc.to_dict(),
            "needed": not terms.randomised,
            "passed": blind.auc.low <= 0.5 and blind.auc.high <= 0.55,
        },
    }


def _panel(found: Examination) -> dict[str, Any] | None:
    panel, ruling = found.panel, found.ruling
    if panel is None or ruling.panel_high is None:
        return None
    tally = panel.tally
    return {
        "persons": len(panel.persons),
        "references_a": panel.references_a,
        "references_b": panel.references_b,
        "alpha": 0.01,
        "tpr": clopper_pearson(int(tally.hits_in.sum()), int(tally.n_in.sum()), level=LEVEL).to_dict(),
        "fpr": clopper_pearson(int(tally.hits_out.sum()), int(tally.n_out.sum()), level=LEVEL).to_dict(),
        "bounds": sorted((float(b) for b in ruling.panel_high), reverse=True),
        "b_worst": ruling.b_worst,
        "p": ruling.panel_p,
        "p_holm": ruling.panel_p_holm,
    }


def _attacks(found: Examination, population: Population, terms: Terms, identity: Identity) -> list[dict[str, Any]]:
    ruling = found.ruling
    places: dict[str, list[int]] = {}
    for i, tally in enumerate(found.evidence.tallies):
        places.setdefault(tally.attack, []).append(i)
    listed = []
    for reading in found.readings:
        card = reading.attack.card
        at = places[card.id]
        missed = card.id in found.evidence.missed_controls
        rates = [
            _rate(found.evidence.tallies[i], ruling.low[i], ruling.high[i], ruling.error)
            | {
                "p": float(ruling.p[i]),
                "p_holm": float(ruling.p_holm[i]),
                "measured": found.evidence.tallies[i].measured and not missed,
            }
            for i in at
        ]
        tallies = [found.evidence.tallies[i] for i in at]
        counted = reading.counted
        listed.append(
            _described(
                card,
                reading.target[counted],
                population.is_member[counted],
                [] if missed else tallies,
                identity.prior,
            )
            | {
                "measured": any(rate["measured"] for rate in rates),
                "rates": rates,
                "cost": {
                    "queries": len(population.person) * _queries(card, terms),
                    "reference_models": identity.references if card.references else _calibrators(reading),
                },
            }
        )
    return listed


def _queries(card: AttackCard, terms: Terms) -> int:
    """How often an attack has the target asked about each record."""
    return {"trace": 0, "robustness": terms.queries_per_record}.get(card.extra or "", 1 + terms.augmentations)


def _calibrators(reading: Reading) -> int:
    """Reference models that an attack needs for its thresholds alone."""
    return len(reading.stand_ins)


def _blind(found: Examination, population: Population, terms: Terms) -> dict[str, Any]:
    blind = found.evidence.blind
    tallies = [] if blind is None else list(blind.tallies)
    rates = [
        _rate(t, None, None, found.ruling.error) | {"p": None, "p_holm": None, "measured": True} for t in tallies
    ]
    return _described(Blind.card, found.blind_scores, population.is_member, tallies, None) | {
        "measured": blind is not None,
        "rates": rates,
        "cost": {"queries": 0, "reference_models": 0},
    }


def _described(
    card: AttackCard, scores: FloatArray, is_member: BoolArray, tallies: Sequence[Tally], prior: float | None
) -> dict[str, Any]:
    """What is told of an attack besides its registered tests: descriptive, on the target's scores as they fell."""
    non_members = int((~is_member).sum())
    curve = roc_curve(scores, is_member)
    return {
        "id": card.id,
        "title": card.title.to_dict(),
        "needs": card.needs.name or "NONE",
        "baseline": card.baseline,
        "auc": auc(scores, is_member, level=LEVEL).to_dict(),
        "roc": [{"fpr": fpr, "tpr": tpr} for fpr, tpr in roc_points(curve, non_members)],
        "ppv": _ppv([t for t in tallies if t.measured], prior),
        "epsilon_low": _epsilon([t for t in tallies if t.measured and t.attack != Blind.card.id]),
        "largest_gap": largest_gap(scores, is_member),
        "limits": card.limits.to_dict(),
        "source": card.source,
    }


def _epsilon(tallies: Sequence[Tally]) -> float | None:
    """The largest lower bound over an attack's own tests, each at a share of the error; None without a test."""
    level = 1 - (1 - LEVEL) / max(len(tallies), 1)
    bounds = [
        epsilon_lower(t.true_positives, t.members, t.false_positives, t.non_members, level=level) for t in tallies
    ]
    return max(bounds, default=None)


def _rate(tally: Tally, low: float | None, high: float | None, error: float) -> dict[str, Any]:
    """The counted rates; `risk` carries the bounds of the verdict, at the error of this look."""
    tpr = clopper_pearson(tally.true_positives, tally.members, level=LEVEL)
    fpr = clopper_pearson(tally.false_positives, tally.non_members, level=LEVEL)
    value = tpr.value - fpr.value
    risk = Estimate(
        value,
        tpr.low - fpr.high if low is None else float(low),
        tpr.high - fpr.low if high is None else float(high),
        1 - error,
        tally.members + tally.non_members,
    )
    return {
        "alpha": tally.alpha,
        "tpr": tpr.to_dict(),
        "fpr": fpr.to_dict(),
        "risk": risk.to_dict(),
        "readable": tally.alpha is None or describes(tally.alpha, tally.non_members),
    }


def _ppv(tallies: Sequence[Tally], prior: float | None) -> list[dict[str, Any]]:
    priors = sorted({*PRIORS, *([] if prior is None else [prior])})
    found = []
    for tally in tallies:
        if tally.true_positives + tally.false_positives == 0:
            continue  # nobody was accused: there is no accusation whose precision could be told
        tpr = clopper_pearson(tally.true_positives, tally.members, level=LEVEL)
        fpr = clopper_pearson(tally.false_positives, tally.non_members, level=LEVEL)
        found += [{"prior": p, "alpha": tally.alpha} | _bare(ppv(p, tpr=tpr, fpr=fpr)) for p in priors]
    return found


def _bare(estimate: Estimate) -> dict[str, Any]:
    return {"value": estimate.value, "low": estimate.low, "high": estimate.high, "level": estimate.level}


def _merged(absent: Sequence[NotMeasured]) -> list[NotMeasured]:
    """Each absence once, in order."""
    return list({(a.id, a.reason.en): a for a in absent}.values())


def scores_table(found: Examination, population: Population) -> dict[str, Any]:
    """Columns of scores.parquet: one row per record, named by its side and its row in the file; personal data.

    Where persons have ids, `person` holds a number that says which records are about the same one, and nothing else.
    """
    side = population.is_member_record
    columns: dict[str, Any] = {
        "record": [f"{'member' if s else 'non-member'}-{r}" for s, r in zip(side, population.row, strict=True)],
        "is_member": side,
        **({"person": population.person} if population.has_ids else {}),
        "blind": found.blind_scores[population.person],
    }
    for reading in found.readings:
        columns[reading.attack.card.id] = reading.target[population.person]
    return columns


def scores_notes(found: Examination, population: Population) -> dict[str, str]:
    """What is noted beside the columns of scores.parquet, for who sets two audits side by side.

    records    SHA-256 of the records in order: equal where two files speak of the same records row by row.
    points     for each attack, the registered points and their thresholds, and the persons that were counted, as bits
               in order of persons, in hexadecimal.
    """
    points = {
        reading.attack.card.id: {
            "thresholds": [[alpha, threshold] for alpha, threshold in _thresholds(found, reading.attack.card.id)],
            "counted": np.packbits(reading.counted).tobytes().hex(),
        }
        for reading in found.readings
    }
    return {
        "records": sha256(fingerprints(population.records).tobytes()),
        "points": canonical_bytes(points).decode(),
    }


def _thresholds(found: Examination, attack: str) -> list[tuple[float | None, float]]:
    return [(t.alpha, t.threshold) for t in found.evidence.tallies if t.attack == attack and np.isfinite(t.threshold)]
