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
ABSENT = "*Not measured yet: `python benchmarks/guard_unseen.py` has not been run, or its result has not been kept.*"


def unseen_block() -> str:
    """What passed of each author's disguises before the filters were changed for any, when first looked at, and now."""
    then, now = stored(THEN), stored(NOW)
    if then is None or now is None:
        return ABSENT
    authors, stopped = then["authors"], then["clean"]["stopped_when_first_seen"]
    rows = [
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
    ]
    last, agreed = authors[-1], then["agreed"]["fresh"].values()
    return "\n\n".join(
        (
            f"{len(authors)} authors who had not seen the filters wrote {sum(one['disguises'] for one in authors)} disguises "
            f"(`benchmarks/unseen`), of which they hold {sum(one['common'] for one in authors)} for commonly known. Of the values "
            "under those passed:",
            table(
                (
                    "Author",
                    "Disguises",
                    "At first",
                    "Fresh",
                    "Above a tenth",
                    "Now",
                    f"Clean answers stopped, of {then['clean']['answers_each']}",
                ),
                rows,
            ),
            "*At first*: with the filters as they were. *Fresh*: looked at once, when the filters had been changed for earlier authors "
            "alone; *above a tenth* counts the disguises of which more passed. *Now*: when they had been changed for these too, which says "
            "nothing of others. Clean answers were written to mislead: when first seen, and now. "
            f"Where a hint beside a value, such as “read it backwards”, need not be masked with it, {_share(last['fresh_value_alone'])} of "
            f"author {last['author']}'s passed when fresh ({last['above_tenth_value_alone']} above a tenth), and "
            f"{_share(now['authors'][last['author']]['common']['value'])} now. Of codes that only a conversation agrees upon "
            f"{_share(min(agreed))} to {_share(max(agreed))} passed when fresh.",
        )
    )


def contexts_block() -> str:
    """The suite within longer answers."""
    now = stored(NOW)
    if now is None:
        return ABSENT
    found = now["contexts"]
    return (
        f"Within longer answers the same suite passes more often: {rate(found['alone'])} in a short sentence, {rate(found['prose'])} in the "
        f"midst of prose, {rate(found['table'])} between tables of figures, where nothing is read backwards or moved on lest ordinary "
        f"figures be taken for numbers; within a string of JSON {rate(found['json'])} go without any find, {rate(found['escaped'])} where "
        "it is escaped."
    )


def _share(value: Any) -> str:
    return "—" if value is None else percent(value, Lang.en, digits=1)
