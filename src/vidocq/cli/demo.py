"""`vidocq demo`."""

from pathlib import Path
from typing import Annotated

import typer

from vidocq.audit.demo import demonstrate
from vidocq.cli.options import JsonOption, LangOption, QuietOption, SeedOption
from vidocq.cli.output import fail
from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import VidocqError
from vidocq.core.files import write_atomic
from vidocq.core.text import Lang, Text
from vidocq.engine.progress import Bar
from vidocq.report import summary

OPENING = Text(
    fr="Données réelles : 569 patientes (cancer du sein, Wisconsin), réparties au hasard avant l'entraînement.\n"
    "Personne n'a fixé de tolérance : elle vaut donc 0. Aucun réglage n'a été choisi pour obtenir un constat.",
    en="Real data: 569 patients (breast cancer, Wisconsin), split at random before training.\n"
    "Nobody set a tolerance, so it is 0. No setting was chosen to obtain a verdict.",
)
CLOSING = Text(fr="Rapports et journal : {out}", en="Reports and ledger: {out}")


def demo(
    out: Annotated[Path, typer.Option("--out", help="Folder of everything the demonstration writes.")] = Path(
        "vidocq-demo"
    ),
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
    seed: SeedOption = None,
) -> int:
    """Audit two models trained on real patients, end to end. Exit code 0 whatever the verdicts."""
    if not quiet:
        typer.echo(OPENING.to(lang))
    verdicts: dict[str, str] = {}
    try:
        for shown in demonstrate(out, seed=1 if seed is None else seed, progress=Bar(quiet=quiet)):
            if shown.outcome.error is not None:
                return fail(shown.outcome.error, shown.outcome.exit_code)
            if shown.outcome.content is None:
                continue
            verdicts[shown.name] = shown.outcome.content["verdicts"][0]["verdict"]
            if not quiet:
                typer.echo(f"\n── {shown.title.to(lang)} ──\n{summary(shown.outcome.content, lang=lang)}")
    except VidocqError as error:
        return fail(error, 3, lang)
    if json is not None:
        write_atomic(json, canonical_bytes(verdicts))
    if not quiet:
        typer.echo(f"\n{CLOSING.fill(out=out).to(lang)}")
    return 0
