"""Presidio: its analyzer over a spaCy pipeline saved in a folder, in the language of that pipeline."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from vidocq.core.spans import Category
from vidocq.detect.adapters.chunks import over_chunks
from vidocq.detect.adapters.model import Entity, Recognise
from vidocq.detect.adapters.spacy_model import OVERLAP, TOKENS, pipeline

ENTITIES: Final = {
    "PERSON": Category.PERSON,
    "LOCATION": Category.LOCATION,
    "ORGANIZATION": Category.ORGANISATION,
    "EMAIL_ADDRESS": Category.EMAIL,
    "PHONE_NUMBER": Category.PHONE,
    "IBAN_CODE": Category.IBAN,
    "CREDIT_CARD": Category.CARD,
    "IP_ADDRESS": Category.IP,
    "MAC_ADDRESS": Category.MAC,
}


def load(path: Path) -> Recognise:
    analyzer, language = _analyzer(path)
    known = [entity for entity in ENTITIES if entity in analyzer.get_supported_entities(language)]

    def entities(text: str) -> Iterator[Entity]:
        for found in analyzer.analyze(text, language=language, entities=known):
            yield Entity(found.start, found.end, ENTITIES[found.entity_type], min(1.0, max(0.01, found.score)))

    return lambda text: over_chunks(text, entities, tokens=TOKENS, overlap=OVERLAP)


def _analyzer(path: Path) -> tuple[Any, str]:
    """The analyzer and its language. The pipeline is handed over loaded: by its name, Presidio would download it."""
    import tldextract  # noqa: PLC0415 - an extra, and below
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # noqa: PLC0415
    from presidio_analyzer.nlp_engine import SpacyNlpEngine  # noqa: PLC0415

    shipped = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    tldextract.tldextract.TLD_EXTRACTOR = shipped  # by default it fetches the list of domains
    nlp = pipeline(path)
    engine = SpacyNlpEngine(models=[{"lang_code": nlp.lang, "model_name": str(path)}])
    engine.nlp = {nlp.lang: nlp}
    registry = RecognizerRegistry(supported_languages=[nlp.lang])
    registry.load_predefined_recognizers(languages=[nlp.lang], nlp_engine=engine)
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=[nlp.lang]), nlp.lang
