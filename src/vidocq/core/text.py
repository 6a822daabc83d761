"""What a user reads exists in French and in English."""

from dataclasses import dataclass
from enum import StrEnum


class Lang(StrEnum):
    fr = "fr"
    en = "en"


@dataclass(frozen=True)
class Text:
    """One sentence or title in both languages; French is the one that counts."""

    fr: str
    en: str

    def to(self, lang: Lang) -> str:
        return self.fr if lang is Lang.fr else self.en

    def fill(self, **values: object) -> "Text":
        """The same text with its `{names}` filled, in both languages."""
        return Text(self.fr.format(**values), self.en.format(**values))

    def to_dict(self) -> dict[str, str]:
        return {"fr": self.fr, "en": self.en}
