"""The block of docs/guard.md about disguises that authors wrote who had not seen the filters, from benchmarks/results/guard_unseen.json."""

from typing import Any

from vidocq.core.text import Lang
from vidocq.report.numbers import percent

from generation.markdown import table
from generation.stored import stored

FILE = "guard_unseen.json"
ABSENT = "*Not measured yet.*"


def unseen_block() -> str:
    """What passed of each author's disguises before the filters were changed for any, when first looked at, and after that."""
    found = stored(FILE)
    if found is None:
        return ABSENT
    authors, clean = found["authors"], found["clean"]
    rows = [
        [
            one["author"],
            str(one["common"]),
            _share(one["before"]),
            _share(one["fresh"]),
            "—" if one["above_tenth"] is None else str(one["above_tenth"]),
            _share(one["after"]),
            f"{clean['stopped_when_first_seen'][one['author']]} / {clean['after'][one['author']]}",
        ]
        for one in authors
    ]
    hints = next(one["fresh_with_hints"] for one in authors if "fresh_with_hints" in one)
    agreed = found["agreed"]["fresh"].values()
    return "\n\n".join(
        (
            f"{len(authors)} authors who had not seen the filters wrote {sum(one['disguises'] for one in authors)} disguises, of which they "
            f"hold {sum(one['common'] for one in authors)} for commonly known. Of the values under those passed:",
            table(
                (
                    "Author",
                    "Disguises",
                    "At first",
                    "Fresh",
                    "Above a tenth",
                    "After",
                    f"Clean answers stopped, of {clean['answers_each']}",
                ),
                rows,
            ),
            "*At first*: with the filters as they were. *Fresh*: looked at once, when the filters had been changed for the authors before "
            "alone; *above a tenth* counts the disguises of which more passed. *After*: when they had been changed for these too. "
            f"Of the last author {_share(hints)} pass where a hint that stands beside a value, such as “read it backwards”, has to be masked "
            f"with it. Of codes that only a conversation agrees upon {_share(min(agreed))} to {_share(max(agreed))} passed.",
        )
    )


def _share(value: Any) -> str:
    return "—" if value is None else percent(value, Lang.en, digits=1)
