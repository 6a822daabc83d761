"""The parts of a JUnit XML file, whatever it tells of."""

import re
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as Tree

from vidocq.report.typography import plain

_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_document(cases: Sequence[Tree.Element], *, name: str, timing: Mapping[str, str]) -> str:
    """One suite of these cases. timing  its `timestamp` and `time`, where they are known."""
    suite = Tree.Element(
        "testsuite",
        {
            "name": clean(name),
            "tests": str(len(cases)),
            "failures": str(sum(case.find("failure") is not None for case in cases)),
            "skipped": str(sum(case.find("skipped") is not None for case in cases)),
            "errors": "0",
            **timing,
        },
    )
    suite.extend(cases)
    Tree.indent(suite)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Tree.tostring(suite, encoding="unicode")}\n'


def junit_case(
    group: str,
    name: str,
    *,
    failure: tuple[str, str] | None = None,
    skipped: str | None = None,
    output: str | None = None,
) -> Tree.Element:
    """One test. failure  what it says in short, and in full."""
    case = Tree.Element("testcase", {"classname": clean(f"vidocq.{group}"), "name": clean(name)})
    if failure is not None:
        Tree.SubElement(case, "failure", {"message": clean(failure[0])}).text = clean(failure[1])
    if skipped is not None:
        Tree.SubElement(case, "skipped", {"message": clean(skipped)})
    if output is not None:
        Tree.SubElement(case, "system-out").text = clean(output)
    return case


def clean(text: str) -> str:
    """What XML 1.0 can hold, on one line."""
    return _UNPRINTABLE.sub("", plain(text))
