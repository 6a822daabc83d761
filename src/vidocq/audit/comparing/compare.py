"""Two finished audits side by side: what differs by more than chance, and what it cost in right answers.

Figures only; the report finds the words. Every interval is a difference recovered from those of its parts
(`measure.difference`), so that persons whom both audits saw are paired where the scores tell who is who.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from vidocq.attacks.blind import Blind
from vidocq.audit.comparing.findings_compared import findings_compared
from vidocq.audit.comparing.finished import Finished, hits
from vidocq.audit.comparing.looks_compared import looks_compared
from vidocq.audit.fail_on import Concern, concerns_of
from vidocq.core.arrays import BoolArray
from vidocq.core.estimate import Estimate
from vidocq.measure.auc import auc_difference
from vidocq.measure.clusters import clustered_difference
from vidocq.measure.difference import UNKNOWN, difference, paired_difference
from vidocq.measure.intervals import clopper_pearson

SCHEMA = "vidocq.compare/1"
LEVEL = 0.95
ERROR = 0.05
"""Error of saying that one model leaks more than the other, shared among all that is compared (Bonferroni)."""

_LIKE = {
    "task": lambda audit: audit["subject"].get("task"),
    "access": lambda audit: audit["access"]["outputs"],
    "decimals": lambda audit: audit["access"]["decimals"],
    "top_k": lambda audit: audit["access"].get("top_k"),
    "suite": lambda audit: audit["suite"]["name"],
    "suite_version": lambda audit: audit["suite"]["version"],
    "alphas": lambda audit: list(audit["alphas"]),
    "unit": lambda audit: audit["population"]["unit"],
}
"""What must be the same for two bounds to answer the same question."""
_CAUTION = {
    "members": lambda audit: audit["inputs"]["members"],
    "non_members": lambda audit: audit["inputs"]["non_members"],
    "references": lambda audit: audit["references"],
    "look": lambda audit: audit["verdicts"][0]["look"],
    "vidocq": lambda audit: audit["versions"].get("vidocq"),
}
"""What may differ, but has to be known."""


@dataclass(frozen=True, eq=False)
class Pairing:
    """How the two audits hang together.

    scores       both files of scores speak of the same records in the same order.
    members, non_members  correlation to take where a figure cannot be paired: unknown if the file is the same, else 0.
    """

    scores: bool
    members: float
    non_members: float

    @property
    def how(self) -> str:
        if self.scores:
            return "paired"
        return "same_persons" if UNKNOWN in (self.members, self.non_members) else "different_persons"


def compare(a: Finished, b: Finished) -> dict[str, Any]:
    """The content of compare.json. Differences are B minus A, at 95 %; `direction` is at the shared error."""
    one, other = a.content, b.content
    blocking = _differences(one, other, _LIKE, blocking=True)
    pairing = Pairing(
        scores=a.scores is not None
        and b.scores is not None
        and a.scores.records == b.scores.records
        and np.array_equal(a.scores.is_member, b.scores.is_member),
        members=UNKNOWN if one["inputs"]["members"] == other["inputs"]["members"] else 0.0,
        non_members=UNKNOWN if one["inputs"]["non_members"] == other["inputs"]["non_members"] else 0.0,
    )
    pairs, apart = _common(one, other)
    tests = sum(len(rates) for _, _, rates in pairs)
    attacks = [_attack(a, b, first, second, rates, pairing, tests=tests) for first, second, rates in pairs]
    findings = findings_compared(one, other)
    directions = {rate["direction"] for attack in attacks for rate in attack["rates"]}
    directions |= {found["direction"] for found in findings}
    apart += [
        {"id": found["id"], "alpha": None, "measured_in": "b" if found["measured"]["a"] == "no" else "a"}
        for found in findings
        if found["direction"] is not None and "no" in found["measured"].values()
    ]
    return {
        "schema": SCHEMA,
        "a": _side(a),
        "b": _side(b),
        "comparable": not blocking,
        "differences": blocking + _differences(one, other, _CAUTION, blocking=False),
        "pairing": pairing.how,
        "level": LEVEL,
        "error": ERROR,
        "tests": tests,
        "result": _result(directions),
        "attacks": attacks,
        "findings": findings,
        "not_compared": apart,
        "utility": _utility(a, b, pairing),
        "looks": looks_compared(one, other),
    }


def concerns_of_comparison(content: Mapping[str, Any], b: Mapping[str, Any]) -> frozenset[Concern]:
    """What a comparison holds of the concerns; of B's own verdict too."""
    found = set(concerns_of(b) - {Concern.NOT_MEASURED})
    if content["result"] in {"worse", "both"}:
        found.add(Concern.WORSE)
    judged = content["tests"] or any(entry["direction"] is not None for entry in content["findings"])
    if not content["comparable"] or content["not_compared"] or not judged:
        found.add(Concern.NOT_MEASURED)
    return frozenset(found)


def _side(audit: Finished) -> dict[str, Any]:
    content = audit.content
    verdict = content["verdicts"][0]
    return {
        "audit_json": audit.sha256,
        "subject": {name: content["subject"].get(name) for name in ("kind", "model", "task")},
        "verdict": {name: verdict[name] for name in ("verdict", "b_avg", "b_worst", "look", "registration", "error")}
        | {"tau": {name: verdict["tau"][name] for name in ("average", "worst")}},
        "suite": {name: content["suite"][name] for name in ("name", "version")},
        "access": {name: content["access"].get(name) for name in ("outputs", "decimals", "top_k")},
        "alphas": list(content["alphas"]),
        "population": {name: content["population"][name] for name in ("members", "non_members", "unit")},
        "references": content["references"],
        "seed": content["seed"],
    }


def _differences(
    one: Mapping[str, Any], other: Mapping[str, Any], asked: Mapping[str, Any], *, blocking: bool
) -> list[dict[str, Any]]:
    return [
        {"what": name, "blocking": blocking, "a": _plain(read(one)), "b": _plain(read(other))}
        for name, read in asked.items()
        if read(one) != read(other)
    ]


def _plain(value: object) -> str | None:
    if isinstance(value, list):
        return ", ".join(f"{item:g}" for item in value)
    return None if value is None else str(value)


def _common(
    one: Mapping[str, Any], other: Mapping[str, Any]
) -> tuple[list[tuple[Mapping[str, Any], Mapping[str, Any], list[float | None]]], list[dict[str, Any]]]:
    """Attacks with the rates that both audits measured; and what one of them measured, or tried to, alone."""
    listed = [{attack["id"]: attack for attack in audit["attacks"]} for audit in (one, other)]
    pairs, apart = [], []
    for name in dict.fromkeys([*listed[0], *listed[1]]):
        if name == Blind.card.id:
            continue  # it never asks the model: a control of the two files, not a way to attack
        rates = [_measured(found.get(name)) for found in listed]
        for alpha in dict.fromkeys([*rates[0], *rates[1]]):
            there = [found.get(alpha, False) for found in rates]
            if not all(there):
                where = "a" if there[0] else "b" if there[1] else "neither"
                apart.append({"id": name, "alpha": alpha, "measured_in": where})
        both = [alpha for alpha, there in rates[0].items() if there and rates[1].get(alpha, False)]
        if both:
            pairs.append((listed[0][name], listed[1][name], both))
    return pairs, apart


def _measured(attack: Mapping[str, Any] | None) -> dict[float | None, bool]:
    if attack is None:
        return {}
    return {rate["alpha"]: bool(attack["measured"] and rate["measured"]) for rate in attack["rates"]}


def _attack(
    a: Finished,
    b: Finished,
    first: Mapping[str, Any],
    second: Mapping[str, Any],
    alphas: list[float | None],
    pairing: Pairing,
    *,
    tests: int,
) -> dict[str, Any]:
    return {
        "id": first["id"],
        "title": dict(second["title"]),
        "baseline": bool(second["baseline"]),
        "auc": _auc(a, b, first, second, pairing),
        "rates": [_rate(a, b, first, second, alpha, pairing, tests=tests) for alpha in alphas],
    }


def _auc(
    a: Finished, b: Finished, first: Mapping[str, Any], second: Mapping[str, Any], pairing: Pairing
) -> dict[str, Any] | None:
    if first["auc"] is None or second["auc"] is None:
        return None
    areas = Estimate(**first["auc"]), Estimate(**second["auc"])
    counted = _counted(a, b, first["id"], pairing)
    if counted is not None and a.scores is not None and b.scores is not None:
        scores = [s.scores[first["id"]][counted] for s in (a.scores, b.scores)]
        found = auc_difference(scores[0], scores[1], a.scores.is_member[counted], level=LEVEL)
    else:
        found = difference(areas[1], areas[0], correlation=min(pairing.members, pairing.non_members))
    return _beside(areas[0], areas[1], found) | {"paired": counted is not None}


def _counted(a: Finished, b: Finished, attack: str, pairing: Pairing) -> BoolArray | None:
    """(p,) persons on whom both audits counted this attack, if these are the same persons."""
    if not pairing.scores or a.scores is None or b.scores is None:
        return None
    sets = [[p.counted for (name, _), p in s.points.items() if name == attack] for s in (a.scores, b.scores)]
    if not sets[0] or not sets[1] or not np.array_equal(sets[0][0], sets[1][0]):
        return None
    return sets[0][0]


@dataclass(frozen=True, eq=False)
class _Rates:
    """TPR, FPR and risk of both models at one point, with their differences, all at one level."""

    tpr: tuple[Estimate, Estimate, Estimate]
    fpr: tuple[Estimate, Estimate, Estimate]
    risk: tuple[Estimate, Estimate, Estimate]
    paired: bool


def _rate(
    a: Finished,
    b: Finished,
    first: Mapping[str, Any],
    second: Mapping[str, Any],
    alpha: float | None,
    pairing: Pairing,
    *,
    tests: int,
) -> dict[str, Any]:
    told = _rates(a, b, first, second, alpha, pairing, level=LEVEL)
    strict = _rates(a, b, first, second, alpha, pairing, level=1 - 2 * ERROR / tests).risk[2]
    direction = "worse" if strict.low > 0 else "better" if strict.high < 0 else "not_shown"
    return {
        "alpha": alpha,
        "tpr": _beside(*told.tpr),
        "fpr": _beside(*told.fpr),
        "risk": _beside(*told.risk),
        "paired": told.paired,
        "direction": direction,
    }


def _rates(
    a: Finished,
    b: Finished,
    first: Mapping[str, Any],
    second: Mapping[str, Any],
    alpha: float | None,
    pairing: Pairing,
    *,
    level: float,
) -> _Rates:
    each = [next(r for r in attack["rates"] if r["alpha"] == alpha) for attack in (first, second)]
    sides, paired = {}, []
    for name, unknown in (("tpr", pairing.members), ("fpr", pairing.non_members)):
        shares = [clopper_pearson(hits(rate[name]), rate[name]["n"], level=level) for rate in each]
        found = _paired(a, b, (first["id"], alpha), pairing, members=name == "tpr", level=level)
        paired.append(found is not None)
        sides[name] = (
            shares[0],
            shares[1],
            found if found is not None else difference(shares[1], shares[0], correlation=unknown),
        )
    # Members and non-members are different persons: what happened to one group tells nothing of the other.
    risks = [difference(sides["tpr"][i], sides["fpr"][i]) for i in range(3)]
    return _Rates(sides["tpr"], sides["fpr"], (risks[0], risks[1], risks[2]), all(paired))


def _paired(
    a: Finished, b: Finished, at: tuple[str, float | None], pairing: Pairing, *, members: bool, level: float
) -> Estimate | None:
    """The difference over the very persons, if both audits counted the same ones on that side."""
    if not pairing.scores or a.scores is None or b.scores is None:
        return None
    points = a.scores.points.get(at), b.scores.points.get(at)
    if points[0] is None or points[1] is None:
        return None
    side = a.scores.is_member if members else ~a.scores.is_member
    if not np.array_equal(points[0].counted & side, points[1].counted & side):
        return None
    asked = points[0].counted & side
    before, after = points[0].accused[asked], points[1].accused[asked]
    return paired_difference(
        int((after & ~before).sum()), int((before & ~after).sum()), int(asked.sum()), level=level
    )


def _utility(a: Finished, b: Finished, pairing: Pairing) -> dict[str, Any] | None:
    told: list[Mapping[str, Any]] = [audit.content.get("utility") or {} for audit in (a, b)]
    if not told[0] or not told[1] or told[0]["measure"] != told[1]["measure"]:
        return None
    sides, paired = {}, []
    for name, unknown in (("members", pairing.members), ("non_members", pairing.non_members)):
        shares = [Estimate(**utility[name]) for utility in told]
        found = _paired_answers(a, b, told, pairing, name=name)
        paired.append(found is not None)
        sides[name] = (
            shares[0],
            shares[1],
            found if found is not None else difference(shares[1], shares[0], correlation=unknown),
        )
    inside, outside = sides["members"][2], sides["non_members"][2]
    gaps = [Estimate(**utility["gap"]) for utility in told]
    gap = difference(inside, outside) if told[0]["measure"] == "accuracy" else difference(outside, inside)
    return {
        "measure": told[0]["measure"],
        "members": _beside(*sides["members"]),
        "non_members": _beside(*sides["non_members"]),
        "gap": _beside(gaps[0], gaps[1], gap),
        "loss": _losses(told[0]["loss"], told[1]["loss"], pairing),
        "paired": all(paired),
    }


def _paired_answers(
    a: Finished, b: Finished, told: list[Mapping[str, Any]], pairing: Pairing, *, name: str
) -> Estimate | None:
    """Right answers person by person, which the attack `label-gap` scores as the share of the person's records."""
    if not pairing.scores or a.scores is None or b.scores is None or told[0]["measure"] != "accuracy":
        return None
    if not np.array_equal(a.scores.count, b.scores.count):
        return None
    side = a.scores.is_member if name == "members" else ~a.scores.is_member
    right = [s.scores.get("label-gap") for s in (a.scores, b.scores)]
    if right[0] is None or right[1] is None:
        return None
    count = a.scores.count[side]
    before, after = (np.rint(share[side] * count).astype(np.int64) for share in (right[0], right[1]))
    shares = [float(hits.sum() / count.sum()) for hits in (before, after)]
    if not np.allclose(shares, [utility[name]["value"] for utility in told], rtol=0, atol=1e-9):
        return None
    if a.scores.one_each:
        gained, lost = int((after > before).sum()), int((before > after).sum())
        return paired_difference(gained, lost, int(side.sum()), level=LEVEL)
    return clustered_difference(before, after, count, level=LEVEL)


def _losses(
    one: Mapping[str, Any] | None, other: Mapping[str, Any] | None, pairing: Pairing
) -> dict[str, Any] | None:
    if one is None or other is None:
        return None
    found = {}
    for name, unknown in (("members", pairing.members), ("non_members", pairing.non_members)):
        each = Estimate(**one[name]), Estimate(**other[name])
        found[name] = _beside(each[0], each[1], difference(each[1], each[0], correlation=unknown))
    return found


def _result(directions: set[str | None]) -> str:
    if {"worse", "better"} <= directions:
        return "both"
    return next((name for name in ("worse", "better") if name in directions), "not_shown")


def _beside(a: Estimate, b: Estimate, found: Estimate) -> dict[str, Any]:
    return {"a": a.to_dict(), "b": b.to_dict(), "difference": found.to_dict()}
