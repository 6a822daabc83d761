"""Pairs of files that differ in data alone, one for each measured point: what flips its state shows that it is measured."""

import datetime
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from vidocq.core.errors import ReferentialError
from vidocq.core.status import Status
from vidocq.dossier.assessment.assess import assess
from vidocq.dossier.assessment.words import PointState
from vidocq.dossier.evidence import Evidence, Piece
from vidocq.dossier.facts import Facts
from vidocq.dossier.facts.facts import read_facts
from vidocq.dossier.file.answering import Answer
from vidocq.dossier.file.departing import Departure
from vidocq.dossier.file.merging import listed
from vidocq.dossier.file.opining import Opinion
from vidocq.dossier.referential.catalogue import referential
from vidocq.dossier.state import State

TODAY: Final = datetime.date(2026, 11, 25)
DECLARED, MEASURED = "2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z"
VERSION: Final = "0" * 64
AUDIT: Final = {
    "verdict": "…", "registration": "r", "look": 1, "members": 1000, "non_members": 1000, "tau_average": 0.03,
    "tau_worst": 0.1, "b_avg": 0.01, "b_worst": 0.05,
}  # fmt: skip
"""Figures of an audit, as `vidocq audit` records them."""


@dataclass(frozen=True, kw_only=True)
class Flip:
    """The two states of a point. It flips where they differ, and the point applies in both."""

    point: str
    first: PointState
    second: PointState

    @property
    def flips(self) -> bool:
        return self.first is not self.second and not _NOT_MEASURABLE & {self.first, self.second}


_NOT_MEASURABLE: Final = frozenset({PointState.NOT_APPLICABLE, PointState.INCONCLUSIVE, PointState.DEPARTED})


@cache
def flips() -> Mapping[str, Flip]:
    """Every pair, evaluated, by its point. Raises ReferentialError on two pairs for one point, or an unknown one."""
    content = tomllib.loads(files(__package__).joinpath("pairs.toml").read_text(encoding="utf-8"))
    found: dict[str, Flip] = {}
    for pair in content["pair"]:
        name = pair["point"]
        if name in found or name not in referential():
            raise ReferentialError(
                "a pair is there twice, or its point is not", where=name, fix="give one pair for each point"
            )
        first, second = (_state(name, content["base"], pair, side) for side in ("first", "second"))
        found[name] = Flip(point=name, first=first, second=second)
    return found


def _state(name: str, base: Mapping[str, Any], pair: Mapping[str, Any], side: str) -> PointState:
    paths = {**base, **pair.get("facts", {}), **pair.get(side, {})}
    evidence = {**pair.get("evidence", {}), **pair.get(f"{side}_evidence", {})}
    figures = {**AUDIT, **pair.get(f"{side}_figures", {})}
    positions: dict[tuple[str, str], Answer | Departure] = {
        (name, ""): Answer(point=name, status=Status.SATISFIED, role="DPO", at=DECLARED)
    }
    for other in pair.get("departed", ()):
        positions[other, ""] = Departure(point=other, reason="r", substitute="s", owner="o", at=DECLARED)
    for other in pair.get(f"{side}_unmet", ()):
        positions[other, ""] = Answer(point=other, status=Status.NOT_SATISFIED, role="DPO", at=DECLARED)
    state = State(
        facts=read_facts(listed(_nested(paths), Facts)),
        positions=positions,
        evidence=Evidence(tuple(_pieces(evidence, figures))),
        opinions=tuple(
            Opinion(of="dpo", stance="in_favour", reason="r", role="DPO", at=at)
            for at in [pair[key] for key in (f"{side}_opinion", "opinion") if key in pair][:1]
        ),
    )
    found = assess(state, referential().values(), today=TODAY).point(name)
    if found is None:
        raise ReferentialError("the point of a pair is not assessed", where=name, fix="take an id of the referential")
    return found.state


def _pieces(evidence: Mapping[str, str], figures: Mapping[str, Any]) -> Iterator[Piece]:
    for key, status in evidence.items():
        measurement, _, subject = key.partition("@")
        item, _, scope = subject.partition("/")
        attack = item.startswith("models.") and not measurement.startswith("index-")
        yield Piece(
            measurement=measurement,
            subject=item,
            scope=scope or ("model" if attack else ""),
            access="weights" if attack else "",
            status=Status(status),
            figures=figures if measurement == "audit" else {},
            inputs={"model": VERSION, "members": "3" * 64, "non_members": "4" * 64} if attack else {},
            suite="standard 1" if attack else "",
            at=MEASURED,
        )


def _nested(paths: Mapping[str, Any]) -> dict[str, Any]:
    """Plain content of facts, from their paths; "unknown" takes a fact away."""
    found: dict[str, Any] = {}
    for path, value in paths.items():
        *groups, last = path.split(".")
        place = found
        for group in groups:
            place = place.setdefault(group, {})
        if value == "unknown":
            place.pop(last, None)
        else:
            place[last] = value
    return found
