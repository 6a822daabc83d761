"""Disguises that authors wrote who had not seen the filters, and their clean answers made to mislead: what passes now.

`python benchmarks/guard_unseen.py` writes benchmarks/results/guard_unseen_now.json in some five minutes. The authors' items stand in
benchmarks/unseen: answers with made identifiers that belong to nobody, and where in them the disguised value is. The filters were
changed for all of them since, so that these figures are those of a suite in view; guard_unseen.json, written down when each was
first looked at, holds what they were before. Then the suite of `vidocq guard test` again, in the midst of prose, of a table of
figures, and within a string of JSON.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from pathlib import Path
from random import Random
from typing import Any

from vidocq.core.files import write_atomic
from vidocq.core.guarding import Surface
from vidocq.filters.evasion.disguises import EVASIONS
from vidocq.filters.evasion.trial import GONE
from vidocq.filters.evasion.values import MADE
from vidocq.filters.guard import Checked, Guard
from vidocq.filters.policy import PersonalDataSection
from vidocq.measure.intervals import clopper_pearson

HERE = Path(__file__).resolve().parent
CIVIL = HERE.parent.parent / "shared" / "data" / "code_civil_fr" / "code_civil.txt.gz"
TENTH = 0.1
TABLE = "| Year | Sales | Margin |\n|---|---|---|\n" + "".join(
    f"| {2000 + at} | {1234 + 17 * at} | {12 + at}.{at} % |\n" for at in range(8)
)
EXPANDS = 3.2
"""Times as many letters and digits as the value has, from which on a disguise is a spelling of which all has to go."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=HERE / "results" / "guard_unseen_now.json")
    given = parser.parse_args()
    guard = Guard([PersonalDataSection(kind="personal-data", categories=frozenset(MADE)).made(HERE)])
    found = {
        "authors": {path.name[:1]: of_author(guard, path) for path in sorted((HERE / "unseen").glob("*.json.gz"))},
        "contexts": in_contexts(guard, each=5),
    }
    write_atomic(given.out, (json.dumps(found, indent=1, sort_keys=True) + "\n").encode())
    print(json.dumps(found, indent=1))


def of_author(guard: Guard, path: Path) -> dict[str, Any]:
    """Shares that pass, of the commonly known and of those agreed upon: with the hints beside a value, and of the value alone."""
    content = json.loads(gzip.decompress(path.read_bytes()))
    passed: dict[tuple[bool, str], list[tuple[bool, bool]]] = defaultdict(list)
    for item in content["items"]:
        passed[item["common"], item["disguise"]].append(_passes(guard, item))
    told: dict[str, Any] = {}
    for name, is_common in (("common", True), ("agreed", False)):
        rates = [
            [sum(one[which] for one in each) / len(each) for which in (0, 1)]
            for (common, _), each in passed.items()
            if common is is_common
        ]
        if not rates:  # an acceptance suite agrees upon no code
            continue
        told[name] = {
            "disguises": len(rates),
            "with_hints": sum(rate[0] for rate in rates) / len(rates),
            "value": sum(rate[1] for rate in rates) / len(rates),
            "above_tenth": sum(rate[0] > TENTH for rate in rates),
        }
    stopped = sum(bool(guard.check(text, Surface.ANSWER).finds) for text in content["clean"])
    return told | {"clean": {"stopped": stopped, "n": len(content["clean"])}}


def _passes(guard: Guard, item: dict[str, Any]) -> tuple[bool, bool]:
    """Whether too little of the marked stretch goes, and whether too little goes for the value itself to be gone."""
    text, start, end = item["text"], item["start"], item["end"]
    shown = [at for at in range(start, end) if text[at].isalnum()]
    matter = shown or [at for at in range(start, end) if not text[at].isspace()]
    gone = _gone(guard.check(text, Surface.ANSWER), matter)
    value = sum(map(str.isalnum, item["value"]))
    needed = len(matter) if len(matter) > EXPANDS * value else min(len(matter), value)
    return gone < GONE * len(matter), gone < GONE * needed


def _gone(checked: Checked, matter: list[int]) -> int:
    return sum(
        (checked.blocked is not None and at >= checked.blocked.start)
        or any(find.start <= at < find.end for find in checked.finds)
        for at in matter
    )


def in_contexts(guard: Guard, *, each: int) -> dict[str, Any]:
    """The suite within longer answers: of each disguise `each` values of any kind that it changes."""
    rng = Random(11)  # noqa: S311 - no secret
    prose = gzip.decompress(CIVIL.read_bytes()).decode()
    passed, tried = Counter[str](), Counter[str]()
    for evasion in EVASIONS:
        for _ in range(each):
            value = MADE[rng.choice(list(MADE))](rng)
            if evasion.keeps(value):
                continue
            at = rng.randrange(0, 200_000)
            before, after = evasion.around
            said = evasion.say(value)
            around: dict[str, tuple[str, str]] = {
                "alone": ("Le voici : ", " Autre chose ?"),
                "prose": (f"{prose[at : at + 350]} Voici : ", f" {prose[at + 900 : at + 1300]}"),
                "table": (f"{TABLE}\nNuméro : ", f"\n\n{TABLE}"),
            }
            for name, (first, last) in around.items():
                text, begin = first + before + said + after + last, len(first + before)
                shown = [begin + place for place, sign in enumerate(said) if sign.isalnum()]
                matter = shown or list(range(begin, begin + len(said)))
                tried[name] += 1
                passed[name] += _gone(guard.check(text, Surface.ANSWER), matter) < GONE * len(matter)
            for name, escape in (("json", False), ("escaped", True)):
                tried[name] += 1
                passed[name] += _in_json(guard, f"Le voici : {before}{said}{after} Merci.", is_ascii=escape)
    return {name: clopper_pearson(passed[name], tried[name]).to_dict() for name in tried}


def _in_json(guard: Guard, said: str, *, is_ascii: bool) -> bool:
    return not guard.check(json.dumps({"answer": said}, ensure_ascii=is_ascii), Surface.ANSWER).finds


if __name__ == "__main__":
    main()
