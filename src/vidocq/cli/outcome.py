"""How an audit ends on the command line: the verdict to stdout, and an exit code."""

from pathlib import Path

import typer

from vidocq.audit.execute import Outcome
from vidocq.audit.fail_on import Concern, concerns_of, exit_code
from vidocq.audit.outputs import audit_bytes
from vidocq.cli.output import fail
from vidocq.core.files import write_atomic
from vidocq.core.text import Lang
from vidocq.report import summary


def tell(
    outcome: Outcome, *, lang: Lang, json: Path | None, quiet: bool, fail_on: frozenset[Concern] | None = None
) -> int:
    """Prints the verdict, or the error that stopped the audit, and returns the exit code.

    fail_on  the findings that make it other than 0; the verdict's own code without it.
    """
    if outcome.error is not None:
        return fail(outcome.error, outcome.exit_code, lang)
    if outcome.content is not None:
        if json is not None:
            write_atomic(json, audit_bytes(outcome.content))
        if not quiet:
            typer.echo(summary(outcome.content, lang=lang))
            page = outcome.files[f"report.{lang}.html"]
            typer.echo(f"{'Rapport :' if lang is Lang.fr else 'Report:'} {page}")
    if outcome.content is None or fail_on is None:
        return outcome.exit_code
    return exit_code(concerns_of(outcome.content), fail_on)
