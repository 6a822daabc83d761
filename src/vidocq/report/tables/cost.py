"""What findings are worth at several priors, what they cost, and how risk grows with means."""

from vidocq.core.text import Lang
from vidocq.report.numbers import (
    count,
    number,
    rate,
    share_with_interval,
)
from vidocq.report.reading import Audit, access_word, is_language
from vidocq.report.tables.cells import attack_name, rate_name, title
from vidocq.report.tables.table import Column, Group, Table
from vidocq.report.words.say import word


def precision(audit: Audit, lang: Lang) -> Table | None:
    """Positive predictive value by prior; a prior never enters the verdict."""
    priors = sorted({entry["prior"] for attack in audit["attacks"] for entry in attack.get("ppv") or []})
    if not priors:
        return None
    groups = []
    for attack in audit["attacks"]:
        entries = attack.get("ppv") or []
        rates = list(dict.fromkeys(entry.get("alpha") for entry in entries))
        rows = [
            [
                rate_name(alpha, lang),
                *(
                    share_with_interval(
                        next((e for e in entries if e["prior"] == prior and e.get("alpha") == alpha), None), lang
                    )
                    for prior in priors
                ),
            ]
            for alpha in rates
        ]
        if rows:
            groups.append(Group(attack_name(attack, lang), rows))
    return Table(
        "precision-table",
        word("precision.caption", lang),
        [
            Column(word("attack", lang)),
            Column(word("tests.rate", lang), figures=True),
            *(Column(word("precision.prior", lang, prior=rate(prior, lang)), figures=True) for prior in priors),
        ],
        groups,
        wide=True,
    )


def cost(audit: Audit, lang: Lang) -> Table:
    groups = []
    for attack in audit["attacks"]:
        spent = attack.get("cost") or {}
        trained = spent.get("reference_models")
        known = ("cost.knowledge_record", "cost.knowledge_references")
        known = ("cost.knowledge_text", "cost.knowledge_text_references") if is_language(audit) else known
        knowledge = known[1 if trained else 0]
        cells = [
            access_word(str(attack.get("needs") or "none"), lang),
            count(spent.get("queries"), lang),
            count(trained, lang),
            word(knowledge, lang),
        ]
        groups.append(Group(attack_name(attack, lang), [cells]))
    groups += _asked_apart(audit, lang)
    return Table(
        "cost-table",
        word("cost.caption", lang),
        [
            Column(word("attack", lang)),
            Column(word("cost.needs", lang)),
            Column(word("cost.queries", lang), figures=True),
            Column(word("cost.references", lang), figures=True),
            Column(word("cost.knowledge", lang)),
        ],
        groups,
        wide=True,
    )


def _asked_apart(audit: Audit, lang: Lang) -> list[Group]:
    """What a language model was asked besides membership: one row a measurement, which may have several results."""
    spent = {one["id"]: one.get("cost") or {} for one in audit.get("results") or [] if one["id"] in ASKED_APART}
    return [
        Group(
            title(name, audit, lang),
            [
                [
                    access_word(ASKED_APART[name], lang),
                    count(told.get("queries"), lang),
                    count(told.get("reference_models"), lang),
                    word(f"cost.knowledge.{name}", lang),
                ]
            ],
        )
        for name, told in spent.items()
    ]


ASKED_APART = {
    "extraction": "text",
    "canary": "text",
    "person-prompt": "text",
    "divergence": "text",
    "retrieval": "text",
    "counterfactual": "logprobs",
}
"""Measurements of language models, each with the access that it needs."""


def cost_curve(audit: Audit, by: str, lang: Lang) -> Table | None:
    """AUC by amount of one means (`reference_models`, `queries`, `known_outsiders`), a column each."""
    points_ = [point for point in audit.get("cost_curve") or [] if point["by"] == by]
    if not points_:
        return None
    counts = sorted({point["amount"] for point in points_})
    held = {(point["id"], point["amount"]): point["auc"] for point in points_}
    return Table(
        f"curve-{by}",
        word(f"cost.by.{by}", lang),
        [Column(word("attack", lang)), *(Column(count(number_, lang), figures=True) for number_ in counts)],
        [
            Group(
                title(name, audit, lang),
                [
                    [
                        number(held[name, k]["value"], lang, digits=3)
                        if (name, k) in held
                        else word("matrix.beside", lang)
                        for k in counts
                    ]
                ],
            )
            for name in dict.fromkeys(point["id"] for point in points_)
        ],
        wide=True,
    )
