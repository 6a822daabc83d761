"""How each measurement asks, from what the user wrote; and the same as plain content, to be registered."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from vidocq.audit.configuration import LanguageSection
from vidocq.audit.language.canaries.measure import CanaryOptions
from vidocq.audit.language.divergence import DivergenceOptions
from vidocq.audit.language.extraction import ExtractionOptions
from vidocq.audit.language.material import Material
from vidocq.audit.language.person_templates import Templates
from vidocq.audit.language.persons import PersonsOptions
from vidocq.audit.language.retrieval import RetrievalOptions
from vidocq.audit.language.subject import LanguageSubject
from vidocq.core.canonical import sha256
from vidocq.core.language import ScoresContinuations
from vidocq.targets.served.openai_terms import Form

KNOWN_QUERIES, REAL_QUERIES = 1000, 20
"""Budget of an attacker for one beginning of a text: where probabilities are told, and where each answer is asked for."""


def queries_of(section: LanguageSection, subject: LanguageSubject) -> int:
    """The attacker's budget, unless the user sets it: counted where it is computed, small where it is really asked."""
    if section.queries is not None:
        return section.queries
    computed = subject.outputs == "logprobs" and isinstance(subject.model, ScoresContinuations)
    return KNOWN_QUERIES if computed else REAL_QUERIES


def extraction_options(section: LanguageSection, subject: LanguageSubject, form: Form) -> ExtractionOptions:
    return ExtractionOptions(
        prefix=section.prefix,
        suffix=section.suffix,
        queries=queries_of(section, subject),
        edits=section.edits,
        form=form,
        system=section.system,
    )


def canary_options(section: LanguageSection, subject: LanguageSubject, form: Form) -> CanaryOptions:
    return CanaryOptions(queries=queries_of(section, subject), form=form, system=section.system)


def persons_options(section: LanguageSection, material: Material, form: Form) -> PersonsOptions:
    return PersonsOptions(
        queries=section.person_queries,
        controls=section.person_controls,
        form=form,
        system=section.system,
        templates=material.templates or Templates.read(),
    )


def divergence_options(section: LanguageSection, form: Form) -> DivergenceOptions:
    return DivergenceOptions(
        queries=section.answers,
        at_least=section.recital,
        openings=section.openings,
        form=form,
        system=section.system,
    )


def retrieval_options(section: LanguageSection, form: Form) -> RetrievalOptions:
    return RetrievalOptions(
        reader=str(section.reader), queries=section.document_queries, form=form, system=section.system
    )


def registered_options(
    measured: Sequence[str], section: LanguageSection, material: Material, subject: LanguageSubject, form: Form
) -> dict[str, Any]:
    """What each measurement will ask, by id; of texts that the user wrote, and of who asks, hashes."""
    found: dict[str, Mapping[str, Any]] = {}
    if "extraction" in measured:
        found["extraction"] = asdict(extraction_options(section, subject, form)) | {"passages": section.passages}
    if "canary" in measured:
        found["canary"] = asdict(canary_options(section, subject, form))
    if "person-prompt" in measured:
        found["person-prompt"] = persons_options(section, material, form).described()
    if "divergence" in measured:
        found["divergence"] = divergence_options(section, form).described()
    if "retrieval" in measured:
        found["retrieval"] = retrieval_options(section, form).described()
    return {name: _hidden(told) for name, told in found.items()}


def _hidden(told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: sha256(value.encode()) if name in ("system", "reader") and isinstance(value, str) else value
        for name, value in told.items()
        if name != "price"
    }
