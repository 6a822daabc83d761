"""The block of docs/language.md with figures, from what the benchmarks of language models stored."""

from typing import Any

from vidocq.core.text import Lang
from vidocq.report.numbers import number, percent

from generation.markdown import table
from generation.stored import stored

ABSENT = "*Not measured yet: `python benchmarks/{}.py` has not been run, or its result has not been kept.*"


def language_block() -> str:
    """Verdicts on models whose truth is known, epsilon of private training, speed, and the index of overlaps."""
    return "\n\n".join((_verdicts(), _private(), _speed(), _overlap()))


def _verdicts() -> str:
    found = stored("language-verdicts.json")
    if found is None:
        return ABSENT.format("language_verdicts")
    rows = []
    for kind, counted in found["verdicts"].items():
        told = ", ".join(f"{verdict.replace('_', ' ')} {times}" for verdict, times in counted.items())
        accused = found["accused_members"][kind]
        best = max((name for name in accused if name.endswith(" at 0.01")), key=lambda name: accused[name])
        rows.append([kind, str(sum(counted.values())), told, f"`{best.split()[0]}` {_share(accused[best])}"])
    return (
        f"Small models fine-tuned on {found['side']} texts of WikiText-2, beside as many kept out by lot, with {found['references']} "
        "references:\n\n"
        + table(("Fine-tune", "Trainings", "Verdicts", "Most accused members at 1 % of false positives"), rows)
    )


def _private() -> str:
    found = stored("language-dp.json")
    if found is None:
        return ABSENT.format("language_dp")
    rows = [
        [
            f"ε = {_number(case['epsilon'])}, {'DP-SGD' if case['noise'] else 'claimed, no noise added'}",
            "none" if case["accountant_epsilon"] is None else _number(case["accountant_epsilon"]),
            " ".join(
                (
                    _number(case["epsilon_low"]["median"]),
                    f"[{_number(case['epsilon_low']['least'])}; {_number(case['epsilon_low']['most'])}]",
                )
            ),
            f"{case['under'] if case['noise'] else '—'} of {case['seeds']}" if case["noise"] else "—",
            f"{case['above_zero']} of {case['seeds']}",
            "—" if case["noise"] else f"{case['contradicts']} of {case['seeds']}",
        ]
        for case in found["cases"]
    ]
    head = (
        "Training",
        "Accountant's ε",
        "ε shown, median [least; most]",
        "Below the accountant's",
        "Above 0",
        "Claim refuted",
    )
    return (
        f"One run with {found['cases'][0]['canaries']:,} canaries of nonsense. Settings were chosen on single seeds to make canaries strong, "
        "on a base that had read other nonsense; elsewhere the same audit shows less, and that proves nothing.\n\n"
        + table(head, rows)
    )


def _speed() -> str:
    found = stored("language-speed.json")
    if found is None:
        return ABSENT.format("language_speed")
    return _told_speed(found)


def _told_speed(found: dict[str, Any]) -> str:
    rows = [
        [
            f"{name}: {shape['n_layer']} layers of width {shape['n_embd']}, {found[name]['texts']:,} texts of "
            f"{found[name]['tokens_a_text']} tokens",
            *(_times(found[name]["times_as_fast"][way]) for way in ("apart", "loop")),
            f"{found[name]['tokens_a_second']['batched']:,}",
        ]
        for name in ("small", "larger")
        for shape in [found[name]["shape"]]
    ]
    return (
        "Texts are read once for all attacks, in batches of like length; how many times as fast as programs that take one text at a time "
        f"({found['machine']['threads']} thread(s) of {found['machine']['cores']} cores, load {number(found['load_at_the_beginning'], Lang.en, digits=1)} "
        f"at the beginning; a product of large matrices reached {_number(found['matrix_product_gflops'])} GFLOPS, the networks "
        f"{_number(found['small']['network_gflops']['batched'])} and {_number(found['larger']['network_gflops']['batched'])}):\n\n"
        + table(("Model and texts", "A pass for each attack", "One pass for all", "Tokens a second"), rows)
    )


def _times(ratio: dict[str, Any]) -> str:
    low, high = ratio["interval"]
    return f"× {_number(ratio['median'])} [{_number(low)}; {_number(high)}]"


def _overlap() -> str:
    found = stored("overlap-index.json")
    if found is None:
        return ABSENT.format("overlap_index")
    build, asked = found["build"], found["questions"]
    return (
        f"The index of overlaps: {number(build['mb'], Lang.en, digits=0)} MB of text at {_number(build['mb_per_s'])} MB/s of one core, "
        f"{_number(build['size_ratio'])} × the text on disk, {_number(asked['without_us_median'] / 1e3)} ms a question in the median "
        f"({_number(asked['with_a_run_us_median'] / 1e3)} ms where something is found, 99 % within "
        f"{_number(asked['with_a_run_us_p99'] / 1e3)} ms)."
    )


def _number(value: float) -> str:
    return number(value, Lang.en)


def _share(value: float) -> str:
    return percent(value, Lang.en)
