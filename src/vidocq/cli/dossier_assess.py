"""`vidocq dossier assess`, `status` and `explain`."""

import datetime
from json import dumps as dump_json
from pathlib import Path
from typing import Annotated

import typer

from vidocq.audit.fail_on import OF_ASSESSMENT, Concern, concerns_of_assessment, exit_code, read_fail_on
from vidocq.audit.suite import SUITES
from vidocq.cli.dossier_options import URL, AtOption, DossierOption, write_or_fail
from vidocq.cli.options import JsonOption, LangOption, QuietOption
from vidocq.cli.output import fail
from vidocq.core import moment
from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import ConfigurationError, VidocqError
from vidocq.core.files import write_atomic
from vidocq.core.text import Lang, Text
from vidocq.dossier.assessment.assess import assess as assess_state
from vidocq.dossier.assessment.assessment import Assessment
from vidocq.dossier.assessment.opinions import all_missing_opinions
from vidocq.dossier.facts.facts import stated
from vidocq.dossier.ledger import Ledger
from vidocq.dossier.referential.catalogue import referential
from vidocq.dossier.risk import risk
from vidocq.dossier.rules.catalogue import RULES
from vidocq.dossier.state import state
from vidocq.filters.evasion.disguises import SUITE, VERSION
from vidocq.report.assessment import assessment_summary, explained_point, table
from vidocq.report.assessment_machines import assessment_junit, assessment_sarif
from vidocq.report.decided import explained_rule
from vidocq.report.risk import risk_summary
from vidocq.report.typography import polished

RISK = "risk"
STATUS = Text(
    fr="{facts} fait(s), {answers} réponse(s), {departures} point(s) écarté(s), {evidence} élément(s) de preuve, {opinions} avis.\n"
    "Journal : {length} inscriptions, dont {others} d'autres natures ; tête {head} ; dernière le {as_of}.",
    en="{facts} fact(s), {answers} answer(s), {departures} point(s) departed from, {evidence} piece(s) of evidence, {opinions} "
    "opinion(s).\nLedger: {length} entries, {others} of them of other kinds; head {head}; the last on {as_of}.",
)

LACKING = Text(fr="Avis et décisions qui manquent aux versions :", en="Opinions and decisions that releases lack:")


def assess(
    out: Annotated[Path | None, typer.Option("--out", help="Folder in which to write assessment.json.")] = None,
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on",
            help="What makes the exit code other than 0, by commas: mandatory (1: a mandatory point is not satisfied), "
            "not_satisfied (1: any is), to_judge (1), stale (1), not_measured (3), inconclusive (3); or never.",
        ),
    ] = f"{Concern.MANDATORY},{Concern.NOT_MEASURED},{Concern.INCONCLUSIVE}",
    sarif: Annotated[
        Path | None, typer.Option("--sarif", help="Write the points as SARIF 2.1.0 too.", dir_okay=False)
    ] = None,
    junit: Annotated[
        Path | None, typer.Option("--junit", help="Write the points as JUnit XML too.", dir_okay=False)
    ] = None,
    at: AtOption = None,
    dossier: DossierOption = URL,
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
) -> int:
    """Assess the file: the state of each point with its reasons, what to ask, and what to do next.

    Exit code 1 if a mandatory point is not satisfied; 3 if something is not measured or inconclusive; points that a
    person has to judge end with 0. --fail-on changes this.
    """
    try:
        stopping = read_fail_on(fail_on, allowed=OF_ASSESSMENT)
        assessed = assessed_file(dossier, at)
        content = assessed.to_dict()
        _write(assessed, [json, None if out is None else out / "assessment.json"])
        if sarif is not None:
            told = assessment_sarif(content, uri=_place(dossier), lang=lang)
            write_atomic(sarif, f"{dump_json(told, indent=1, ensure_ascii=False, sort_keys=True)}\n".encode())
        if junit is not None:
            write_atomic(junit, assessment_junit(content, name=_place(dossier), lang=lang).encode("utf-8"))
    except VidocqError as error:
        return fail(error, 2, lang)
    except OSError as error:
        return fail(
            ConfigurationError(
                f"a file cannot be written ({type(error).__name__})",
                where="vidocq dossier assess",
                fix="give a folder you can write to",
                fr="un fichier ne peut pas être écrit",
                fix_fr="donnez un dossier où vous pouvez écrire",
            ),
            2,
            lang,
        )
    if not quiet:
        typer.echo(assessment_summary(assessed, lang=lang))
    return exit_code(concerns_of_assessment(assessed), stopping)


def status(
    at: AtOption = None,
    dossier: DossierOption = URL,
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
) -> int:
    """Print what the file holds, now or on a past date: facts, answers, evidence, and points by sheet and state."""
    try:
        assessed = assessed_file(dossier, at)
    except VidocqError as error:
        return fail(error, 2, lang)
    found = assessed.state
    counts: dict[str, object] = {
        "facts": sum(1 for _ in stated(found.facts)),
        "answers": len(found.answers),
        "departures": len(found.departures),
        "evidence": len(found.evidence.pieces),
        "opinions": len(found.opinions),
        "length": found.length,
        "others": sum(found.others.values()),
        "head": found.head,
        "as_of": found.as_of or "—",
    }
    states = {str(name): count for name, count in assessed.counts.items()}
    lacking = all_missing_opinions(found)
    content = {
        **counts,
        "kinds": dict(found.others),
        "states": states,
        "missing_opinions": [one.to_dict() for one in lacking],
    }
    if not quiet:
        for line in STATUS.fill(**counts).to(lang).split("\n"):
            typer.echo(polished(line, lang))
        for line in table(assessed, lang):
            typer.echo(line)
        if lacking:
            typer.echo(polished(LACKING.to(lang), lang))
        for one in lacking:
            typer.echo(polished(f"- {one.release} · {one.title.to(lang)} · {one.reason.to(lang)}", lang))
    return write_or_fail(json, canonical_bytes(content) + b"\n", lang)


def explain(
    name: Annotated[
        str,
        typer.Argument(
            help="Id of a point (F7.04) or of a rule (regime), or risk.",
            metavar="POINT|RULE|risk",
            show_default=False,
        ),
    ],
    at: AtOption = None,
    dossier: DossierOption = URL,
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
) -> int:
    """Explain the state of one point, the decision of one rule, or the level of risk: facts used, what is missing."""
    try:
        assessed = assessed_file(dossier, at)
        if name == RISK:
            return _explain_risk(assessed, lang=lang, json=json, quiet=quiet)
        point = assessed.point(name)
        if point is None and name not in RULES:
            raise ConfigurationError(
                "there is no such point or rule",
                where="vidocq dossier explain",
                fix=f"give the id of a point, or one of {', '.join(RULES.ids())}, {RISK}",
                fr="ce point ou cette règle n'existe pas",
                fix_fr=f"donnez l'identifiant d'un point, ou l'un de {', '.join(RULES.ids())}, {RISK}",
            )
    except VidocqError as error:
        return fail(error, 2, lang)
    own = [decision for decision in assessed.decisions if decision.rule == name]
    content = [decision.to_dict() for decision in own] if point is None else point.to_dict()
    if not quiet:
        words = explained_point(assessed, name, lang=lang) or explained_rule(RULES[name].card, own, lang=lang)
        typer.echo(words)
    return write_or_fail(json, canonical_bytes(content) + b"\n", lang)


def _explain_risk(assessed: Assessment, *, lang: Lang, json: Path | None, quiet: bool) -> int:
    found = risk(assessed.state.facts)
    if not quiet:
        typer.echo(risk_summary(found, lang=lang))
    content = {
        "level": int(found.level),
        "counts": list(found.counts),
        "missing": sorted(found.missing),
        "measures": [measure.id for measure in found.measures],
    }
    return write_or_fail(json, canonical_bytes(content) + b"\n", lang)


def assessed_file(url: str, at: str | None) -> Assessment:
    """The assessment of the file at this URL, now or on a past date."""
    with Ledger.open(url, must_exist=True) as ledger:
        found = state(ledger, at)
    today = datetime.date.fromisoformat((at or moment.now())[:10])
    suites = {suite.name: str(suite.version) for suite in SUITES.values()} | {SUITE: str(VERSION)}
    return assess_state(found, referential().values(), today=today, suites=suites)


def _write(assessed: Assessment, paths: list[Path | None]) -> None:
    for path in paths:
        if path is not None:
            write_atomic(path, assessed.to_bytes())


def _place(url: str) -> str:
    """What stands for the file where a place is wanted: the last part of its URL, which holds no password."""
    return url.rpartition("/")[2].partition("?")[0] or "dossier"
