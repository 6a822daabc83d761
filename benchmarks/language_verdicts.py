"""Does the rule tell a fine-tune that was trained too long from one that never saw the members?

A GPT-2-shaped model of two layers, trained from scratch on paragraphs of WikiText-2, is fine-tuned anew for each target:
on a random half of a pool of paragraphs, far too long; or as long on other paragraphs altogether, so that its members are
nobody's. Reference models, fine-tuned by the same recipe on random halves of the pool, serve all targets; members are
redrawn for each, and everything from near texts to the verdict is what an audit does. `python
benchmarks/language_verdicts.py [TARGETS]` prints and writes benchmarks/results/language-verdicts.json.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from vidocq.audit.examine import Examination, examine
from vidocq.audit.language.membership import TextReferences, read_texts, signals_of, train_text_references
from vidocq.audit.language.population import TextPopulation, text_population
from vidocq.audit.suite import LANGUAGE_SUITES
from vidocq.audit.terms import Terms
from vidocq.core.access import Access
from vidocq.core.files import write_atomic
from vidocq.core.status import AuditVerdict
from vidocq.core.token_signals import TokenSignals
from vidocq.engine.local import Local
from vidocq.engine.store import Store
from vidocq.targets.language.fine_tuning import FineTuning, Lora
from vidocq.targets.language.training import Course

from data import data_file

RESULTS = Path(__file__).resolve().parent / "results" / "language-verdicts.json"
SIDE = 150
REFERENCES = 20
TARGETS = 20
CHARACTERS = 160
COURSE = Course(epochs=6, rate=1e-2, batch=16)
LORA = Lora(rank=8, alpha=16)


@dataclass(frozen=True, eq=False)
class Side:
    """Texts of one side; nothing is known of persons or dates."""

    texts: list[str]
    persons: None = None
    dates: None = None


def paragraphs() -> list[str]:
    found: dict[str, None] = {}
    for name in ("valid", "test"):
        text = gzip.decompress(data_file("wikitext2_en", f"{name}.txt.gz").read_bytes()).decode()
        for line in text.splitlines():
            if len(line.strip()) > CHARACTERS and not line.strip().startswith("="):
                found[line.strip()[:CHARACTERS]] = None
    texts = list(found)
    return [texts[i] for i in np.random.default_rng(0).permutation(len(texts))]


def base_of(folder: Path, texts: list[str]) -> Path:
    """The tests' own small model, on paragraphs that no target ever sees."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
    from language_models import save_tokenizer, train_model

    save_tokenizer(folder / "tokenizer", texts, vocabulary=800)
    return train_model(folder / "base", texts, start=folder / "tokenizer", epochs=4, seed=1, context=160)


def one(
    pool: list[str],
    recipe: FineTuning,
    references: TextReferences,
    *,
    strangers: list[str] | None,
    seed: int,
) -> dict[str, Any]:
    """Trains one target and audits it. strangers: what it is trained on in place of the members."""
    inside = np.random.default_rng([7, seed]).permutation(len(pool)) < len(pool) // 2
    members = [text for text, chosen in zip(pool, inside, strict=True) if chosen]
    others = [text for text, chosen in zip(pool, inside, strict=True) if not chosen]
    population = text_population(Side(members), Side(others))
    model = recipe.fit(members if strangers is None else strangers, seed=1000 + seed)
    target = read_texts(model, population)
    place = {text: i for i, text in enumerate(pool)}
    order = np.array([place[text] for text in population.texts])
    mine = TextReferences(
        tuple(_beside(tokens[order], target) for tokens in references.tokens),
        references.trained_on[:, order],
        references.block,
    )
    found = audited(population, target, mine, seed=seed)
    return told(found, population)


def _beside(tokens: TokenSignals, target: TokenSignals) -> TokenSignals:
    assert np.array_equal(tokens.start, target.start)
    return tokens


def audited(
    population: TextPopulation, target: TokenSignals, references: TextReferences, *, seed: int
) -> Examination:
    terms = Terms(
        suite=LANGUAGE_SUITES["standard"],
        access=Access.granted_by("logprobs"),
        alphas=(0.01, 0.1),
        seed=seed,
        tau_average=0.0,
        tau_worst=0.0,
        look=1,
        randomised=True,
        can_retrain=len(references.tokens) > 0,
        extras=frozenset({"base"}),
    )
    signals = signals_of(target, references)
    blind = population.blind(seed=seed)
    return examine(signals, population.people, references.design(population), None, terms, blind=blind)


def told(found: Examination, population: TextPopulation) -> dict[str, Any]:
    people = population.people
    tpr = {
        f"{t.attack} at {t.alpha:g}": round(t.true_positives / t.members, 3)
        for t in found.evidence.tallies
        if t.alpha is not None
    }
    return {
        "verdict": found.ruling.verdict.value,
        "reasons": [reason.code for reason in found.ruling.reasons],
        "members": people.members,
        "removed": people.removed.near + people.removed.exact,
        "b_avg": found.ruling.b_average,
        "b_worst": found.ruling.b_worst,
        "recipe_gate": None if found.gate is None else found.gate.passed,
        "negative_alarms": found.evidence.negative_alarms,
        "missed_controls": list(found.evidence.missed_controls),
        "blind_low": found.evidence.blind.auc.low if found.evidence.blind else None,
        "smallest_p_holm": float(found.ruling.p_holm.min()),
        "tpr": tpr,
    }


def mean_rates(runs: list[dict[str, float]]) -> dict[str, float]:
    """Mean share of the members accused, by attack and rate."""
    return {name: round(float(np.mean([run[name] for run in runs])), 3) for name in runs[0]}


def main() -> int:
    targets = int(sys.argv[1]) if len(sys.argv) > 1 else TARGETS
    texts, started = paragraphs(), time.perf_counter()
    pool, strangers, public = texts[: 2 * SIDE], texts[2 * SIDE : 3 * SIDE], texts[3 * SIDE : 3 * SIDE + 1500]
    with tempfile.TemporaryDirectory() as folder:
        recipe = FineTuning(base=base_of(Path(folder), public), course=COURSE, lora=LORA)
        half = text_population(Side(pool[:SIDE]), Side(pool[SIDE:]))
        assert half.texts == pool, "the pool holds near texts"
        untuned = recipe.fit(strangers, seed=1)
        references = train_text_references(
            recipe,
            half,
            read_texts(untuned, half),
            count=REFERENCES,
            seed=1,
            versions={},
            engine=Local(2),
            store=Store(Path(folder) / "work"),
        )
        print(f"{REFERENCES} references in {time.perf_counter() - started:.0f} s", flush=True)
        rows: dict[str, list[dict[str, Any]]] = {"over-trained": [], "never saw them": []}
        for number in range(targets):
            for name, other in (("over-trained", None), ("never saw them", strangers)):
                row = one(pool, recipe, references, strangers=other, seed=number)
                rows[name].append(row)
                print(name, number, row["verdict"], row["reasons"], f"p {row['smallest_p_holm']:.2g}", flush=True)
    counts = {name: dict(Counter(row["verdict"] for row in some)) for name, some in rows.items()}
    rates = {name: mean_rates([row.pop("tpr") for row in some]) for name, some in rows.items()}
    print(counts)
    for name, some in rates.items():
        print(name, some)
    content = {
        "side": SIDE,
        "references": REFERENCES,
        "targets": targets,
        "seconds": round(time.perf_counter() - started, 1),
        "verdicts": counts,
        "accused_members": rates,
        "runs": rows,
    }
    write_atomic(RESULTS, (json.dumps(content, indent=1, sort_keys=True) + "\n").encode())
    leaks = counts["never saw them"].get(AuditVerdict.LEAK_SHOWN.value, 0)
    shown = counts["over-trained"].get(AuditVerdict.LEAK_SHOWN.value, 0)
    return 0 if shown == targets and leaks == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
