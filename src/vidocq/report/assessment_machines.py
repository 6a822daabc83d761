"""An assessment for machines that stop a build: SARIF 2.1.0 and JUnit XML, from the content of assessment.json."""

from collections.abc import Mapping
from typing import Any, Final

from vidocq.core.text import Lang, Text
from vidocq.core.version import VERSION
from vidocq.dossier.assessment.words import LEVELS, STALE, PointState
from vidocq.report.junit_parts import junit_case, junit_document
from vidocq.report.sarif_parts import sarif_document, sarif_result

_SEVERITY: Final = {"mandatory": "error", "recommended": "warning", "good-practice": "note"}
_TOLD: Final = (PointState.NOT_SATISFIED, PointState.NOT_MEASURED, PointState.INCONCLUSIVE)
_STALE_RULE: Final = "vidocq/point-stale"
_STATE: Final = Text(fr="Point de vérification {state}", en="Point of verification: {state}")


def assessment_sarif(content: Mapping[str, Any], *, uri: str, lang: Lang) -> dict[str, Any]:
    """A result for each point that is not satisfied, not measured, inconclusive or stale; what is not satisfied is an
    error where it binds. uri  what stands for the file, without a password.
    """
    results = []
    for point in content["points"]:
        state = PointState(point["state"])
        if state in _TOLD:
            level = _SEVERITY[point["level"]] if state is PointState.NOT_SATISFIED else "note"
            results.append(sarif_result(_rule(state), level, _told(point, lang), uri, key=point["id"]))
        if point["stale"]:
            results.append(sarif_result(_STALE_RULE, "note", _told(point, lang), uri, key=point["id"]))
    rules = {_rule(state): _STATE.fill(state=state.words.to(lang)).to(lang) for state in _TOLD}
    rules[_STALE_RULE] = _STATE.fill(state=STALE.to(lang)).to(lang)
    return sarif_document(results, rules, version=VERSION)


def assessment_junit(content: Mapping[str, Any], *, name: str, lang: Lang) -> str:
    """A case for each point that applies. It fails where it is not satisfied, and is skipped where nobody can tell."""
    cases = []
    for point in content["points"]:
        state = PointState(point["state"])
        if state is PointState.NOT_APPLICABLE:
            continue
        group, told = f"sheet-{point['sheet']}", _told(point, lang)
        if state is PointState.NOT_SATISFIED:
            words = f"{state.words.to(lang)} ({LEVELS[point['level']].to(lang)})"
            cases.append(junit_case(group, point["id"], failure=(words, told)))
        elif state in {PointState.NOT_MEASURED, PointState.INCONCLUSIVE, PointState.TO_JUDGE} or point["stale"]:
            cases.append(junit_case(group, point["id"], skipped=f"{state.words.to(lang)}. {told}"))
        else:
            cases.append(junit_case(group, point["id"], output=told))
    return junit_document(cases, name=name, timing={})


def _rule(state: PointState) -> str:
    return f"vidocq/point-{str(state).lower().replace('_', '-')}"


def _told(point: Mapping[str, Any], lang: Lang) -> str:
    """The title, then the reasons of the items that weigh."""
    states = [item for item in point["items"] if item["state"] == point["state"] or item["stale"]]
    reasons = dict.fromkeys(reason[str(lang)] for item in states for reason in item["reasons"])
    return f"{point['id']} {point['title'][str(lang)]}. {' '.join(reasons)}"
