"""docs/peers.md and the block of the READMEs, from benchmarks/results/peers*.json."""

from collections.abc import Mapping
from statistics import median
from typing import Any

from vidocq.core.text import Lang, Text
from vidocq.report.numbers import DOWN, UP, count, number, percent, points, rate
from vidocq.report.typography import polished

from generation.attack_peers import attack_by_attack
from generation.markdown import page, table
from generation.stored import RESULTS, stored

FILE = "peers.json"
OURS = "vidocq"
ABSENT = Text(
    fr="*Pas encore mesuré : `make bench` n'a pas été exécuté, ou son résultat n'a pas été conservé.*",
    en="*Not measured yet: `make bench` has not been run, or its result has not been kept.*",
)
NAMES = {"vidocq": "Vidocq", "sacroml": "sacroml", "art": "adversarial-robustness-toolbox"}
SUITES = {
    "adult": Text(fr="UCI Adult, forêt aléatoire", en="UCI Adult, random forest"),
    "cancer": Text(fr="Cancer du sein, forêt par défaut", en="Breast cancer, default forest"),
    "german": Text(fr="German credit, forêt par défaut", en="German credit, default forest"),
}
FIGURES = {
    "tpr": Text(fr="le taux de vrais positifs à {rate} de faux positifs", en="TPR at {rate} FPR"),
    "auc": Text(fr="l'AUC", en="AUC"),
}


def peers_page() -> str:
    """Every stored comparison, with every attack of every tool."""
    opening = [
        "# Peers",
        "`make bench` has Vidocq and other public tools attack the same target models in turn, each in an environment "
        "of its own. AUC and true-positive rate are computed by the same code for all, ties against the attack. Times "
        "are what a user waits for the attack; training of the target is left out.",
    ]
    files = sorted(path.name for path in RESULTS.glob("peers*.json"))
    held = {name: content for name in files if (content := stored(name)) is not None}
    if not held:
        return page(*opening, ABSENT.en)
    parts = [part for name, content in held.items() for part in _file(name, content)]
    return page(
        *opening,
        *parts,
        *_steps(),
        *attack_by_attack(),
        *_networks(),
        *_logistic(),
        *_audit_of_a_network(),
        *_boosting(),
        *_out_of_bag(),
        *_scoring(),
    )


def peers_block(lang: Lang) -> str:
    """The best attack of each tool on each suite, and in words who does better."""
    found = stored(FILE)
    if found is None or found["quick"] or not found["suites"]:
        return polished(ABSENT.to(lang), lang)
    rows, said = [], []
    for name, suite in sorted(found["suites"].items()):
        for tool, attack in suite["best_attack"].items():
            rows.append([_suite(name).to(lang), *_row(tool, attack, suite, found["fpr"], lang)])
        bullet = Text(fr="- {} : {}", en="- {}: {}").to(lang)
        said += [bullet.format(_suite(name).to(lang), line) for line in _said(suite, found["fpr"], lang)]
    if OURS in found["not_plugged_in"]:
        absent = Text(
            fr="- Vidocq lui-même n'y est pas encore mesuré.", en="- Vidocq itself is not measured there yet."
        )
        said.append(absent.to(lang))
    return f"{table(_head(found['fpr'], lang), rows)}\n\n" + "\n".join(polished(line, lang) for line in said)


def _head(fpr: float, lang: Lang) -> list[str]:
    head = Text(
        fr="Cible|Outil|Sa meilleure attaque|AUC|VP à {rate} de FP|Secondes (médiane)",
        en="Target|Tool|Its best attack|AUC|TPR at {rate} FPR|Seconds (median)",
    )
    return head.to(lang).format(rate=rate(fpr, lang)).split("|")


def _suite(name: str) -> Text:
    return SUITES.get(name, Text(fr=name, en=name))


def _row(tool: str, attack: str, suite: Mapping[str, Any], fpr: float, lang: Lang) -> list[str]:
    row = suite["summary"][tool][attack]
    return [
        f"{NAMES.get(tool, tool)} {suite['versions'].get(tool, {}).get(NAMES.get(tool, tool).lower(), '')}".strip(),
        f"`{attack}`",
        number(row["mean_auc"], lang, digits=3),
        percent(row["mean_tpr"], lang),
        number(row["median_seconds"], lang, digits=1),
    ]


def _said(suite: Mapping[str, Any], fpr: float, lang: Lang) -> list[str]:
    """One sentence per comparison with Vidocq: a peer that wins is named as the winner."""
    lines = []
    for pair in suite["comparisons"]:
        tools = [pair[side].partition("/")[0] for side in ("first", "second")]
        if OURS not in tools:
            continue
        sign = 1 if tools[0] == OURS else -1
        peer = tools[1] if sign == 1 else tools[0]
        lines += [
            _who(
                pair[f"{figure}_difference"], sign, peer, FIGURES[figure].to(lang).format(rate=rate(fpr, lang)), lang
            )
            for figure in FIGURES
            if f"{figure}_difference" in pair
        ]
        if "times" in pair:
            lines.append(_faster(pair["times"], sign, peer, lang))
    return lines


def _who(gap: Mapping[str, Any], sign: int, peer: str, figure: str, lang: Lang) -> str:
    low, high = sorted(sign * end for end in gap["t_interval"])
    winner = NAMES[OURS] if low > 0 else NAMES.get(peer, peer) if high < 0 else None
    said = Text(
        fr="pour {figure}, Vidocq moins {peer} : {mean} points [{low} ; {high}], {end}.",
        en="for {figure}, Vidocq minus {peer}: {mean} points [{low}; {high}], {end}.",
    )
    end = Text(fr="{} fait mieux", en="{} does better").to(lang).format(winner) if winner else NO_DIFFERENCE.to(lang)
    return said.to(lang).format(
        figure=figure,
        peer=NAMES.get(peer, peer),
        mean=points(sign * gap["mean"], lang, digits=2),
        low=points(low, lang, digits=2, rounding=DOWN),
        high=points(high, lang, digits=2, rounding=UP),
        end=end,
    )


def _faster(times: Mapping[str, Any], sign: int, peer: str, lang: Lang) -> str:
    low, high = sorted(end**sign for end in times["ratio_interval"])
    winner = NAMES[OURS] if high < 1 else NAMES.get(peer, peer) if low > 1 else None
    end = (
        Text(fr="{} est plus rapide", en="{} is faster").to(lang).format(winner) if winner else NO_DIFFERENCE.to(lang)
    )
    said = Text(
        fr="temps de Vidocq rapporté à celui de {peer} : {ratio} [{low} ; {high}], {end}.",
        en="time of Vidocq over that of {peer}: {ratio} [{low}; {high}], {end}.",
    )
    return said.to(lang).format(
        peer=NAMES.get(peer, peer),
        ratio=number(times["ratio"] ** sign, lang),
        low=number(low, lang, rounding=DOWN),
        high=number(high, lang, rounding=UP),
        end=end,
    )


NO_DIFFERENCE = Text(fr="aucun écart établi", en="no difference shown")


def _file(name: str, found: Mapping[str, Any]) -> list[str]:
    lang = Lang.en
    about = [f"{found['machine']['cpu']}, {found['machine']['cores']} cores, seed {found['seed']}."]
    about += [found["note"]] if found["note"] else []
    about += (
        ["A quick run: it shows that everything works, and no figure of it is worth quoting."]
        if found["quick"]
        else []
    )
    about += [f"Not plugged in: {', '.join(found['not_plugged_in'])}."] if found["not_plugged_in"] else []
    parts = [f"## `{name}`", " ".join(about)]
    for suite_name, suite in sorted(found["suites"].items()):
        rows = [
            [*_row(tool, attack, suite, found["fpr"], lang), "yes" if suite["best_attack"][tool] == attack else ""]
            for tool, attacks in suite["summary"].items()
            for attack in attacks
        ]
        parts += [
            f"### {_suite(suite_name).en}",
            f"{count(len(suite['targets']), lang)} targets, {count(suite['references'], lang)} reference models. The "
            "best attack of a tool is chosen on these very targets, which can only favour it.",
            table([*_head(found["fpr"], lang)[1:2], "Attack", *_head(found["fpr"], lang)[3:], "Best"], rows),
            "\n".join(f"- {line[0].upper()}{line[1:]}" for line in _said(suite, found["fpr"], lang)),
        ]
    return parts


STEPS = {
    "own_gaussian": "sacroml's formula: probabilities kept 1e-16 away from 0 and 1, each record's own deviation, Gaussian",
    "bounded": "log-odds bounded by the largest finite one seen",
    "shrunk": "variances shrunk across records, Student's law: our `lira-offline`",
    "both_worlds": "models that had the record as well as models that had not: our `lira`",
}


def _steps() -> list[str]:
    """Where the distance to sacroml comes from."""
    found = stored("steps.json")
    if found is None:
        return []
    rows = [[said, number(found["mean_auc"][step], Lang.en, digits=3)] for step, said in STEPS.items()]
    return [
        "## Where the distance to sacroml comes from",
        f"Breast cancer, {found['splits']} splits, {found['references']} reference models. The same signals are scored "
        "step by step, from sacroml's formula to ours. The first line should be near sacroml's own figure above: it "
        "has other reference models.",
        table(["Step", "Mean AUC"], rows),
    ]


def _networks() -> list[str]:
    found = stored("torch-stack.json")
    if found is None:
        return []
    rows = [
        [
            name,
            number(found["median"][name], Lang.en, digits=1),
            "" if name == "stack" else number(found["ratio"][name], Lang.en, digits=1),
        ]
        for name in found["seconds"]
    ]
    return [
        "## Networks: many at once",
        f"`python benchmarks/torch_stack.py`: {found['models']} networks {found['columns']} → 128 → 14 on UCI Adult "
        f"(occupation), 5,000 records each, batches of 64, Adam, 30 epochs; torch {found['versions']['torch']}, "
        f"{found['machine']['cores']} cores, in turn, medians. Stacks of {found['stack']}, in two processes. Each loop trains "
        f"{found['sample']} of the models and is scaled up.",
        table(["", "Seconds", "Times as long as the stack"], rows),
    ]


def _logistic() -> list[str]:
    found = stored("logistic-stack.json")
    if found is None:
        return []
    rows = [
        [name, *(number(found["median"][f"{name}, threads: {threads}"], Lang.en, digits=2) for threads in (1, 2))]
        for name in ("stack", *found["ratio_of_best"])
    ]
    gaps = [
        f"- `{name}` takes {number(ratio, Lang.en, digits=1)} times as long as the stack, each at its best."
        for name, ratio in found["ratio_of_best"].items()
    ]
    return [
        "## Logistic models: many at once",
        f"`python benchmarks/logistic_stack.py`: {found['models']} models of {count(found['records'], Lang.en)} records and "
        f"{found['columns']} columns; the others are scikit-learn {found['versions']['scikit-learn']}'s solvers, model by "
        f"model; {found['cores']} cores, in turn, medians. Coefficients differ by at most "
        f"{found['largest_difference_of_coefficients']:.0e}.",
        table(["", "Seconds, one thread", "Seconds, two threads"], rows),
        "\n".join(gaps),
    ]


def _audit_of_a_network() -> list[str]:
    found = stored("network-audit.json")
    if found is None:
        return []
    told = found["summary"]
    ways = [(told[how], words) for how, words in BATCHES.items() if how in told]
    rows = [
        [
            words if tool == OURS else "",
            NAMES[tool],
            f"`{held['attacks'][tool]['id']}`",
            number(held["attacks"][tool]["auc"], Lang.en, digits=3),
            percent(held["attacks"][tool]["tpr"], Lang.en, digits=1),
            number(held[tool], Lang.en, digits=1),
        ]
        for held, words in ways
        for tool in (OURS, "sacroml")
    ]
    gaps = [
        f"- {words}: sacroml takes {number(held['ratio of seconds'], Lang.en, digits=1)} times as long as Vidocq, and "
        f"{number(held['ratio of processor_seconds'], Lang.en, digits=1)} times its processor time (medians of {held['pairs']} "
        "pairs)."
        for held, words in ways
    ]
    alone = [
        [
            references,
            number(run["seconds"], Lang.en, digits=1),
            number(run["processor_seconds"], Lang.en, digits=1),
            percent(run["b_worst"], Lang.en, digits=1),
            count(round(run["signals_mib"]), Lang.en),
            count(round(run["peak_mib"]), Lang.en),
        ]
        for references, run in told.items()
        if references.isdigit()
    ]
    return [
        "## A network audited",
        f"`python benchmarks/network_audit.py`: the same network and records, trained once; {found['references']} reference "
        f"models, {found['cores']} cores, load average {number(found['load_average'], Lang.en, digits=1)} at the end. Vidocq: "
        "the whole audit, suite *standard*, two workers. sacroml: its whole attack, one thread, its strongest setting of six. "
        "Processor time is that of all of Vidocq's processes, imports included, and of sacroml's attack alone.",
        table(["Batches of sacroml's training", "Tool", "Its best attack", "AUC", "TPR at 1 % FPR", "Seconds"], rows),
        "\n".join(gaps),
        *(
            [
                "Vidocq alone. The bound is that of the panel of the most exposed; peak memory is the sum of "
                "the peaks of its processes, shared pages counted in each.",
                table(
                    [
                        "Reference models",
                        "Seconds",
                        "Of processor",
                        "Bound, most exposed",
                        "Signals (MiB)",
                        "Peak memory (MiB)",
                    ],
                    alone,
                ),
            ]
            if alone
            else []
        ),
    ]


BATCHES = {"tensors": "cut from its tensors", "loader": "from its DataLoader"}


def _boosting() -> list[str]:
    found = stored("boosting.json")
    if found is None:
        return []
    rows, gaps = [], []
    for name, told in found["libraries"].items():
        for way, used in told["processor_seconds"].items():
            figures = [told["attacks"]["lira"][figure][way] for figure in ("auc", "tpr_at_1_percent")]
            rows.append(
                [
                    name,
                    "one by one" if way == "alone" else "bins of the whole table",
                    number(median(used), Lang.en, digits=1),
                    number(figures[0], Lang.en, digits=3),
                    percent(figures[1], Lang.en, digits=1),
                ]
            )
        gaps.append(
            f"- {name}: one by one takes {number(told['ratio'], Lang.en, digits=2)} times the processor time of shared bins, and "
            f"models of the two ways lie {number(told['distance_in_spreads_between_models'], Lang.en, digits=2)} spreads "
            "between models apart (medians)."
        )
    few = found["seconds_a_model_in_one_process"]
    bins = few["HistGradientBoosting, of which bins"] / few["HistGradientBoosting, fit"]
    weighted = few["xgboost, weights of 0 and 1"] / few["xgboost, rows alone"]
    return [
        "## Boosted trees: one by one",
        f"`python benchmarks/boosting.py`: {found['models']} reference models of {found['rounds']} rounds on UCI Adult, "
        f"{count(found['records'], Lang.en)} records each, {found['columns']} columns, trained and asked by two workers; "
        f"{found['targets']} targets, default parameters. Vidocq trains them one by one: a reference model is then what the "
        "target's own training would give.",
        table(
            [
                "Library",
                "Bins",
                "Seconds of processor (median)",
                "`lira`: AUC",
                "`lira`: TPR at 1 % FPR",
            ],
            rows,
        ),
        "\n".join(gaps),
        f"Binning is {percent(bins, Lang.en, digits=1)} of a fit of scikit-learn's HistGradientBoosting. In XGBoost, weights "
        f"of 0 and 1 on the whole table take {number(weighted, Lang.en, digits=1)} times as long as the rows alone.",
    ]


def _out_of_bag() -> list[str]:
    found = stored("oob.json")
    if found is None:
        return []
    rows = []
    for references, attacks in sorted(found["references"].items(), key=lambda item: int(item[0])):
        for name, told in attacks.items():
            rows.append([references, f"`{name}`", *(_with_them(told[f]) for f in ("auc", "tpr_at_1_percent"))])
    return [
        "## Forests: trees that never saw a record",
        f"`python benchmarks/out_of_bag.py`: of each reference forest ({found['trees']} trees, scikit-learn's default, "
        f"{count(found['records'], Lang.en)} records of UCI Adult), the trees whose bootstrap left a record out speak beside "
        f"the references that were not trained on it. Points gained over {found['targets']} targets, with 95 % intervals "
        "(Student, paired). Vidocq lets them speak to these two attacks up to 32 reference models; at 64 no gain could be shown.",
        table(["References", "Attack", "AUC, points", "TPR at 1 % FPR, points"], rows),
    ]


def _with_them(told: Mapping[str, Any]) -> str:
    low, high = (points(bound, Lang.en, digits=1) for bound in told["interval"])
    return f"{points(told['difference'], Lang.en, digits=1)} [{low}; {high}]"


def _scoring() -> list[str]:
    found = stored("scoring.json")
    if found is None:
        return []
    rows = [
        [count(int(n), Lang.en), number(at["seconds"], Lang.en), count(round(at["peak_mib"]), Lang.en)]
        for n, at in sorted(found["sizes"].items(), key=lambda item: int(item[0]))
    ]
    return [
        "## Scoring alone",
        f"`python benchmarks/scoring.py`: `lira` and `rmia` on the signals of {found['models']} reference models, in one "
        "process; inputs are part of the memory.",
        table(["Records", "Seconds (median of 5)", "Peak memory (MiB)"], rows),
    ]
