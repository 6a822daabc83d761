"""A comparison of two audits as plain text and as one accessible page, from compare.json alone."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from vidocq.core.text import Lang
from vidocq.report.html import pages
from vidocq.report.numbers import UP, number_with_interval, percent, rate, share_with_interval
from vidocq.report.reading import access_word, said
from vidocq.report.tables.cells import estimate_or_number
from vidocq.report.tables.table import Column, Group, Table, code
from vidocq.report.terminal import columns_of
from vidocq.report.typography import plain, polished
from vidocq.report.words.comparison import compared
from vidocq.report.words.say import together
from vidocq.report.words.verdicts import TASKS, VERDICTS

SECTIONS = ("found", "like", "bounds", "attacks", "utility", "looks", "apart", "method")

Content = Mapping[str, Any]


def comparison_lines(content: Content, lang: Lang) -> list[str]:
    """What was asked, what was found with its interval, and what it cost in right answers."""
    names = {side: plain(str(content[side]["subject"].get("model") or "?")) for side in ("a", "b")}
    return [compared("asked", lang, **names), _found(content, lang), _price(content, lang)]


def comparison_summary(content: Content, *, lang: Lang) -> str:
    """What `vidocq compare` prints. No colour, no control character, no trailing newline."""
    lines = comparison_lines(content, lang)
    lines += ["", compared("comparable" if content["comparable"] else "not_comparable", lang)]
    if content["differences"]:
        lines += ["", *columns_of(_like(content, lang))]
    lines += ["", *columns_of(_bounds(content, lang))]
    if content["attacks"]:
        lines += ["", *columns_of(_tests(content, lang, titled=False))]
    if content["findings"]:
        lines += ["", *columns_of(_findings(content, lang))]
    if content["utility"] is not None:
        lines += ["", *columns_of(_utility(content, lang))]
    if content["not_compared"]:
        lines += ["", f"{compared('apart', lang)}", *columns_of(_apart(content, lang))]
    return "\n".join([*lines, "", *_looks(content, lang), *_method(content, lang)])


def render_comparison(content: Content, *, lang: Lang) -> str:
    """One self-contained page. Same content, same bytes."""
    return (
        pages()
        .get_template("compare.html")
        .render(
            lang=lang.value,
            say=partial(compared, lang=lang),
            sections=list(enumerate(SECTIONS, start=1)),
            models=[
                (compared("model", lang, side=side.upper()), plain(str(content[side]["subject"].get("model") or "?")))
                for side in ("a", "b")
            ],
            lines=comparison_lines(content, lang),
            comparable=content["comparable"],
            like=_like(content, lang) if content["differences"] else None,
            bounds=_bounds(content, lang),
            tests=_tests(content, lang) if content["attacks"] else None,
            rates=_rates(content, lang) if content["attacks"] else None,
            auc=_auc(content, lang),
            findings=_findings(content, lang) if content["findings"] else None,
            utility=_utility(content, lang) if content["utility"] is not None else None,
            no_utility=compared("price.none", lang),
            looks=_looks(content, lang),
            apart=_apart(content, lang) if content["not_compared"] else None,
            method=_method(content, lang),
            files=_files(content, lang),
        )
    )


def _found(content: Content, lang: Lang) -> str:
    tests = [(attack, test) for attack in content["attacks"] for test in attack["rates"]]
    judged = [found for found in content["findings"] if found["direction"] is not None]
    if not tests and not judged:
        return compared("result.none", lang)
    result = content["result"]
    shown = [_evidence(found, lang) for found in judged if found["direction"] == "worse"]
    for direction in ("worse", "better"):
        among = [pair for pair in tests if pair[1]["direction"] == direction]
        if among:
            shown.append(
                _change("change", *max(among, key=lambda pair: abs(pair[1]["risk"]["difference"]["value"])), lang)
            )
    shown += [_evidence(found, lang) for found in judged if found["direction"] != "worse" and _is_direct(found)]
    if result == "not_shown" and tests:
        shown.append(_change("at_most", *max(tests, key=lambda pair: _width(pair[1])), lang))
    return " ".join([compared(f"result.{result}", lang), *shown])


def _is_direct(found: Content) -> bool:
    return bool(found["direct"]["a"] or found["direct"]["b"])


def _evidence(found: Content, lang: Lang) -> str:
    """What is direct evidence in which model, with its figures."""
    where = "both" if found["direct"]["a"] and found["direct"]["b"] else "b" if found["direct"]["b"] else "a"
    told = found["quantity"]["b" if where == "b" else "a"]
    cells = {side: _figure(found, "estimate", side, lang) for side in ("a", "b")}
    return compared(f"evidence.{where}", lang, quantity=said(told, lang), **cells)


def _figure(found: Content, name: str, side: str, lang: Lang) -> str:
    """A share with its interval, a number, or why there is none."""
    if found["measured"][side] != "yes":
        return compared(f"figure.{found['measured'][side]}", lang)
    figure = found[name][side]
    return share_with_interval(figure, lang) if isinstance(figure, Mapping) else estimate_or_number(figure, lang)


def _width(test: Content) -> float:
    found = test["risk"]["difference"]
    return float(found["high"] - found["low"])


def _change(key: str, attack: Content, test: Content, lang: Lang) -> str:
    risk = test["risk"]
    return compared(
        key,
        lang,
        attack=said(attack["title"], lang),
        rate=_at(test, lang),
        a=percent(risk["a"]["value"], lang),
        b=percent(risk["b"]["value"], lang),
        difference=_shift(risk["difference"], lang),
    )


def _price(content: Content, lang: Lang) -> str:
    utility = content["utility"]
    if utility is None:
        return compared("price.none", lang)
    outside = utility["non_members"]
    figure = _share_value if utility["measure"] == "accuracy" else _number_value
    shift = _shift if utility["measure"] == "accuracy" else number_with_interval
    return compared(
        f"price.{utility['measure']}",
        lang,
        a=figure(outside["a"], lang),
        b=figure(outside["b"], lang),
        difference=shift(outside["difference"], lang),
    )


def _share_value(estimate: Content, lang: Lang) -> str:
    return percent(estimate["value"], lang)


def _number_value(estimate: Content, lang: Lang) -> str:
    return number_with_interval(estimate, lang)


def _shift(estimate: Content, lang: Lang) -> str:
    """A difference of shares, in points of percentage, with its interval."""
    return share_with_interval(estimate, lang)


def _at(test: Content, lang: Lang) -> str:
    return compared("own_point", lang) if test["alpha"] is None else rate(test["alpha"], lang)


def _beside(lang: Lang, first: str, *further: str) -> list[Column]:
    sides = [Column("A", figures=True), Column("B", figures=True), Column(compared("difference", lang), figures=True)]
    return [Column(compared(first, lang)), *sides, *(Column(compared(name, lang)) for name in further)]


def _like(content: Content, lang: Lang) -> Table:
    def value(what: str, raw: str | None) -> str:
        if raw is None:
            return compared("none", lang)
        if what == "access":
            return access_word(raw, lang)
        if what == "task" and raw in TASKS:
            return TASKS[raw].to(lang)
        return f"{plain(raw)[:12]}…" if what in {"members", "non_members"} else plain(raw)

    return Table(
        "like-table",
        compared("like", lang),
        [Column(compared("what", lang)), Column("A"), Column("B"), Column(compared("weight", lang))],
        [
            Group(
                compared(found["what"], lang),
                [
                    [
                        value(found["what"], found["a"]),
                        value(found["what"], found["b"]),
                        compared("blocking" if found["blocking"] else "caution", lang),
                    ]
                ],
            )
            for found in content["differences"]
        ],
    )


def _bounds(content: Content, lang: Lang) -> Table:
    verdicts = [content[side]["verdict"] for side in ("a", "b")]
    rows: list[tuple[str, list[str]]] = [
        ("verdict", [polished(VERDICTS[verdict["verdict"]].to(lang), lang) for verdict in verdicts])
    ]
    for name in ("b_avg", "b_worst"):
        rows.append((name, [percent(verdict[name], lang, rounding=UP) for verdict in verdicts]))
    for name in ("average", "worst"):
        rows.append((f"tau_{name}", [rate(verdict["tau"][name], lang) for verdict in verdicts]))
    return Table(
        "bounds-table",
        compared("bounds.caption", lang),
        [Column(compared("quantity", lang)), Column("A"), Column("B")],
        [Group(compared(name, lang), [cells]) for name, cells in rows],
    )


def _tests(content: Content, lang: Lang, *, titled: bool = True) -> Table:
    groups = []
    for attack in content["attacks"]:
        rows = [
            [
                _at(test, lang),
                *(share_with_interval(test["risk"][side], lang) for side in ("a", "b", "difference")),
                compared(test["direction"], lang),
            ]
            for test in attack["rates"]
        ]
        groups.append(Group(said(attack["title"], lang) if titled else plain(attack["id"]), rows))
    columns = _beside(lang, "attack", "direction")
    columns.insert(1, Column(compared("rate", lang), figures=True))
    return Table("tests-table", compared("tests.caption", lang), columns, groups, wide=True)


def _rates(content: Content, lang: Lang) -> Table:
    groups = []
    for attack in content["attacks"]:
        rows = [
            [
                f"{compared(name, lang)}, {_at(test, lang)}",
                *(share_with_interval(test[name][side], lang) for side in ("a", "b", "difference")),
            ]
            for test in attack["rates"]
            for name in ("tpr", "fpr")
        ]
        groups.append(Group(said(attack["title"], lang), rows))
    columns = _beside(lang, "attack")
    columns.insert(1, Column(compared("rate", lang)))
    return Table("rates-table", compared("rates.caption", lang), columns, groups, wide=True)


def _findings(content: Content, lang: Lang) -> Table:
    def row(found: Content, name: str, *, outcome: str) -> list[str]:
        figures = [_figure(found, name, side, lang) for side in ("a", "b")]
        return [compared(f"figure.{name}", lang), *figures, outcome]

    def outcome(found: Content) -> str:
        sides = [side for side in ("a", "b") if found["direct"][side]]
        held = compared(f"direct.{''.join(sides) or 'neither'}", lang)
        how = "sign" if found["direction"] is None else found["direction"]
        return compared("sign", lang) if how == "sign" else f"{held}, {compared(how, lang)}"

    def head(found: Content) -> str:
        told = [text for side in ("a", "b") if (text := said(found["quantity"][side], lang))]
        return " / ".join(dict.fromkeys(told))

    columns = [Column(compared(name, lang)) for name in ("quantity", "who")]
    columns += [Column("A", figures=True), Column("B", figures=True), Column(compared("evidence", lang))]
    groups = [
        Group(head(found), [row(found, "estimate", outcome=outcome(found)), row(found, "control", outcome="")])
        for found in content["findings"]
    ]
    return Table("findings-table", compared("findings.caption", lang), columns, groups, wide=True)


def _auc(content: Content, lang: Lang) -> Table | None:
    groups = [
        Group(
            said(attack["title"], lang),
            [[number_with_interval(attack["auc"][side], lang) for side in ("a", "b", "difference")]],
        )
        for attack in content["attacks"]
        if attack["auc"] is not None
    ]
    if not groups:
        return None
    return Table("auc-table", compared("auc.caption", lang), _beside(lang, "attack"), groups, wide=True)


def _utility(content: Content, lang: Lang) -> Table:
    utility = content["utility"]
    shares = utility["measure"] == "accuracy"

    def row(found: Content, *, share: bool) -> list[list[str]]:
        write = share_with_interval if share else number_with_interval
        return [[write(found[side], lang) for side in ("a", "b", "difference")]]

    def who(what: str, side: str) -> str:
        return compared("of", lang, what=compared(what, lang), who=compared(f"who.{side}", lang))

    sides = ("members", "non_members")
    groups = [Group(who(utility["measure"], side), row(utility[side], share=shares)) for side in sides]
    groups.append(Group(compared("gap", lang), row(utility["gap"], share=shares)))
    if utility["loss"] is not None:
        groups += [Group(who("loss", side), row(utility["loss"][side], share=False)) for side in sides]
    return Table("utility-table", compared("utility.caption", lang), _beside(lang, "quantity"), groups, wide=True)


def _apart(content: Content, lang: Lang) -> Table:
    return Table(
        "apart-table",
        compared("apart", lang),
        [Column(compared("attack", lang)), Column(compared("rate", lang)), Column(compared("what", lang))],
        [
            Group(plain(found["id"]), [[_at(found, lang), compared(f"apart.{found['measured_in']}", lang)]])
            for found in content["not_compared"]
        ],
    )


def _looks(content: Content, lang: Lang) -> list[str]:
    looks = content["looks"]
    kept = looks["a"]["as_the_rule_says"] and looks["b"]["as_the_rule_says"]
    values = {
        "a": looks["a"]["look"],
        "b": looks["b"]["look"],
        "error_a": percent(looks["a"]["error"], lang, digits=2),
        "error_b": percent(looks["b"]["error"], lang, digits=2),
    }
    sentence = compared(f"looks.{looks['relation']}", lang, **values)
    return [sentence, compared("looks.kept" if kept else "looks.broken", lang)]


def _method(content: Content, lang: Lang) -> Sequence[str]:
    figures = {
        "level": rate(content["level"], lang),
        "error": rate(content["error"], lang),
        "tests": content["tests"],
    }
    return [
        compared(f"method.{content['pairing']}", lang),
        *_unpaired(content, lang),
        compared("method.level", lang, **figures),
        *([compared("method.evidence", lang)] if content["findings"] else []),
        compared("method.limits", lang),
    ]


def _unpaired(content: Content, lang: Lang) -> list[str]:
    """What was not paired although the persons are."""
    utility, attacks = content["utility"], content["attacks"]
    left = {
        "rates": any(not test["paired"] for attack in attacks for test in attack["rates"]),
        "auc": any(attack["auc"] is not None and not attack["auc"]["paired"] for attack in attacks),
        "utility": utility is not None and not utility["paired"],
        "loss": utility is not None and utility["loss"] is not None,
    }
    names = [compared(f"unpaired.{name}", lang) for name, there in left.items() if there]
    if content["pairing"] != "paired" or not names:
        return []
    return [compared("method.unpaired", lang, what=together(names, lang))]


def _files(content: Content, lang: Lang) -> Table:
    return Table(
        "files-table",
        compared("files", lang),
        [Column(compared("what", lang)), Column(compared("files", lang))],
        [
            Group(compared("model", lang, side=side.upper()), [[code(content[side]["audit_json"])]])
            for side in ("a", "b")
        ],
        wide=True,
    )
