"""`vidocq audit`."""

from json import dumps as dump_json
from pathlib import Path
from typing import Annotated

import typer

from vidocq.audit.configuration import read_configuration
from vidocq.audit.execute import run_audit
from vidocq.audit.fail_on import OF_AUDIT, read_fail_on
from vidocq.cli.options import JsonOption, LangOption, QuietOption, SeedOption
from vidocq.cli.outcome import tell
from vidocq.cli.output import fail
from vidocq.core.errors import VidocqError
from vidocq.core.files import write_atomic
from vidocq.core.text import Lang
from vidocq.engine.progress import Bar
from vidocq.report.junit import junit_xml
from vidocq.report.sarif import sarif_log


def audit(
    config: Annotated[Path, typer.Argument(help="Configuration, in TOML.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="Folder of the results.")] = Path("vidocq-audit"),
    trust_pickle: Annotated[
        bool, typer.Option("--trust-pickle", help="Load a pickle: it may run any code on this machine.")
    ] = False,
    fail_on: Annotated[
        str | None,
        typer.Option(
            "--fail-on",
            help="What makes the exit code other than 0, by commas: leak_shown (1), inconclusive (3), not_measured (3); "
            "or never. Without it, leak_shown and inconclusive do.",
        ),
    ] = None,
    junit: Annotated[
        Path | None, typer.Option("--junit", help="Write the tests as JUnit XML too.", dir_okay=False)
    ] = None,
    sarif: Annotated[
        Path | None, typer.Option("--sarif", help="Write the findings as SARIF 2.1.0 too.", dir_okay=False)
    ] = None,
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
    seed: SeedOption = None,
) -> int:
    """Audit a model for membership leakage, a language model for what it gives back too, and write audit.json, run.json, scores.parquet and two reports."""
    try:
        stopping = None if fail_on is None else read_fail_on(fail_on, allowed=OF_AUDIT)
        configuration = read_configuration(config, seed=seed)
    except VidocqError as error:
        return fail(error, 2, lang)
    outcome = run_audit(
        configuration,
        out,
        command=f"vidocq audit {config.name} --out {out.name}",
        trust_pickle=trust_pickle,
        progress=Bar(quiet=quiet),
        title="références" if lang is Lang.fr else "references",
    )
    if outcome.content is not None:
        if junit is not None:
            page = junit_xml(outcome.content, name=config.name, lang=lang, run=outcome.run)
            write_atomic(junit, page.encode("utf-8"))
        if sarif is not None:
            told = sarif_log(outcome.content, uri=config.name, lang=lang)
            write_atomic(sarif, f"{dump_json(told, indent=1, ensure_ascii=False, sort_keys=True)}\n".encode())
    return tell(outcome, lang=lang, json=json, quiet=quiet, fail_on=stopping)
