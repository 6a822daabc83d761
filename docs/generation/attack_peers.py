"""The part of docs/peers.md that goes attack by attack: each beside the best public tool that has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median
from typing import Any

from vidocq.core.text import Lang
from vidocq.report.numbers import DOWN, UP, count, number, percent, points

from generation.markdown import table
from generation.stored import RESULTS, stored

PEERS = RESULTS.parent / "peers"
SETS = {"adult": "UCI Adult", "german": "German credit"}
PACKAGES = {
    "sacroml": "sacroml",
    "art": "adversarial-robustness-toolbox",
    "mialibrary": "mialibrary",
    "opake": "opake-auditing",
}
"""The package of the index, by the name its environment and its figures bear."""
OURS = (
    "lira",
    "rmia",
    "rmia, 4 references",
    "qmia",
    "label-only, noise",
    "label-only, paths",
    "label-only, noise, no reference",
    "label-only, paths, no reference",
)


@dataclass(frozen=True, kw_only=True)
class Beside:
    """One of our attacks beside one setting of a peer's, on the targets of one data set."""

    ours: str
    peer: str
    auc: Mapping[str, Any]
    tpr: Mapping[str, Any]
    peer_auc: float
    peer_tpr: float


def attack_by_attack() -> list[str]:
    return [*_best(), *_every(), *_more(), *_one_run(), *_one_run_peers()]


def _named(tool: str) -> str:
    """The package with its version, as pinned for its environment."""
    pins = (PEERS / f"requirements-{tool}.txt").read_text(encoding="utf-8").splitlines()
    (version,) = (line.partition("==")[2] for line in pins if line.partition("==")[0] == PACKAGES[tool])
    return f"{PACKAGES[tool]} {version}"


def _best() -> list[str]:
    """The attack's own table: who is stronger, and where nobody is there to compare with."""
    rows = []
    for name in (*SETS, *(f"{name}-qmia" for name in SETS)):
        for ours in OURS:
            found = [beside for beside in _all_beside(name) if beside.ours == ours]
            for tool in dict.fromkeys(beside.peer.partition(" ")[0] for beside in found):
                best = max(
                    (beside for beside in found if beside.peer.startswith(f"{tool} ")),
                    key=lambda beside: (beside.peer_tpr, beside.peer_auc),
                )
                setting = best.peer.partition(" ")[2]
                rows.append(
                    [
                        SETS.get(name, SETS[name.partition("-")[0]]),
                        str(best.auc["n"]),
                        f"`{ours}`",
                        f"{_named(tool)}, `{setting}`",
                        _gap(best.auc),
                        _gap(best.tpr),
                        _winner(best.auc, tool),
                        _winner(best.tpr, tool),
                    ]
                )
    if not rows:
        return []
    return [
        "## Each attack and the best peer that has it",
        "Ours minus the peer's, in points, with 95 % intervals (Student, paired over the targets). Of several settings of a "
        "peer the strongest is taken, by TPR at 1 % FPR, then AUC, chosen on these very targets: a choice that can only favour "
        "the peer. Every peer comes from the package index, in an environment of its own.",
        table(["Data", "Targets", "Attack", "Peer", "AUC", "TPR at 1 % FPR", "Who, by AUC", "Who, by TPR"], rows),
        *_not_measured(),
        "`structure` gives counts and no rate of this kind: it stands beside sacroml's below, as `one-run`, which bounds "
        "epsilon, beside opake-auditing's. `label-gap` is the one bit that the toolbox's rule-based "
        "attack reads, correct or not, and `loss` the order that every threshold on the loss gives: two tools cannot differ "
        "there. No package of the index was found that has `loss-trace`, and LeakPro's is empty.",
    ]


def _not_measured() -> list[str]:
    """What stands beside a peer on one data set and not on another, said and not left out."""
    held = {name: {(beside.ours, beside.peer.partition(" ")[0]) for beside in _all_beside(name)} for name in SETS}
    known = set().union(*held.values())
    return [
        f"Not measured on {title}: "
        + ", ".join(f"`{ours}` beside {_named(tool)}" for ours, tool in sorted(known - held[name]))
        + "."
        for name, title in SETS.items()
        if known - held[name]
    ]


def _all_beside(name: str) -> list[Beside]:
    found = []
    peers, attacks, more = stored("peers.json"), stored("attacks.json"), stored("more-peers.json")
    suite = (peers or {}).get("suites", {}).get(name, {})
    for pair in suite.get("comparisons", []):
        if pair["first"].startswith("vidocq/") and pair["second"].startswith("sacroml/"):
            setting = pair["second"].partition("/")[2]
            told = suite["summary"]["sacroml"][setting]
            found.append(
                Beside(
                    ours=pair["first"].partition("/")[2],
                    peer=f"sacroml {setting}",
                    auc=pair["auc_difference"],
                    tpr=pair["tpr_difference"],
                    peer_auc=told["mean_auc"],
                    peer_tpr=told["mean_tpr"],
                )
            )
    held = (attacks or {}).get("suites", {}).get(name, {})
    found += _of_pairs(held.get("pairs", {}), held.get("mean", {}))
    labels = (more or {}).get("suites", {}).get(name, {}).get("label_only")
    if labels:
        found += _of_pairs(labels["pairs"], _means(labels["targets"]))
    return found


def _of_pairs(pairs: Mapping[str, Any], means: Mapping[str, Any]) -> list[Beside]:
    found = []
    for pair, gap in pairs.items():
        who, _, figure = pair.rpartition(": ")
        ours, _, peer = who.partition(" - ")
        if figure == "auc" and peer.partition(" ")[0] in PACKAGES:
            told = means[peer]
            found.append(
                Beside(
                    ours=ours,
                    peer=peer,
                    auc=gap,
                    tpr=pairs[f"{who}: tpr"],
                    peer_auc=told["auc"],
                    peer_tpr=told["tpr"],
                )
            )
    return found


def _means(targets: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    return {
        attack: {figure: mean(t["attacks"][attack][figure] for t in targets) for figure in ("auc", "tpr")}
        for attack in targets[0]["attacks"]
    }


def _rates(means: Mapping[str, Any]) -> str:
    rows = [
        [f"`{attack}`", number(told["auc"], Lang.en, digits=3), percent(told["tpr"], Lang.en)]
        for attack, told in sorted(means.items(), key=lambda item: item[1]["auc"])
    ]
    return table(["Attack", "AUC", "TPR at 1 % FPR"], rows)


def _gap(gap: Mapping[str, Any]) -> str:
    low, high = gap["t_interval"]
    return (
        f"{points(gap['mean'], Lang.en, digits=2)} [{points(low, Lang.en, digits=2, rounding=DOWN)}; "
        f"{points(high, Lang.en, digits=2, rounding=UP)}]"
    )


def _winner(gap: Mapping[str, Any], peer: str) -> str:
    low, high = gap["t_interval"]
    return "Vidocq" if low > 0 else peer if high < 0 else "no difference shown"


def _gaps(pairs: Mapping[str, Any]) -> str:
    return "\n".join(f"- {pair}: {_gap(gap)} points" for pair, gap in pairs.items())


def _every() -> list[str]:
    """Our own attacks beside each other, their baselines and their peers."""
    found = stored("attacks.json")
    if found is None or "suites" not in found:
        return []
    parts = [
        "## Every membership attack on the same targets",
        f"`python benchmarks/attacks.py`: default forests, {found['references']} reference models, suite *thorough*. `qmia` "
        "trains no reference model and is counted on a third of the non-members; sacroml's, at its two settings, learns from "
        "the same outsiders and is counted on the same others. mialibrary trains nothing and scores the signals it is given: "
        "those of our own reference models. `label-only` reads labels alone, 16 queries a record. `label-gap` and `loss` are "
        "baselines.",
    ]
    for name, title in SETS.items():
        suite = found["suites"].get(name)
        if suite is None:
            continue
        parts += [
            f"### {title}, {len(suite['targets'])} targets",
            f"Measured with suite *thorough*, version {suite['suite_version']}.",
            _rates(suite["mean"]),
            _gaps(suite["pairs"]),
        ]
        more = found["suites"].get(f"{name}-qmia")
        if more:
            parts += [
                f"`qmia` alone on {len(more['targets'])} other draws of members, for five leave a wide interval:",
                _rates(more["mean"]),
                _gaps(more["pairs"]),
            ]
    return parts


def _more() -> list[str]:
    found = stored("more-peers.json")
    if found is None:
        return []
    parts = [
        "## Labels alone, and the model's file",
        "`python benchmarks/more_peers.py`, on the same targets. The toolbox searches the boundary by HopSkipJump, its "
        "settings those it has by default; all are counted on one draw of records, as many members as outsiders. Ours spends "
        f"16 queries a record on the target, noise, or 13, paths, and has {found['references']} reference models, or none.",
    ]
    for name, title in SETS.items():
        suite = found["suites"].get(name)
        if suite is None:
            continue
        targets = suite["label_only"]["targets"]
        asked = median(target["setting"]["queries_per_record"] for target in targets)
        counted = targets[0]["counted"]
        parts += [
            f"### {title}, {len(targets)} targets: {counted[0]} members and {counted[1]} outsiders each",
            _rates(_means(targets)),
            _gaps(suite["label_only"]["pairs"]),
            f"The toolbox asks {count(round(asked), Lang.en)} queries a record (median).",
            *_structure(suite["structure"]),
        ]
    return parts


def _structure(forests: Sequence[Mapping[str, Any]]) -> list[str]:
    rows = []
    for place, forest in enumerate(forests):
        ours = next(q for q in forest["ours"] if "answers fewer" in q["quantity"])
        rows.append(
            [
                "coarse" if place == len(forests) - 1 else str(place + 1),
                str(sum(forest["sacroml"]["flags"].values())),
                percent(forest["sacroml"]["members_in_small_cells"], Lang.en),
                percent(ours["members"], Lang.en),
                percent(ours["outsiders"], Lang.en),
            ]
        )
    return [
        "sacroml's structural attack and our `structure` on the same forests, and last on one whose leaves hold a hundred "
        "records or more. The share of members in cells of fewer than ten is the same figure in both; ours stands beside that "
        "of outsiders.",
        table(
            [
                "Forest",
                "sacroml: flags of 6",
                "sacroml: members in small cells",
                "Ours: members",
                "Ours: outsiders",
            ],
            rows,
        ),
    ]


def _one_run() -> list[str]:
    found = stored("one_run.json")
    if found is None:
        return []
    rows = []
    for case in found["cases"]:
        share = case["share_of_epsilon"]
        rows.append(
            [
                f"`{case['bound']}`",
                number(case["epsilon"], Lang.en, digits=0),
                percent(case["noise_share"], Lang.en, digits=0),
                f"{case['under_epsilon']} of {case['seeds']}",
                *(number(share[name], Lang.en, digits=2) for name in ("least", "median", "most")),
                *(f"{case['reached'][wanted]} of {case['seeds']}" for wanted in ("0.3", "0.5")),
                "none" if case["wanted"] is None else number(case["wanted"], Lang.en, digits=1),
            ]
        )
    canaries = count(found["cases"][0]["canaries"], Lang.en)
    return [
        "## Epsilon from one training run",
        f"`python benchmarks/one_run.py`: {canaries} canaries, a logistic regression by noisy gradient descent whose epsilon "
        f"is known exactly, delta = {found['delta']:g}, bounds at {percent(found['level'], Lang.en, digits=0)}. `steinke` is "
        "the bound of arXiv:2305.08846, of which 0.3 of epsilon is asked. arXiv:2410.22235 tests the trade-off curve that the "
        "claim rests on, here that of Gaussian noise: `f-dp-gaussian`, of which 0.5 is asked. `f-dp` tests the curve of "
        "(epsilon, delta) alone, which holds whatever the noise and knows less: nothing is asked of it. Where a quarter only of "
        "the noise claimed is added, the bound has to exceed the claim.",
        table(
            [
                "Bound",
                "Epsilon",
                "Of the noise",
                "Under epsilon",
                "Share: least",
                "Median",
                "Most",
                "0.3 reached",
                "0.5 reached",
                "Asked",
            ],
            rows,
        ),
    ]


def _one_run_peers() -> list[str]:
    found = stored("one-run-peers.json")
    if found is None:
        return []
    rows, gaps = [], []
    for epsilon, told in found["epsilons"].items():
        for bound in told["targets"][0]:
            values = [target[bound] for target in told["targets"]]
            rows.append(
                [
                    epsilon,
                    f"`{bound}`",
                    *(number(value, Lang.en, digits=2) for value in (min(values), median(values), max(values))),
                ]
            )
        gaps += [f"- epsilon {epsilon}, {pair}: {_gap(gap)} points of epsilon" for pair, gap in told["pairs"].items()]
    return [
        f"`python benchmarks/one_run_peers.py`: beside {_named('opake')} on the same canaries, coins and trainings. It guesses "
        "about every canary, by a threshold chosen after the fact; ours guess about as many as were registered before.",
        table(["Epsilon", "Bound", "Share: least", "Median", "Most"], rows),
        "\n".join(gaps),
    ]
