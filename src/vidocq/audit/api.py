"""`vidocq.audit(...)` for notebooks and scripts: the same audit as the command, on a model in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vidocq.audit.configuration import AccessSection, DossierSection, PanelSection, PlanSection
from vidocq.audit.language.api import audit_texts, is_language_model
from vidocq.audit.language.perform import LanguagePerformed
from vidocq.audit.outputs import audit_bytes
from vidocq.audit.perform import Performed, Request, perform, save_signals
from vidocq.audit.recorded import record_evidence, record_once, stated_model
from vidocq.audit.subject import of_endpoint, of_estimator, of_network
from vidocq.core.canonical import sha256
from vidocq.core.errors import ConfigurationError
from vidocq.core.records import Records
from vidocq.core.text import Lang
from vidocq.dossier.ledger import Ledger, require_kept
from vidocq.engine.local import Local
from vidocq.engine.progress import Progress
from vidocq.engine.work import Engine
from vidocq.report import notebook_html, summary
from vidocq.targets.memory import from_arrays
from vidocq.targets.networks.recipe import TorchRecipe
from vidocq.targets.served.http import HttpModel
from vidocq.targets.trace import LossTrace, load_trace

if TYPE_CHECKING:
    from pydantic import ValidationError


@dataclass(frozen=True, eq=False)
class AuditResult:
    """The result of an audit; shows itself in a notebook."""

    performed: Performed | LanguagePerformed
    lang: Lang = Lang.fr

    @property
    def verdict(self) -> str:
        """leak_shown, no_leak_above_bound or inconclusive."""
        return str(self.performed.content["verdicts"][0]["verdict"])

    def to_dict(self) -> dict[str, Any]:
        """The content of audit.json."""
        return self.performed.content

    def scores(self, attack: str) -> np.ndarray[Any, np.dtype[np.float64]]:
        """(p,) scores of one attack, per person, members' first. Personal data."""
        found = [r for r in self.performed.examination.readings if r.attack.card.id == attack]
        if not found:
            raise ConfigurationError(
                f"attack '{attack}' was not run", where="AuditResult.scores", fix="choose one listed in .to_dict()"
            )
        return found[0].target

    @property
    def is_member(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """(p,) in the order of `scores`. Raises ConfigurationError without members."""
        if self.performed.population is None:
            raise ConfigurationError(
                "this audit had no members", where="AuditResult.is_member", fix="give members and non_members"
            )
        return self.performed.population.is_member

    def save_reference_signals(self, path: str | Path) -> None:
        """For `reference_signals=` of another audit of the same records. Personal data, mode 0600."""
        if isinstance(self.performed, LanguagePerformed):
            raise ConfigurationError(
                "what references say of texts is not saved",
                where="AuditResult.save_reference_signals",
                fix="give a dossier: an audit that is repeated is a replay",
            )
        save_signals(Path(path), self.performed)

    def __str__(self) -> str:
        return summary(self.performed.content, lang=self.lang)

    def _repr_html_(self) -> str:
        return notebook_html(self.performed.content, self.lang)


def audit(
    model: Any,
    *,
    members: tuple[Any, Any] | Sequence[str] | None = None,
    non_members: tuple[Any, Any] | Sequence[str] | None = None,
    persons: tuple[Sequence[Any], Sequence[Any]] | None = None,
    recipe: Any = None,
    base: str | Path | None = None,
    language: Mapping[str, Any] | None = None,
    outputs: str | None = None,
    decimals: int | None = None,
    top_k: int | None = None,
    queries_per_record: int = 16,
    label_search: str = "noise",
    augmentations: int = 0,
    split: str = "given",
    declared_by: str | None = None,
    dossier: str | None = None,
    dossier_model: str | None = None,
    dossier_dataset: str | None = None,
    references: int | None = None,
    reference_signals: str | Path | None = None,
    trace: LossTrace | str | Path | None = None,
    panels: Sequence[Mapping[str, Any]] = (),
    workers: int | None = None,
    engine: Engine | None = None,
    lang: str = "fr",
    progress: Progress | None = None,
    **plan: Any,
) -> AuditResult:
    """Audits a fitted estimator, a trained PyTorch module, a served model or a language model.

    Estimators are scikit-learn's, or follow its conventions, as XGBClassifier and LGBMClassifier do. A served model is a
    `vidocq.HttpModel`; what it answered is not kept, as `vidocq audit` keeps it, if the audit stops.

    A language model is the path of its folder, or an object that writes and describes itself, such as a
    `vidocq.OpenAiModel`; members and non_members are then lists of texts, or both left out by whoever deploys a model
    without what trained it, and `language` names what else it is asked.

    members, non_members  (X, y) each: arrays or DataFrames the model takes, and labels; or texts.
    persons               one id per record of each side, if a person may have several records.
    recipe                how to train reference models; `sklearn.base.clone` of the model by default. A network needs a
                          `vidocq.TorchRecipe`.
    base                  folder of the language model that this one was fine-tuned from.
    language              keys of `[language]`: decoding, budgets, files of persons, documents, canaries.
    outputs, decimals     what the auditor is served: "probabilities", "top_k" or "labels", rounded or not; of a language
                          model "logprobs" or "text".
    top_k                 how many classes are served with outputs="top_k".
    queries_per_record    budget where the suite asks about changed copies of each record, as it does of labels.
    label_search          how these are changed: by "noise", or along "paths" towards records of another label.
    augmentations         further queries about each image, moved or mirrored as the recipe's transforms did.
    split, declared_by    "randomised" if chance drew the two sides before training, and who says so.
    dossier               SQLAlchemy URL of the ledger in which the audit is registered before the first query.
                          Without one nothing is registered: tolerances count as 0, and no `no leak` can be said.
                          The result, the evidence and the indices are recorded in it, as by `vidocq audit`.
    dossier_model         id that the model bears among the facts of that file; dossier_dataset, of the members' data set.
    references            number of reference models; reference_signals reuses saved ones instead.
    trace                 losses logged in training by vidocq.LossTrace, or its file.
    workers, engine       worker processes on this machine, one for each core without it; or an engine such as
                          `vidocq.Ray(address="host:port")`, which has its own number.
    panels                groups of persons whose exposure is told apart, each with the keys of `[[data.panels]]`, such as
                          {"name": "minors", "column": "age", "below": 18}.
    plan                  the other keys of `[plan]`: suite, alphas, tolerance_average, tolerance_worst, set_by,
                          prior, seed.
    Raises                DataError, ModelError, ConfigurationError, LedgerError.
    """
    sections = _sections(
        {"references": references, **plan},
        {
            "outputs": "probabilities" if outputs is None or is_language_model(model) else outputs,
            "decimals": decimals,
            "top_k": top_k,
            "queries_per_record": queries_per_record,
            "label_search": label_search,
            "augmentations": augmentations,
        },
    )
    asked = _panels(panels)
    section = _dossier(dossier, dossier_model, dossier_dataset)
    if split not in {"given", "randomised"} or (split == "randomised" and not (declared_by or "").strip()):
        raise ConfigurationError(
            "a randomised split needs the name of who declares it",
            where="split, declared_by",
            fix='give declared_by="name, role", or split="given"',
        )
    if workers is not None and engine is not None:
        raise ConfigurationError(
            "workers and engine are both given", where="workers, engine", fix="give the engine its number of workers"
        )
    used = Local(workers) if engine is None else engine
    used.check()
    if is_language_model(model):
        _refused_of_language(
            reference_signals=reference_signals, trace=trace, panels=panels or None, decimals=decimals
        )
        return AuditResult(
            audit_texts(
                model,
                members=members,
                non_members=non_members,
                persons=persons,
                base=base,
                recipe=recipe,
                outputs=outputs,
                split=split,
                declared_by=declared_by,
                plan=sections[0],
                language=language or {},
                dossier=dossier,
                section=section,
                engine=used,
                progress=progress,
            ),
            Lang(lang),
        )
    if base is not None or language is not None or members is None or non_members is None:
        raise ConfigurationError(
            "members or non_members are missing, or something is given that belongs to language models",
            where="vidocq.audit",
            fix="give (X, y) of both sides; base and language go with a language model",
        )
    ids = (None, None) if persons is None else persons
    sides: list[Records] = [
        from_arrays(*side, persons=ids[i], name=name)
        for i, (side, name) in enumerate(((members, "members"), (non_members, "non_members")))
    ]
    request = Request(
        plan=sections[0],
        access=sections[1],
        split=split,
        declared_by=declared_by,
        reference_signals=None if reference_signals is None else Path(reference_signals),
        panels=asked,
        trace=trace.saved() if isinstance(trace, LossTrace) else None if trace is None else load_trace(Path(trace)),
    )
    if isinstance(recipe, TorchRecipe):
        subject = of_network(model, *sides, recipe=recipe)
    elif isinstance(model, HttpModel):
        subject = of_endpoint(model, *sides, recipe=recipe)
    else:
        subject = of_estimator(model, *sides, recipe=recipe)
    if dossier is None:
        performed = perform(subject, request, ledger=None, engine=used, progress=progress)
        return AuditResult(performed, Lang(lang))
    with Ledger.open(require_kept(dossier)) as ledger:
        stated = stated_model(ledger, section)
        performed = perform(subject, request, ledger=ledger, engine=used, progress=progress)
        record_once(ledger, performed.content, sha256(audit_bytes(performed.content)))
        record_evidence(ledger, section, subject, performed, seed=sections[0].seed, stated=stated)
    return AuditResult(performed, Lang(lang))


def _refused_of_language(**given: Any) -> None:
    found = [name for name, value in given.items() if value is not None]
    if found:
        raise ConfigurationError(
            f"{', '.join(found)} do not belong to language models", where="vidocq.audit", fix="leave them out"
        )


def _sections(plan: Mapping[str, Any], access: Mapping[str, Any]) -> tuple[PlanSection, AccessSection]:
    from pydantic import ValidationError  # noqa: PLC0415

    try:
        return PlanSection.model_validate(dict(plan)), AccessSection.model_validate(dict(access))
    except ValidationError as invalid:
        raise _refused(invalid, "plan") from None


def _dossier(url: str | None, model: str | None, dataset: str | None) -> DossierSection:
    from pydantic import ValidationError  # noqa: PLC0415

    if url is None and (model is not None or dataset is not None):
        raise ConfigurationError(
            "a model or a data set of a file is named without the file",
            where="dossier_model, dossier_dataset",
            fix="give dossier= too, or leave them out",
        )
    try:
        return DossierSection(model=model, dataset=dataset)
    except ValidationError as invalid:
        raise _refused(invalid, "dossier") from None


def _panels(panels: Sequence[Mapping[str, Any]]) -> tuple[PanelSection, ...]:
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415

    try:
        return TypeAdapter(tuple[PanelSection, ...]).validate_python(panels)
    except ValidationError as invalid:
        raise _refused(invalid, "panels") from None


def _refused(invalid: "ValidationError", about: str) -> ConfigurationError:
    """What is wrong, by the name of the keyword and never by its value."""
    problems = [
        f"{'.'.join(str(p) for p in e['loc']) or about}: {e['msg'].removeprefix('Value error, ')}"
        for e in invalid.errors(include_input=False, include_url=False)
    ]
    return ConfigurationError("; ".join(problems), where=f"vidocq.audit, {about}", fix="see help(vidocq.audit)")
