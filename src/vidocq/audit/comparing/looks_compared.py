"""Are two audits looks at the same persons, and did each spend what the rule gives it (rule, line 4)?"""

import math
from collections.abc import Mapping
from typing import Any

from vidocq.measure.looks import error_of_look


def looks_compared(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """`relation` says how the two looks hang together; `as_the_rule_says` whether each spent its own share.

    other_members, other_access  two counts, which owe each other nothing.
    unregistered   an audit without a ledger: nobody counted it.
    replay         one and the same look, registered once.
    looks          two looks of one count, the later of which spent less.
    two_ledgers    the same number for two requests: neither ledger knew of the other, so together they spent too much.
    """
    first, second = one["verdicts"][0], other["verdicts"][0]
    spent = [_as_the_rule_says(verdict) for verdict in (first, second)]
    return {
        "relation": _relation(one, other),
        "a": {"look": first["look"], "error": first["error"], "as_the_rule_says": spent[0]},
        "b": {"look": second["look"], "error": second["error"], "as_the_rule_says": spent[1]},
    }


def _as_the_rule_says(verdict: Mapping[str, Any]) -> bool:
    return verdict["look"] >= 1 and math.isclose(verdict["error"], error_of_look(verdict["look"]), rel_tol=1e-9)


def _relation(one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    if one["inputs"]["members"] != other["inputs"]["members"]:
        return "other_members"
    if _level(one) != _level(other):
        return "other_access"
    first, second = one["verdicts"][0], other["verdicts"][0]
    if first["registration"] is None or second["registration"] is None:
        return "unregistered"
    if first["registration"] == second["registration"]:
        return "replay"
    return "two_ledgers" if first["look"] == second["look"] else "looks"


def _level(audit: Mapping[str, Any]) -> str:
    """At which looks are counted: fewer probabilities served are probabilities all the same."""
    outputs = str(audit["access"]["outputs"])
    return "probabilities" if outputs == "top_k" else outputs
