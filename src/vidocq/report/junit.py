"""The audit as JUnit XML, which every CI service shows: a case for each verdict and registered test."""

from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree as Tree

from vidocq.core.status import AuditVerdict
from vidocq.core.text import Lang, Text
from vidocq.report.headline import headline_of
from vidocq.report.junit_parts import clean, junit_case, junit_document
from vidocq.report.numbers import UP, p_value, percent, rate, share_with_interval
from vidocq.report.reading import Audit, absences, reasons_of, said, verdict_key
from vidocq.report.words.say import word
from vidocq.report.words.verdicts import VERDICTS

_SIDES: Final = {"estimate": Text(fr="membres", en="members"), "control": Text(fr="non-membres", en="non-members")}


def junit_xml(audit: Audit, *, name: str, lang: Lang, run: Audit | None = None) -> str:
    """One suite. A verdict fails where a leak was shown, and is skipped where the audit was inconclusive; so is a test
    that was not measured, once, with the reason. A test fails where it is significant, and one of the model's file
    where it is direct evidence: it says which, the verdict says what it means.

    name  of the suite, such as the configuration's file.
    run   run.json, for when the audit began and how long it took; told where it is known.
    """
    reasons: dict[str, list[str]] = {}
    for absent in absences(audit):
        if absent.alpha is None:
            reasons.setdefault(absent.id, []).append(absent.reason.to(lang))
    tests = [
        (attack, tested)
        for attack in audit["attacks"]
        for tested in attack.get("rates") or []
        if tested.get("p_holm") is not None
    ]
    cases = [_verdict(audit, verdict, lang) for verdict in audit["verdicts"]]
    cases += [_test(*test, audit["verdicts"][0]["error"], reasons, lang) for test in tests]
    cases += [_finding(found, lang) for found in audit.get("results") or [] if found.get("p") is not None]
    told = {attack["id"] for attack, tested in tests if not _measured(attack, tested)}
    cases += [
        junit_case("not-measured", absent, skipped=reason)
        for absent, several in reasons.items()
        if absent not in told
        for reason in several
    ]
    return junit_document(cases, name=name, timing=_when(run or {}))


def _when(run: Audit) -> dict[str, str]:
    """Start, in UTC and without a zone as the format wants it, and seconds; each only if it is known."""
    began, took = run.get("started"), (run.get("seconds") or {}).get("total")
    found = {} if began is None else {"timestamp": clean(str(began).removesuffix("Z"))}
    return found if took is None else found | {"time": f"{took:.2f}"}


def _verdict(audit: Audit, verdict: Audit, lang: Lang) -> Tree.Element:
    found = AuditVerdict(verdict["verdict"])
    told = " ".join([*reasons_of(verdict, audit, lang), headline_of(audit)["found"].to(lang)])
    title = VERDICTS[found].to(lang)
    if found is AuditVerdict.LEAK_SHOWN:
        return junit_case("verdict", verdict_key(verdict), failure=(title, told))
    if found is AuditVerdict.INCONCLUSIVE:
        return junit_case("verdict", verdict_key(verdict), skipped=f"{title}. {told}")
    return junit_case("verdict", verdict_key(verdict), output=told)


def _test(attack: Audit, tested: Audit, error: float, reasons: Mapping[str, list[str]], lang: Lang) -> Tree.Element:
    at = word("own_point", lang) if tested["alpha"] is None else rate(tested["alpha"], lang)
    if not _measured(attack, tested):
        return junit_case(attack["id"], at, skipped=" ".join(reasons.get(attack["id"], [word("not_measured", lang)])))
    told = f"U = {percent(tested['risk']['high'], lang, rounding=UP)}, p (Holm) {p_value(tested['p_holm'], lang)}"
    if tested["p_holm"] <= error:
        return junit_case(attack["id"], at, failure=(told, told))
    return junit_case(attack["id"], at, output=told)


def _measured(attack: Audit, tested: Audit) -> bool:
    return bool(attack.get("measured", True) and tested.get("measured", True))


def _finding(found: Audit, lang: Lang) -> Tree.Element:
    """A test that asked the model nothing, such as of rows kept in its file."""
    sides = [
        f"{told.to(lang)} {share_with_interval(found[name], lang)}"
        for name, told in _SIDES.items()
        if isinstance(found.get(name), Mapping)
    ]
    told = ", ".join([*sides, f"p (Holm) {p_value(found.get('p_holm'), lang)}"])
    at = said(found["quantity"], lang)
    if found.get("direct"):
        return junit_case(found["id"], at, failure=(told, told))
    return junit_case(found["id"], at, output=told)
