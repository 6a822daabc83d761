"""The audit as JUnit XML, which every CI service shows: a case for each verdict and for each registered test."""

import re
from xml.etree import ElementTree as Tree

from vidocq.core.status import AuditVerdict
from vidocq.core.text import Lang
from vidocq.report.headline import headline_of
from vidocq.report.numbers import UP, p_value, percent, rate
from vidocq.report.reading import Audit, absences, reasons_of
from vidocq.report.typography import plain
from vidocq.report.words.say import word
from vidocq.report.words.verdicts import VERDICTS

_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(audit: Audit, *, name: str, lang: Lang) -> str:
    """One suite. A verdict fails where a leak was shown, and is skipped where the audit was inconclusive; so is a test
    that was not measured. A test fails where it is significant: it says which, the verdict says what it means.

    name  of the suite, such as the configuration's file.
    """
    cases = [_verdict(audit, verdict, lang) for verdict in audit["verdicts"]]
    cases += [
        _test(attack, tested, audit["verdicts"][0]["error"], lang)
        for attack in audit["attacks"]
        for tested in attack.get("rates") or []
        if tested.get("p_holm") is not None
    ]
    cases += [
        _case("not-measured", absent.id, skipped=absent.reason.to(lang))
        for absent in absences(audit)
        if absent.alpha is None
    ]
    suite = Tree.Element(
        "testsuite",
        {
            "name": _clean(name),
            "tests": str(len(cases)),
            "failures": str(sum(case.find("failure") is not None for case in cases)),
            "skipped": str(sum(case.find("skipped") is not None for case in cases)),
            "errors": "0",
        },
    )
    suite.extend(cases)
    Tree.indent(suite)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Tree.tostring(suite, encoding="unicode")}\n'


def _verdict(audit: Audit, verdict: Audit, lang: Lang) -> Tree.Element:
    found = AuditVerdict(verdict["verdict"])
    told = " ".join([*reasons_of(verdict, audit, lang), headline_of(audit)["found"].to(lang)])
    title = VERDICTS[found].to(lang)
    if found is AuditVerdict.LEAK_SHOWN:
        return _case("verdict", verdict["access"], failure=(title, told))
    if found is AuditVerdict.INCONCLUSIVE:
        return _case("verdict", verdict["access"], skipped=f"{title}. {told}")
    return _case("verdict", verdict["access"], output=told)


def _test(attack: Audit, tested: Audit, error: float, lang: Lang) -> Tree.Element:
    at = word("own_point", lang) if tested["alpha"] is None else rate(tested["alpha"], lang)
    if not attack.get("measured", True) or not tested.get("measured", True):
        return _case(attack["id"], at, skipped=word("not_measured", lang))
    told = f"U = {percent(tested['risk']['high'], lang, rounding=UP)}, p (Holm) {p_value(tested['p_holm'], lang)}"
    if tested["p_holm"] <= error:
        return _case(attack["id"], at, failure=(told, told))
    return _case(attack["id"], at, output=told)


def _case(
    group: str,
    name: str,
    *,
    failure: tuple[str, str] | None = None,
    skipped: str | None = None,
    output: str | None = None,
) -> Tree.Element:
    case = Tree.Element("testcase", {"classname": _clean(f"vidocq.{group}"), "name": _clean(name)})
    if failure is not None:
        Tree.SubElement(case, "failure", {"message": _clean(failure[0])}).text = _clean(failure[1])
    if skipped is not None:
        Tree.SubElement(case, "skipped", {"message": _clean(skipped)})
    if output is not None:
        Tree.SubElement(case, "system-out").text = _clean(output)
    return case


def _clean(text: str) -> str:
    """What XML 1.0 can hold, on one line."""
    return _UNPRINTABLE.sub("", plain(text))
