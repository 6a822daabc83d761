"""`vidocq.audit(...)` of a language model in memory, in a folder or behind an address."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vidocq.audit.configuration import DossierSection, LanguageSection, PlanSection
from vidocq.audit.evidence import pieces_of_audit
from vidocq.audit.language.material import read_files
from vidocq.audit.language.membership import TextRecipe
from vidocq.audit.language.perform import LanguagePerformed, perform_language
from vidocq.audit.language.prepare import LanguageRequest
from vidocq.audit.language.subject import LanguageSubject, base_of, outputs_of
from vidocq.audit.outputs import audit_bytes
from vidocq.audit.recorded import record_once
from vidocq.core.canonical import sha256
from vidocq.core.errors import ConfigurationError
from vidocq.core.language import LanguageModel
from vidocq.dossier.ledger import Ledger, require_kept
from vidocq.dossier.recording import record
from vidocq.engine.progress import Progress
from vidocq.engine.work import Engine
from vidocq.targets.corpora.corpus import Corpus
from vidocq.targets.language.loading import load_language_model


def is_language_model(model: Any) -> bool:
    """A folder's path, or any object that writes text and describes itself (`core.language.LanguageModel`)."""
    return isinstance(model, (str, Path)) or (hasattr(model, "write") and hasattr(model, "describe"))


def audit_texts(
    model: Any,
    *,
    members: Sequence[str] | None,
    non_members: Sequence[str] | None,
    persons: tuple[Sequence[Any], Sequence[Any]] | None,
    base: str | Path | None,
    recipe: TextRecipe | None,
    outputs: str | None,
    split: str,
    declared_by: str | None,
    plan: PlanSection,
    language: Mapping[str, Any],
    dossier: str | None,
    section: DossierSection,
    engine: Engine,
    progress: Progress | None,
) -> LanguagePerformed:
    """As `vidocq.audit`. Files named in `language` are relative to the folder one stands in. Raises VidocqError."""
    asked = language_section(language)
    if (members is None) != (non_members is None):
        raise ConfigurationError(
            "members and non_members go together", where="vidocq.audit", fix="give texts of both, or of neither"
        )
    ids: Sequence[Any] = (None, None) if persons is None else persons
    heard = loaded(model, base)
    subject = LanguageSubject(
        kind="huggingface" if isinstance(model, (str, Path)) else "language",
        name=name_of(model),
        model=heard,
        outputs=outputs_of(heard, outputs),
        base=base_of(heard),
        recipe=recipe,
        members=None if members is None else _corpus(members, ids[0], "members"),
        non_members=None if non_members is None else _corpus(non_members, ids[1], "non_members"),
        form=getattr(heard, "forms", ("completion",))[0],
    )
    material = read_files(asked, Path(), text="text")
    if members is None and material.hash is None:
        raise ConfigurationError(
            "there is nothing to ask about",
            where="vidocq.audit",
            fix="give members and non_members, or language={'persons': …}, documents, canaries or a corpus",
        )
    request = LanguageRequest(plan=plan, language=asked, material=material, split=split, declared_by=declared_by)
    if dossier is None:
        return perform_language(subject, request, ledger=None, engine=engine, progress=progress)
    with Ledger.open(require_kept(dossier)) as ledger:
        performed = perform_language(subject, request, ledger=ledger, engine=engine, progress=progress)
        record_once(ledger, performed.content, sha256(audit_bytes(performed.content)))
        record(ledger, pieces_of_audit(performed.content, subject=section.model_path))
    return performed


def loaded(model: Any, base: str | Path | None) -> LanguageModel:
    """Raises ModelError on a folder that holds no language model, ConfigurationError on a base without one."""
    if isinstance(model, (str, Path)):
        return load_language_model(Path(model), base=None if base is None else Path(base))
    if base is not None:
        raise ConfigurationError(
            "a base is named for a model that was loaded already",
            where="vidocq.audit, base",
            fix="give the folder of the model, or load_language_model(folder, base=…)",
        )
    found: LanguageModel = model
    return found


def name_of(model: Any) -> str:
    if isinstance(model, (str, Path)):
        return Path(model).resolve().name
    return str(getattr(model, "name", type(model).__name__))


def language_section(given: Mapping[str, Any]) -> LanguageSection:
    """Raises ConfigurationError that names the key and never its value."""
    from pydantic import ValidationError  # noqa: PLC0415

    try:
        return LanguageSection.model_validate(dict(given))
    except ValidationError as invalid:
        problems = [
            f"{'.'.join(str(p) for p in e['loc']) or 'language'}: {e['msg'].removeprefix('Value error, ')}"
            for e in invalid.errors(include_input=False, include_url=False)
        ]
        raise ConfigurationError(
            "; ".join(problems), where="vidocq.audit, language", fix="see [language] in docs/configuration.md"
        ) from None


def _corpus(texts: Sequence[str], persons: Sequence[Any] | None, name: str) -> Corpus:
    found = tuple(texts) if not isinstance(texts, str) else ()
    if not found or not all(isinstance(text, str) and text.strip() for text in found):
        raise ConfigurationError(
            f"{name} are no list of texts",
            where=f"vidocq.audit, {name}",
            fix="give a list of str, none of them empty",
        )
    ids: NDArray[np.str_] | None = None
    if persons is not None:
        if len(persons) != len(found):
            raise ConfigurationError(
                f"{len(found)} texts of {name} come with {len(persons)} persons",
                where="vidocq.audit, persons",
                fix="give one id for each text, in their order",
            )
        ids = np.array([str(one) for one in persons], dtype=np.str_)
    return Corpus(found, ids)
