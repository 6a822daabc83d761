"""The blocks of docs/guard.md about disguises that authors wrote who had not seen the filters, and about longer answers.

From benchmarks/results/guard_unseen.json, written down when each was first looked at, and guard_unseen_now.json.
"""

from typing import Any

from vidocq.core.text import Lang
from vidocq.report.numbers import percent

from generation.guard import rate
from generation.markdown import table
from generation.stored import stored

THEN, NOW = "guard_unseen.json", "guard_unseen_now.json"
ACCEPTANCE = "acceptance suite"
ABSENT = "*Not measured yet: `python benchmarks/guard_unseen.py` has not been run, or its result has not been kept.*"


def unseen_block() -> str:
    """What passed of each author's disguises before the filters were changed for any, when first looked at, and now."""
    then, now = stored(THEN), stored(NOW)
    if then is None or now is None:
        return ABSENT
    by_order = [one for one in then["authors"] if one["role"] == ACCEPTANCE]
    freely = [one for one in then["authors"] if one["role"] != ACCEPTANCE]
    hinted = max(freely, key=lambda one: (one["fresh"] or 0) - one.get("fresh_value_alone", 1))
    agreed = then["agreed"]["fresh"].values()
    return "\n\n".join(
        (
            f"{len(freely)} authors who had not seen the filters wrote {_all(freely, 'disguises')} disguises "
            f"(`benchmarks/unseen`), of which they hold {_all(freely, 'common')} for commonly known. Of the values "
            "under those passed:",
            _table(freely, then, now),
            "*At first*: with the filters as they were. *Fresh*: looked at once, when the filters had been changed for earlier authors "
            "alone; *above a tenth* counts the disguises of which more passed. *Now*: when they had been changed for these too, which says "
            "nothing of others. Clean answers were written to mislead: when first seen, and now. Where a hint beside a value, such as “read "
            f"it backwards”, need not be masked with it, {_share(hinted['fresh_value_alone'])} of author {hinted['author']}'s passed when "
            f"fresh ({hinted['above_tenth_value_alone']} above a tenth), and "
            f"{_share(now['authors'][hinted['author']]['common']['value'])} now. Of "
            f"codes that only a conversation agrees upon {_share(min(agreed))} to {_share(max(agreed))} passed when fresh.",
            f"{len(by_order)} others were given what the filters are to see through (Unicode, encodings, numbers and signs in words, "
            "backwards, spaced, split, in lists and code) and asked for the acceptance test that the builders do not see:",
            _table(by_order, then, now),
            "Afterwards the filters were changed for what had passed, but for that of "
            f"{' and '.join(one['author'] for one in by_order if not one['changed_after'])}, which were looked at last.",
        )
    )


def _table(authors: list[dict[str, Any]], then: dict[str, Any], now: dict[str, Any]) -> str:
    stopped = then["clean"]["stopped_when_first_seen"]
    names = ("Author", "Disguises", "At first", "Fresh", "Above a tenth", "Now")
    return table(
        (*names, f"Clean answers stopped, of {then['clean']['answers_each']}"),
        [
            [
                one["author"],
                str(one["common"]),
                _share(one["before"]),
                _share(one["fresh"]),
                "—" if one["above_tenth"] is None else str(one["above_tenth"]),
                _share(now["authors"][one["author"]]["common"]["with_hints"]),
                f"{stopped[one['author']]} / {now['authors'][one['author']]['clean']['stopped']}",
            ]
            for one in authors
        ],
    )


def _all(authors: list[dict[str, Any]], name: str) -> int:
    return sum(one[name] for one in authors)


def contexts_block() -> str:
    """The suite within longer answers."""
    now = stored(NOW)
    if now is None:
        return ABSENT
    found = now["contexts"]
    return (
        f"Of the same suite within other answers there pass: {rate(found['alone'])} in a short sentence, {rate(found['prose'])} in the "
        f"midst of prose, {rate(found['table'])} between tables of figures, where nothing is read backwards or moved on lest ordinary "
        f"figures be taken for numbers; within a string of JSON {rate(found['json'])} go without any find, {rate(found['escaped'])} where "
        "it is escaped."
    )


def _share(value: Any) -> str:
    return "—" if value is None else percent(value, Lang.en, digits=1)
