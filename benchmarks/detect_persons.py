"""Persons, addresses, birth dates and sensitive words: recall and precision on made and open sets, false alarms, speed.

A person is found when a span overlaps the surname (the whole mention where no surname stands apart); `exact` asks for the
very span. A span is right when it overlaps a mention. The errors on templates of HELD_OUT were never looked at, but
their rates were, and whoever wrote the rules wrote them; `invented` surnames stand in no list. The labels of pii_fr are kept as they come: a part of them are no names
(`Secteur Public`, `On échange`), others stop short, and some names bear none; its first interview alone is clean.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from vidocq.core.files import write_atomic
from vidocq.core.spans import Category
from vidocq.detect.find import Finder
from vidocq.detect.names.words import listed
from vidocq.measure.intervals import clopper_pearson

from data import data_file
from made import templates_en, templates_fr
from made.generator import Gold, Made, fill, invented

HERE = Path(__file__).resolve().parent
SEED, COPIES = 20261125, 10
FOUND = (Category.PERSON, Category.ADDRESS, Category.BIRTH_DATE)
HINTS = (Category.SPECIAL_CATEGORY, Category.OFFENCE)
CLEAN = {"code_civil_fr": ("code_civil.txt.gz",), "wikitext2_en": ("test.txt.gz", "valid.txt.gz")}


def share(count: int, of: int) -> dict[str, float | int] | None:
    """A rate with its Clopper-Pearson interval at 95 %; None of nothing."""
    if not of:
        return None
    found = clopper_pearson(count, of)
    return {"value": round(found.value, 4), "low": round(found.low, 4), "high": round(found.high, 4), "n": of}


def compared(texts: Sequence[Made], category: Category, finder: Finder) -> dict[str, object]:
    right = total = found_gold = exact = 0
    for made in texts:
        gold = [mark for mark in made.gold if mark.kind == category.value]
        spans = [span for span in finder.find(made.text) if span.category is category]
        for mark in gold:
            start, end = core(made.text, mark)
            found_gold += any(span.start < end and span.end > start for span in spans)
            exact += any((span.start, span.end) == (mark.start, mark.end) for span in spans)
        right += sum(any(span.start < mark.end and span.end > mark.start for mark in gold) for span in spans)
        total += len(spans)
    mentions = sum(mark.kind == category.value for made in texts for mark in made.gold)
    return {"recall": share(found_gold, mentions), "exact": share(exact, mentions), "precision": share(right, total)}


def core(text: str, mark: Gold) -> tuple[int, int]:
    """The surname of a mention, or the whole of it."""
    place = text.upper().find(mark.surname.upper(), mark.start, mark.end) if mark.surname else -1
    return (place, place + len(mark.surname)) if place >= 0 else (mark.start, mark.end)


def made_sets() -> dict[str, list[Made]]:
    first, last = sorted(listed("first_names")), sorted(listed("surnames"))
    surnames: dict[str, Callable[[random.Random], str]] = {
        "listed": lambda rng: rng.choice(last),
        "invented": invented,
    }
    sets: dict[str, list[Made]] = {}
    for language, module in (("fr", templates_fr), ("en", templates_en)):
        for family in ("DEVELOPMENT", "HELD_OUT"):
            for kind, draw in surnames.items():
                rng = random.Random(f"{SEED} {language} {family} {kind}")  # noqa: S311
                sets[f"made {language}, {family.lower().replace('_', ' ')} templates, {kind} surnames"] = [
                    fill(template, first=first, last=draw, rng=rng)
                    for templates in getattr(module, family).values()
                    for template in templates
                    for _ in range(COPIES)
                ]
    return sets


def open_sets() -> dict[str, list[Made]]:
    interviews = []
    for number in range(1, 16):
        text = data_file("pii_fr", f"interview_{number:02d}.txt").read_text(encoding="utf-8")
        labels = json.loads(data_file("pii_fr", f"interview_{number:02d}.json").read_text(encoding="utf-8"))[
            "entities"
        ]
        gold = [Gold(e["start_pos"], e["end_pos"], "person") for e in labels if e["entity_type"] == "PERSON"]
        interviews.append(Made(text, tuple(gold)))
    sentences = [
        Made(
            sentence["full_text"],
            tuple(
                Gold(span["start_position"], span["end_position"], "person")
                for span in sentence["spans"]
                if span["entity_type"] == "PERSON"
            ),
        )
        for sentence in json.loads(data_file("pii_en", "generated_small.json").read_text(encoding="utf-8"))
    ]
    return {"pii_fr, first interview": interviews[:1], "pii_fr, labels as they come": interviews, "pii_en": sentences}


def clean_text(name: str) -> str:
    return "".join(gzip.open(data_file(name, part), "rt", encoding="utf-8").read() for part in CLEAN[name])


def on_clean(text: str, *, timed: bool) -> dict[str, object]:
    """Finds a megabyte by category; if `timed`, megabytes a second of wall time, all together (best of three) and alone."""
    finder, megabytes = Finder.of({*FOUND, *HINTS}), len(text.encode()) / 1e6
    spans = finder.find(text)
    counts = {c.value: round(sum(s.category is c for s in spans) / megabytes, 1) for c in (*FOUND, *HINTS)}
    kept: dict[str, object] = {"megabytes": round(megabytes, 2), "finds_per_MB": counts}
    if timed:
        kept["MB_per_s"] = round(megabytes / min(seconds(finder, text) for _ in range(3)), 1)
        kept["MB_per_s_alone"] = {
            c.value: round(megabytes / seconds(Finder.of({c}), text), 1) for c in (*FOUND, *HINTS)
        }
    return kept


def seconds(finder: Finder, text: str) -> float:
    began = time.perf_counter()
    finder.find(text)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=HERE / "results" / "detect-persons.json")
    parser.add_argument("--timed", action="store_true", help="measure speed too: on a machine that does nothing else")
    given = parser.parse_args()
    finder = Finder.of(FOUND)
    kept: dict[str, object] = {"rule": "overlap with the surname, or with the mention where no surname stands apart"}
    made = made_sets()
    kept["person"] = {
        name: compared(texts, Category.PERSON, finder) for name, texts in {**made, **open_sets()}.items()
    }
    for category in (Category.ADDRESS, Category.BIRTH_DATE):
        kept[category.value] = {
            name: compared(texts, category, finder) for name, texts in made.items() if "invented" in name
        }
    kept["clean"] = {name: on_clean(clean_text(name), timed=given.timed) for name in CLEAN}
    write_atomic(given.out, (json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode())
    print(json.dumps(kept, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
