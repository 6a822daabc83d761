"""What a scan is asked to do."""

from dataclasses import dataclass, field

from vidocq.core.errors import ConfigurationError
from vidocq.core.spans import Category
from vidocq.detect.adapters.model import Model
from vidocq.targets.texts.limits import Limits

TO_JUDGE = frozenset({Category.SPECIAL_CATEGORY, Category.OFFENCE})
"""A word about health or a conviction may be about nobody: a person judges."""

CONTEXT = frozenset({Category.LOCATION, Category.ORGANISATION})
"""No personal data by themselves: counted, and never a finding."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """categories  to look for; None for all of them.   include, exclude  shell patterns of file names.

    key   for the hashes that count recurring persons; None for a random one that is never written.
    seed  recorded; a scan draws nothing.   models  recognisers of others that search too.
    """

    categories: frozenset[Category] | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    key: bytes | None = None
    seed: int = 1
    workers: int | None = None
    models: tuple[Model, ...] = ()
    limits: Limits = field(default_factory=Limits)


def read_categories(text: str | None) -> frozenset[Category] | None:
    """Categories from a list set apart by commas. Raises ConfigurationError on a word that is none."""
    if text is None:
        return None
    words = [word.strip().lower().replace("-", "_") for word in text.split(",") if word.strip()]
    known = [str(category) for category in Category]
    if not words or any(word not in known for word in words):
        raise ConfigurationError(
            "--categories names something that is not known",
            where="--categories",
            fix=f"give some of {', '.join(known)}, set apart by commas",
        )
    return frozenset(Category(word) for word in words)
