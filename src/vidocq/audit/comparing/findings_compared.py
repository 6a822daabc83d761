"""What each of two audits read in its model besides scores, side by side, and whose direct evidence it is."""

from collections.abc import Mapping
from typing import Any

Found = Mapping[str, Any]


def findings_compared(one: Found, other: Found) -> list[dict[str, Any]]:
    """One entry per measurement of `results` in either audit, A's in their order, then those that B alone has.

    measured   of each side, whether the figure is there: `yes`; `no` where its attack is missing there, in all or in
               part; `nothing` where the model has nothing of the kind, such as no rows kept.
    direct     of each side, whether this settles its verdict.
    direction  `worse` where B alone holds direct evidence. `better` where A alone does and B was looked at. Where both
               do, or neither, `not_shown`; but of two intervals that lie apart, in direct evidence, the higher is
               worse. None for a mere sign, which no rule judges.
    """
    listed = [{_key(found): found for found in audit["results"]} for audit in (one, other)]
    keys = dict.fromkeys([*listed[0], *listed[1]])
    return [_beside(key, listed[0].get(key), listed[1].get(key), one, other) for key in keys]


_TEST = "test"


def _key(found: Found) -> tuple[str, str]:
    """The test of an attack is one, whatever attributes its quantity names; a sign is known by its quantity."""
    return found["id"], _TEST if found["p"] is not None else found["quantity"]["en"]


def _beside(key: tuple[str, str], a: Found | None, b: Found | None, one: Found, other: Found) -> dict[str, Any]:
    name, kind = key
    measured = _measured(a, name, one), _measured(b, name, other)
    return {
        "id": name,
        "quantity": {side: None if found is None else dict(found["quantity"]) for side, found in _sides(a, b)},
        "estimate": {side: None if found is None else found["estimate"] for side, found in _sides(a, b)},
        "control": {side: None if found is None else found["control"] for side, found in _sides(a, b)},
        "direct": {side: found is not None and found["direct"] for side, found in _sides(a, b)},
        "measured": dict(zip(("a", "b"), measured, strict=True)),
        "direction": _direction(a, b, looked_at_b=measured[1] != "no") if kind == _TEST else None,
    }


def _sides(a: Found | None, b: Found | None) -> tuple[tuple[str, Found | None], tuple[str, Found | None]]:
    return ("a", a), ("b", b)


def _measured(found: Found | None, name: str, audit: Found) -> str:
    if found is not None:
        return "yes"
    missing = name in {absent["id"] for absent in audit["not_measured"]}
    return "nothing" if not missing and name in {entry["id"] for entry in audit["results"]} else "no"


def _direction(a: Found | None, b: Found | None, *, looked_at_b: bool) -> str:
    before, after = a is not None and a["direct"], b is not None and b["direct"]
    if after and not before:
        return "worse"
    if before and not after:
        return "better" if looked_at_b else "not_shown"
    if a is not None and b is not None and before and after:
        sides = a["estimate"], b["estimate"]
        if all(isinstance(side, Mapping) for side in sides):
            if sides[1]["low"] > sides[0]["high"]:
                return "worse"
            if sides[1]["high"] < sides[0]["low"]:
                return "better"
    return "not_shown"
