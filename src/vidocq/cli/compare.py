"""`vidocq compare`."""

from pathlib import Path
from typing import Annotated

import typer

from vidocq.audit.comparing.compare import compare as set_side_by_side
from vidocq.audit.comparing.compare import concerns_of_comparison
from vidocq.audit.comparing.finished import read_finished
from vidocq.audit.fail_on import OF_COMPARISON, Concern, exit_code, read_fail_on
from vidocq.audit.outputs import comparison_bytes, write_comparison
from vidocq.cli.options import JsonOption, LangOption, QuietOption
from vidocq.cli.output import fail
from vidocq.core.errors import ConfigurationError, DataError, VidocqError
from vidocq.core.files import write_atomic
from vidocq.core.text import Lang
from vidocq.report import comparison_summary


def compare(
    a: Annotated[Path, typer.Argument(help="Folder of a finished audit, or its audit.json.", show_default=False)],
    b: Annotated[Path, typer.Argument(help="The other one.", show_default=False)],
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for compare.json and two reports, if they are wanted.")
    ] = None,
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on",
            help="What makes the exit code other than 0, by commas: worse (1: B lets more be recognised), not_measured "
            "(3: not comparable), leak_shown (1) and inconclusive (3) of B's own verdict; or never.",
        ),
    ] = f"{Concern.WORSE},{Concern.NOT_MEASURED}",
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
) -> int:
    """Compare two audits: differences with intervals, bounds side by side, and the cost in right answers."""
    try:
        stopping = read_fail_on(fail_on, allowed=OF_COMPARISON)
        first, second = read_finished(a), read_finished(b)
        content = set_side_by_side(first, second)
        data = comparison_bytes(content)
        if out is not None:
            write_comparison(out, content)
        if json is not None:
            write_atomic(json, data)
    except (ConfigurationError, DataError) as error:
        return fail(error, 2, lang)
    except VidocqError as error:
        return fail(error, 3, lang)
    except OSError as error:
        return fail(
            DataError(
                f"the files cannot be written ({type(error).__name__})",
                where=str(out or json),
                fix="give a folder you can write to",
                fr="les fichiers ne peuvent pas être écrits",
                fix_fr="donnez un dossier où vous pouvez écrire",
            ),
            3,
        )
    if not quiet:
        typer.echo(comparison_summary(content, lang=lang))
    return exit_code(concerns_of_comparison(content, second.content), stopping)
