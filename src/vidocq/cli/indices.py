"""`vidocq dossier index`."""

from pathlib import Path
from typing import Annotated

import typer

from vidocq.audit.configuration import read_configuration
from vidocq.audit.execute import ledger_url
from vidocq.audit.indices import index_inputs, indices_content, measure_indices, pieces_of_indices
from vidocq.audit.recorded import stated_model
from vidocq.audit.sampling.fingerprint import records_hash
from vidocq.audit.subject import load_subject
from vidocq.cli.options import JsonOption, LangOption, QuietOption, SeedOption
from vidocq.cli.output import fail
from vidocq.core.canonical import canonical_bytes
from vidocq.core.errors import VidocqError
from vidocq.core.files import write_atomic
from vidocq.core.status import Status
from vidocq.core.text import Lang, Text
from vidocq.dossier.ledger import Ledger, require_kept
from vidocq.dossier.recording import record
from vidocq.engine.threads import single_thread
from vidocq.report.typography import polished

WORDS = {
    Status.SATISFIED: Text(fr="satisfait", en="satisfied"),
    Status.TO_JUDGE: Text(fr="à apprécier", en="to judge"),
    Status.NOT_MEASURED: Text(fr="non mesuré", en="not measured"),
}


def index(
    config: Annotated[Path, typer.Argument(help="Configuration of an audit, in TOML.", show_default=False)],
    to_dossier: Annotated[
        bool, typer.Option("--dossier", help="Record them as evidence in the ledger of [dossier] url.")
    ] = False,
    trust_pickle: Annotated[
        bool, typer.Option("--trust-pickle", help="Load a pickle: it may run any code on this machine.")
    ] = False,
    lang: LangOption = Lang.fr,
    json: JsonOption = None,
    quiet: QuietOption = False,
    seed: SeedOption = None,
) -> int:
    """Compute the indices of sheet 13 from the training data and the model's file. The model is asked nothing.

    The gap between training and test is left to `vidocq audit`, which registers what it asks. Exit code 3 if an index
    was not measured.
    """
    try:
        configuration = read_configuration(config, seed=seed)
        subject = load_subject(configuration, trust_pickle=trust_pickle)
        inputs = {
            "members": records_hash(subject.members),
            "model": subject.model_hash,
            "data": subject.files["members"],
        }
        section = configuration.dossier
        stated = None
        if to_dossier:
            with Ledger.open(require_kept(ledger_url(configuration))) as ledger:
                stated = stated_model(ledger, section)
        given = index_inputs(subject, seed=configuration.plan.seed, quasi=configuration.data.quasi, stated=stated)
        with single_thread():
            measured = measure_indices(given)
        if to_dossier:
            pieces = pieces_of_indices(
                measured, model=section.model_path, dataset=section.dataset_path, inputs=inputs
            )
            with Ledger.open(require_kept(ledger_url(configuration))) as ledger:
                record(ledger, pieces)
    except VidocqError as error:
        return fail(error, 2, lang)
    if json is not None:
        write_atomic(json, canonical_bytes(indices_content(measured, inputs=inputs, seed=configuration.plan.seed)))
    if not quiet:
        for each in measured:
            said = (
                f"{each.card.title.to(lang)} : {WORDS[each.verdict.status].to(lang)}. {each.verdict.reason.to(lang)}"
            )
            typer.echo(polished(said if lang is Lang.fr else said.replace(" : ", ": ", 1), lang))
    return 3 if any(each.verdict.status is Status.NOT_MEASURED for each in measured) else 0
