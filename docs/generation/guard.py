"""The block of docs/guard.md with figures, from benchmarks/results/guard.json."""

from typing import Any

from vidocq.core.text import Lang
from vidocq.report.numbers import count, number, percent

from generation.markdown import table
from generation.stored import stored

FILE = "guard.json"
NAMES = {"code_civil_fr": "the civil code", "wikitext2_en": "WikiText-2"}
ABSENT = "*Not measured yet: `python benchmarks/guard_trial.py` has not been run, or its result has not been kept.*"


def guard_block() -> str:
    """What passed, what was stopped for nothing, and what it takes."""
    found = stored(FILE)
    if found is None:
        return ABSENT
    passed, clean, grams = found["passed"], found["clean"], found["grams"]
    worst = sorted(found["by_evasion"].values(), key=lambda one: -one["value"])[:6]
    rows = [[one["title"]["en"], rate(one), str(one["n"])] for one in worst]
    kinds = ", ".join(f"{name} {_share(one['value'])}" for name, one in found["by_category"].items())
    return "\n\n".join(
        (
            f"Suite {found['suite']}: {count(passed['n'], Lang.en)} made identifiers, as they are and under "
            f"{len(found['by_evasion']) - 1} disguises, of which **{rate(passed)} passed**. By kind: {kinds}. The disguises under which most passed:",
            table(("Disguise", "Passed (95 %)", "Planted"), rows),
            f"Clean text (the French civil code and WikiText-2, {count(clean['characters'], Lang.en)} characters): "
            f"**{rate(clean)}** of {count(clean['n'], Lang.en)} answers were changed or stopped, for structured identifiers "
            f"alone: {', '.join(found['by_category'])}.{_by_default(found)}{_by_kind(found)}",
            f"A streamed piece of four characters takes {number(found['piece_us']['median'], Lang.en, digits=0)} µs of one core in "
            f"the median (load {number(found['machine']['load'], Lang.en, digits=1)}). The filter of a corpus is "
            f"{number(grams['size_ratio'], Lang.en)} × its text, built at {number(grams['build_mb_per_s'], Lang.en, digits=0)} MB/s, "
            f"and answers {number(grams['checks_per_s'] / 1e6, Lang.en, digits=1)} million questions a second on one core, wrongly "
            f"in {number(1e6 * grams['false_positives'], Lang.en, digits=0)} of a million.",
        )
    )


def _by_default(found: dict[str, Any]) -> str:
    """What the whole filter changes of the same texts; nothing where it was not measured."""
    changed = found.get("clean_default")
    if changed is None:
        return ""
    told = ", ".join(
        f"{NAMES[name]} {rate(one)} of {count(one['n'], Lang.en)}{_most(one['by'])}" for name, one in changed.items()
    )
    return (
        f" With all that the filter looks for by default, names and addresses of persons included, it changed of the same "
        f"answers: {told}. Those are no false blocks as such: WikiText is about people, and their real names are finds; "
        f"nobody told the true from the false among them."
    )


def _most(by: dict[str, int]) -> str:
    """Finds by category, the most frequent first."""
    ranked = sorted(by.items(), key=lambda one: (-one[1], one[0]))
    told = ", ".join(f"{name.removeprefix('personal-data: ')} {count(times, Lang.en)}" for name, times in ranked)
    return f" ({told})" if told else ""


def _by_kind(found: dict[str, Any]) -> str:
    """Of answers that are no prose; nothing where they were not tried."""
    told = ", ".join(f"{kind} {rate(one)} of {one['n']}" for kind, one in found.get("clean_by_kind", {}).items())
    return f" Of made answers of other kinds: {told}." if told else ""


def rate(one: dict[str, float]) -> str:
    """With its interval."""
    return f"{_share(one['value'])} [{_share(one['low'])}; {_share(one['high'])}]"


def _share(value: float) -> str:
    return percent(value, Lang.en, digits=2)


def prompts_block() -> str:
    """What the filters of prompts stop, of prompts that were kept aside while their rules were written."""
    found = stored("guard_prompts.json")
    if found is None:
        return "*Not measured yet: `python benchmarks/guard_prompts.py` has not been run, or its result has not been kept.*"
    asked, repeated, clean = (found[f"{name}_aside"] for name in ("requests", "repetition", "clean"))
    return (
        f"Of prompts that ask for somebody's data {rate(asked)} of {asked['n']} are stopped, of those that ask for endless repetition "
        f"{rate(repeated)} of {repeated['n']}, and of ordinary ones {rate(clean)} of {clean['n']}: kept aside, but written by the same hand "
        "as the rules (`benchmarks/guard_prompts.py`). Others ask otherwise, and in other languages."
    )
