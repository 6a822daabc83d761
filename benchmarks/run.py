"""`make bench`: Vidocq and its peers attack the same target models in turn, and a table says who does better.

Each tool is a program that reads a split and writes an attempt (see peers/handover.py), in an environment of its own.
Every tool trains the target model itself from the same recipe, random state and scikit-learn; the bench then compares
the probabilities those models give, and stops if they differ: all attack one and the same model.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from statistics import fmean, median
from typing import Any

import numpy as np

import adult
import cancer
import german
from data import DataAbsent
from environments import HERE, WORK, environment
from paired import paired_difference, paired_times
from peers.handover import Attempt, BoolArray, FloatArray, Split, read_attempt, write_split
from rates import auc, tpr_at_fpr

FPR = 0.01
SEED = 20261122
SAME_MODEL = 1e-9  # probabilities of one model, summed over its trees in whatever order


@dataclass(frozen=True, kw_only=True)
class Tool:
    """`python` builds or finds the interpreter; `runner` is the program it starts. No runner file: not plugged in.

    `max_threads`: more than that slows the tool down. `sources`: a folder of Python files that its answer depends on.
    """

    name: str
    python: Callable[[], Path]
    runner: Path
    max_threads: int | None = None
    sources: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Suite:
    """Targets to attack, and by which tools. `threads` is what serves the peers best on targets of that size."""

    name: str
    targets: Callable[[], list[Split]]
    tools: tuple[str, ...]
    references: int
    threads: int


@dataclass(frozen=True, kw_only=True)
class Run:
    """One target attacked by every tool."""

    split: Split
    attempts: dict[str, Attempt]


# Vidocq's own side is the program run_vidocq.py, once it is there: same arguments, same attempt as the peers.
TOOLS = {
    tool.name: tool
    for tool in (
        Tool(
            name="vidocq",
            python=lambda: Path(sys.executable),
            runner=HERE / "run_vidocq.py",
            sources=HERE.parent / "src",
        ),
        Tool(name="sacroml", python=lambda: environment("sacroml"), runner=HERE / "peers" / "run_sacroml.py"),
        Tool(
            name="art",
            python=lambda: environment("art"),
            runner=HERE / "peers" / "run_art.py",
            max_threads=1,  # its neural attack model is so small that two threads take four times longer than one
        ),
    )
}


def suites(*, quick: bool, threads: int) -> list[Suite]:
    if quick:
        return [
            Suite(
                name="adult",
                targets=lambda: adult.splits(2, seed=SEED, members=500, non_members=500),
                tools=("vidocq", "sacroml", "art"),
                references=8,
                threads=1,
            ),
            Suite(
                name="cancer",
                targets=lambda: cancer.splits(2),
                tools=("vidocq", "sacroml"),
                references=10,
                threads=1,
            ),
        ]
    return [
        Suite(
            name="adult",
            targets=lambda: adult.splits(5, seed=SEED),
            tools=("vidocq", "sacroml", "art"),
            references=64,
            threads=threads,
        ),
        Suite(name="cancer", targets=cancer.splits, tools=("vidocq", "sacroml"), references=100, threads=1),
        Suite(
            name="german",
            targets=lambda: german.splits(5, seed=SEED),
            tools=("vidocq", "sacroml", "art"),
            references=64,
            threads=1,
        ),
    ]


def run_tool(tool: Tool, split: Split, *, python: Path, suite: Suite, folder: Path, resume: bool) -> Attempt:
    """Runs the tool's program, or with `resume` takes up what it has already answered to the same question."""
    given = folder / "splits" / f"{split.name}.npz"
    out = folder / "attempts" / tool.name / given.name
    threads = min(suite.threads, tool.max_threads or suite.threads)
    asked = ["--references", str(suite.references), "--threads", str(threads), "--seed", str(SEED)]
    key, stored_key = key_of(tool, split, asked), out.with_suffix(".key")
    if resume and stored_key.exists() and stored_key.read_text(encoding="utf-8") == key:
        print(f"  {split.name}: {tool.name}, as found", flush=True)
        return read_attempt(out)
    print(f"  {split.name}: {tool.name}", flush=True)
    stored_key.unlink(missing_ok=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_split(split, given)
    log = out.with_suffix(".log")
    with log.open("w", encoding="utf-8") as lines:
        command = [str(python), str(tool.runner), "--split", str(given), "--out", str(out), *asked]
        done = subprocess.run(command, stdout=lines, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        tail = log.read_text(encoding="utf-8").splitlines()[-5:]
        raise SystemExit("\n".join([f"{tool.name} failed on {split.name}:", *tail]))
    stored_key.write_text(key, encoding="utf-8")
    return read_attempt(out)


def key_of(tool: Tool, split: Split, asked: Sequence[str]) -> str:
    """Changes with the records, the recipe, the arguments, the tool's program and its pins."""
    digest = hashlib.sha256(json.dumps([tool.name, asdict(split.recipe), list(asked), sys.version]).encode())
    for array in (split.x, split.y, split.is_member):
        digest.update(np.ascontiguousarray(array).tobytes())
    pins = HERE / "peers" / f"requirements-{tool.name}.txt"
    sources = sorted(tool.sources.rglob("*.py")) if tool.sources else []
    for program in (tool.runner, HERE / "peers" / "handover.py", pins, *sources):
        digest.update(program.read_bytes() if program.exists() else b"")
    return digest.hexdigest()


def attack_in_turn(suite: Suite, tools: Sequence[Tool], *, folder: Path, resume: bool) -> Iterator[Run]:
    """All tools on one target before the next, a different one first each time: a busy machine slows all alike."""
    pythons = {tool.name: tool.python() for tool in tools}
    for position, split in enumerate(suite.targets()):
        turn = position % len(tools)
        attempts = {
            tool.name: run_tool(tool, split, python=pythons[tool.name], suite=suite, folder=folder, resume=resume)
            for tool in (*tools[turn:], *tools[:turn])
        }
        require_one_model(split, attempts)
        yield Run(split=split, attempts={tool.name: attempts[tool.name] for tool in tools})


def require_one_model(split: Split, attempts: dict[str, Attempt]) -> None:
    for (one, first), (two, second) in combinations(attempts.items(), 2):
        gap = float(np.abs(first.target_proba - second.target_proba).max())
        if gap > SAME_MODEL:
            raise SystemExit(
                f"{split.name}: {one} and {two} attacked different models (probabilities differ by {gap})"
            )


def measured(split: Split, attempt: Attempt) -> dict[str, Any]:
    attacks = {}
    for name, result in attempt.attacks.items():
        scores, is_member = result.scores[result.evaluated], split.is_member[result.evaluated]
        attacks[name] = {
            "auc": auc(scores, is_member),
            "tpr": tpr_or_none(scores, is_member),
            "members": int(is_member.sum()),
            "non_members": int((~is_member).sum()),
            "tied_at_top_non_members": int((scores[~is_member] == scores.max()).sum()),
            "seconds": {stage: round(value, 3) for stage, value in result.seconds.items()},
            "total_seconds": round(sum(result.seconds.values()), 3),
            "setting": result.setting,
            "own_report": result.own_report,
        }
    return {"attacks": attacks, "threads": attempt.threads, "peak_memory_mb": attempt.peak_memory_mb}


def tpr_or_none(scores: FloatArray, is_member: BoolArray) -> float | None:
    """None, said in the results, where there are too few non-members to read the rate."""
    try:
        return tpr_at_fpr(scores, is_member, fpr=FPR)
    except ValueError:
        return None


def summary(targets: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Means over targets of each attack, by tool."""
    told: dict[str, dict[str, Any]] = {}
    for tool, first in targets[0]["tools"].items():
        told[tool] = {}
        for attack in first["attacks"]:
            rows = [target["tools"][tool]["attacks"][attack] for target in targets]
            rates = [row["tpr"] for row in rows if row["tpr"] is not None]
            told[tool][attack] = {
                "mean_auc": fmean(row["auc"] for row in rows),
                "min_auc": min(row["auc"] for row in rows),
                "max_auc": max(row["auc"] for row in rows),
                "mean_tpr": fmean(rates) if rates else None,
                "median_seconds": median(row["total_seconds"] for row in rows),
            }
    return told


def best_attack(summarised: dict[str, Any]) -> str:
    """The strongest by mean TPR, then AUC, chosen on these very targets: a choice that can only favour the tool."""
    return max(summarised, key=lambda name: (summarised[name]["mean_tpr"] or 0.0, summarised[name]["mean_auc"]))


def compared(one: str, two: str, chosen: dict[str, str], runs: Sequence[Run]) -> dict[str, Any]:
    """The best attack of each, target by target, on the records that both evaluated."""
    values: dict[str, list[list[float | None]]] = {"auc": [[], []], "tpr": [[], []]}
    seconds: list[list[float]] = [[], []]
    for run in runs:
        pair = [run.attempts[tool].attacks[chosen[tool]] for tool in (one, two)]
        both = pair[0].evaluated & pair[1].evaluated
        is_member = run.split.is_member[both]
        for side, result in enumerate(pair):
            values["auc"][side].append(auc(result.scores[both], is_member))
            values["tpr"][side].append(tpr_or_none(result.scores[both], is_member))
            seconds[side].append(sum(result.seconds.values()))
    told: dict[str, Any] = {"first": f"{one}/{chosen[one]}", "second": f"{two}/{chosen[two]}"}
    if len(runs) < 2:
        return told
    for figure, (first, second) in values.items():
        if None not in first and None not in second:
            rng = np.random.default_rng(SEED)
            told[f"{figure}_difference"] = asdict(paired_difference(first, second, rng=rng))
    return {**told, "times": asdict(paired_times(*seconds))}


def run_suite(suite: Suite, tools: Iterable[Tool], *, folder: Path, resume: bool) -> dict[str, Any]:
    here = [tool for tool in tools if tool.name in suite.tools]
    print(f"{suite.name}: {', '.join(tool.name for tool in here)}", flush=True)
    load = os.getloadavg()[0]
    runs = list(attack_in_turn(suite, here, folder=folder, resume=resume))
    targets = [
        {
            "name": run.split.name,
            "recipe": asdict(run.split.recipe),
            "target_accuracy": {
                "members": accuracy(run, run.split.is_member),
                "non_members": accuracy(run, ~run.split.is_member),
            },
            "tools": {name: measured(run.split, attempt) for name, attempt in run.attempts.items()},
        }
        for run in runs
    ]
    told = summary(targets)
    chosen = {tool: best_attack(attacks) for tool, attacks in told.items()}
    return {
        "references": suite.references,
        "load_average": [round(load, 2), round(os.getloadavg()[0], 2)],
        "versions": {name: attempt.versions for name, attempt in runs[0].attempts.items()},
        "summary": told,
        "best_attack": chosen,
        "comparisons": [compared(one, two, chosen, runs) for one, two in combinations([t.name for t in here], 2)],
        "targets": targets,
    }


def without_times(result: dict[str, Any]) -> dict[str, Any]:
    """The same results of a suite, of a machine too busy for its times to be worth reading."""
    for target in result["targets"]:
        for tool in target["tools"].values():
            for row in tool["attacks"].values():
                del row["seconds"], row["total_seconds"]
    for attacks in result["summary"].values():
        for row in attacks.values():
            row["median_seconds"] = None
    for pair in result["comparisons"]:
        pair.pop("times", None)
    return {name: told for name, told in result.items() if name != "load_average"}


def beside_stored(about: dict[str, Any], path: Path, *, timed: bool) -> dict[str, Any]:
    """What is stored, for one more suite to be written into it; `about` this run where nothing is.

    Rates depend on the seed and on nothing of the machine; times do. SystemExit where the stored run is another.
    """
    if not path.exists():
        return about
    stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    same = ("fpr", "seed", "quick", *(["machine"] if timed else []))
    differs = [name for name in same if stored[name] != about[name]]
    if differs:
        raise SystemExit(f"{path.name} is of another run ({', '.join(differs)}): give --out, or run every suite")
    return stored | ({"resumed": stored["resumed"] or about["resumed"], "note": about["note"]} if timed else {})


def accuracy(run: Run, rows: BoolArray) -> float:
    proba = next(iter(run.attempts.values())).target_proba
    return float(np.mean(proba[rows].argmax(axis=1) == run.split.y[rows]))


def machine() -> dict[str, Any]:
    model = "unknown"
    described = Path("/proc/cpuinfo")
    if described.exists():
        names = [line for line in described.read_text(encoding="utf-8").splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    return {"cpu": model, "cores": os.cpu_count()}


def print_table(name: str, result: dict[str, Any]) -> None:
    print(f"\n{name}: {len(result['targets'])} targets, {result['references']} reference models")
    print(f"{'attack':<36}{'AUC':>8}{'TPR@1%':>9}{'seconds':>10}")
    for tool, attacks in result["summary"].items():
        for attack, row in attacks.items():
            rate = "   n/a" if row["mean_tpr"] is None else f"{row['mean_tpr']:.4f}"
            best = "  <- best of the tool" if result["best_attack"][tool] == attack else ""
            seconds = "n/a" if row["median_seconds"] is None else f"{row['median_seconds']:.1f}"
            print(f"{tool + '/' + attack:<36}{row['mean_auc']:>8.4f}{rate:>9}{seconds:>10}{best}")
    for pair in result["comparisons"]:
        print(f"{pair['first']} minus {pair['second']}")
        for figure in ("auc", "tpr"):
            if f"{figure}_difference" in pair:
                gap = pair[f"{figure}_difference"]
                low, high = gap["t_interval"]
                print(
                    f"  {figure.upper()}: {gap['mean']:+.4f}, 95 % interval [{low:+.4f}, {high:+.4f}], n={gap['n']}"
                )
        if "times" in pair:
            low, high = pair["times"]["ratio_interval"]
            print(f"  time: {pair['times']['ratio']:.2f} times, 95 % interval [{low:.2f}, {high:.2f}]")


def write_results(results: dict[str, Any], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    temporary.replace(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="tiny targets: does everything still run?")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "peers.json")
    parser.add_argument("--only", choices=["adult", "cancer", "german"], help="one suite; the others stay as stored")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="for every tool, on Adult")
    parser.add_argument("--untimed", action="store_true", help="the machine is busy: keep no time")
    parser.add_argument("--note", default="", help="what a reader should know of this run, kept with the results")
    parser.add_argument("--resume", action="store_true", help="keep what an interrupted run has already measured")
    given = parser.parse_args()
    folder = WORK / ("quick" if given.quick else "full")

    tools = [tool for tool in TOOLS.values() if tool.runner.is_file()]
    absent = sorted(set(TOOLS) - {tool.name for tool in tools})
    if absent:
        print(f"not plugged in yet: {', '.join(absent)}")
    chosen = [s for s in suites(quick=given.quick, threads=given.threads) if given.only in (None, s.name)]
    results: dict[str, Any] = {
        "fpr": FPR,
        "seed": SEED,
        "quick": given.quick,
        "note": given.note,
        "resumed": given.resume,
        "machine": machine(),
        "not_plugged_in": absent,
        "suites": {},
    }
    if given.only:
        results = beside_stored(results, given.out, timed=not given.untimed)
    try:
        for suite in chosen:
            found = run_suite(suite, tools, folder=folder, resume=given.resume)
            results["suites"][suite.name] = without_times(found) if given.untimed else found
            write_results(results, given.out)  # a long run keeps what it has
    except DataAbsent as absence:
        raise SystemExit(str(absence)) from absence
    for suite in chosen:
        print_table(suite.name, results["suites"][suite.name])


if __name__ == "__main__":
    main()
