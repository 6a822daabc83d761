"""Whose data, what was registered before, and how to run it again."""

from collections.abc import Mapping
from typing import Any

from vidocq.core.text import Lang
from vidocq.report.numbers import (
    count,
    moment,
    percent,
    rate,
)
from vidocq.report.reading import Audit, access_word
from vidocq.report.tables.table import Column, Group, Table, code, pairs
from vidocq.report.typography import plain
from vidocq.report.words.say import word

Verdict = Mapping[str, Any]


def population(audit: Audit, lang: Lang) -> Table:
    content = audit["population"]
    removed = content["removed"]
    split = word("population.given", lang)
    if content["split"] == "randomised":
        by = content.get("declared_by")
        split = word("population.randomised", lang)
        if by is not None:
            split = word("population.randomised_by", lang, name=plain(str(by)))
    return pairs(
        "population-table",
        word("population.caption", lang),
        [
            ("population.members", count(content["members"], lang)),
            ("population.non_members", count(content["non_members"], lang)),
            ("population.persons", count(content.get("persons"), lang)),
            ("population.unit", word(content["unit"], lang)),
            ("population.exact", count(removed["exact"], lang)),
            ("population.near", count(removed["near"], lang)),
            ("population.both", count(removed["persons"], lang)),
            ("population.split", split),
            ("population.share", percent(content.get("share"), lang)),
        ],
        lang,
    )


def registration(audit: Audit, verdict: Verdict, lang: Lang, *, position: int) -> Table:
    tau, suite = verdict["tau"], audit.get("suite") or {}
    nobody = tau.get("set_by") is None
    alphas = [rate(alpha, lang) for alpha in audit.get("alphas") or []]
    caption = f"{word('registration.caption', lang)} ({access_word(verdict['access'], lang)})"
    return pairs(
        f"registration-{position}",
        caption,
        [
            (
                "registration.hash",
                code(verdict["registration"]) if verdict.get("registration") else word("registration.absent", lang),
            ),
            ("registration.look", count(verdict["look"], lang)),
            ("registration.error", percent(verdict["error"], lang, digits=2)),
            ("verdict.average", rate(tau["average"], lang)),
            ("verdict.worst", rate(tau["worst"], lang)),
            ("registration.set_by", word("registration.nobody", lang) if nobody else plain(str(tau["set_by"]))),
            ("registration.suite", plain(f"{suite.get('name', '')} {suite.get('version', '')}")),
            ("registration.alphas", (" ; " if lang is Lang.fr else "; ").join(alphas)),
            ("registration.references", _references(audit, lang)),
            *(
                (f"registration.{name}", count(audit["access"][name], lang))
                for name in ("decimals", "top_k")
                if (audit.get("access") or {}).get(name) is not None
            ),
        ],
        lang,
    )


def _references(audit: Audit, lang: Lang) -> str:
    """How many the attacks read, and how many failed."""
    there, failed = count(audit.get("references"), lang), audit.get("failed_references") or 0
    return word("registration.failed", lang, there=there, failed=count(failed, lang)) if failed else there


def reproduce(audit: Audit, run: Mapping[str, Any], lang: Lang) -> Table:
    ledger = run.get("ledger") or {}
    rows = [
        Group(word(f"reproduce.{name}", lang), [[code(digest) if digest else word("not_stated", lang)]])
        for name, digest in (audit.get("inputs") or {}).items()
        if name in {"members", "non_members", "model", "recipe"}
    ]
    rows.append(Group(word("reproduce.seed", lang), [[code(audit["seed"])]]))
    rows += [
        Group(word("reproduce.version", lang, name=plain(str(name))), [[code(version)]])
        for name, version in sorted((audit.get("versions") or {}).items())
    ]
    rows += [
        Group(word("reproduce.started", lang), [[moment(run.get("started"), lang)]]),
        Group(word("reproduce.finished", lang), [[moment(run.get("finished"), lang)]]),
    ]
    if ledger.get("head"):
        rows += [
            Group(word("reproduce.length", lang), [[count(ledger.get("length"), lang)]]),
            Group(word("reproduce.ledger", lang), [[code(ledger["head"])]]),
        ]
    columns = [Column(word("item", lang)), Column(word("value", lang))]
    return Table("reproduce-table", word("reproduce.caption", lang), columns, rows)
