"""How the withheld field of a person is asked for: templates in both languages, read from a file that the user may replace."""

import re
import string
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal, Self

from vidocq.core.canonical import content_hash
from vidocq.core.errors import ConfigurationError
from vidocq.core.text import Lang, Text

LARGEST: Final = 1 << 20
MOST_TEMPLATES: Final = 200
_OWN: Final = frozenset({"card", "who", "of_who", "details", "field", "Field", "label"})
_VOWEL: Final = re.compile(r"[aeiouyhàâäéèêëîïôöùûü]", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"^(?:l['’]|(?:le|la|les|the) )", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Template:
    """text  with places in braces (persons.toml says which).   asks  the one field it asks for; any without it."""

    id: str
    lang: Lang
    form: Literal["completion", "chat"]
    text: str
    asks: str | None = None

    @property
    def places(self) -> frozenset[str]:
        """Raises ValueError where braces hold more than a name, such as a width: a text would be as long as it says."""
        found = set()
        for _, name, width, converted in string.Formatter().parse(self.text):
            if name is not None:
                if not name.isidentifier() or width or converted:
                    raise ValueError("a place in braces is a name and no more")
                found.add(name)
        return frozenset(found)


@dataclass(frozen=True, kw_only=True)
class Templates:
    """named  how fields are called, with their article.   categories  that decide how their values are compared."""

    templates: tuple[Template, ...]
    named: Mapping[str, Text] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path | None = None) -> Self:
        """Those of the package, or of a file of the same shape; its fields add to ours.

        Raises  ConfigurationError where the file cannot be read, or says what is not understood.
        """
        own = tomllib.loads((files(__package__) / "prompts" / "persons.toml").read_text(encoding="utf-8"))
        if path is None:
            return cls._of(own, {}, where="persons.toml")
        try:
            if path.stat().st_size > LARGEST:
                raise ConfigurationError(
                    "the file of templates is too large", where=str(path), fix="keep under 1 MiB"
                )
            given = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ConfigurationError(
                f"the templates cannot be read: {type(error).__name__}",
                where=str(path),
                fix="see Persons in docs/language.md",
            ) from error
        return cls._of(given, own["field"], where=str(path))

    @classmethod
    def _of(cls, given: dict[str, Any], fields: dict[str, Any], *, where: str) -> Self:
        """fields  of the package, which those given add to."""
        try:
            fields = fields | given.get("field", {})
            templates = tuple(Template(**{**one, "lang": Lang(one["lang"])}) for one in given["template"])
            named = {key: Text(told["fr"], told["en"]) for key, told in fields.items()}
            categories = {key: str(told["category"]) for key, told in fields.items()}
            sound = len(templates) <= MOST_TEMPLATES and all(
                isinstance(one.text, str) and one.form in {"completion", "chat"} and one.places is not None
                for one in templates
            )
            sound = sound and 0 < len(templates) == len({one.id for one in templates})
        except (KeyError, TypeError, ValueError, AttributeError):
            sound, templates, named, categories = False, (), {}, {}
        if not sound:
            raise ConfigurationError(
                "the templates are not written as they should be",
                where=where,
                fix="give [[template]] tables with id, lang, form and text, whose braces hold the name of a place or a field, and "
                "[field.key] tables with category, fr and en",
                fr="les questions ne sont pas écrites comme il le faut",
                fix_fr="donner des tables [[template]] avec id, lang, form et text, dont les accolades nomment un emplacement ou un "
                "champ, et des tables [field.clé] avec category, fr et en",
            )
        return cls(templates=templates, named=named, categories=categories)

    def fitting(self, *, form: str, known: Mapping[str, str], withheld: str) -> list[tuple[Template, str]]:
        """Templates of one form that ask for `withheld` from what is known, each with its text filled."""
        return [
            (template, self._filled(template, known, withheld))
            for template in self.templates
            if template.form == form and template.asks in {None, withheld} and template.places - _OWN <= set(known)
        ]

    @property
    def hash(self) -> str:
        """Changes whenever a question does."""
        return content_hash(
            {
                "templates": [asdict(one) | {"lang": str(one.lang)} for one in self.templates],
                "named": {key: text.to_dict() for key, text in self.named.items()},
                "categories": dict(self.categories),
            }
        )

    def category(self, key: str) -> str:
        """What decides how values of a field are compared."""
        return self.categories.get(key, key)

    def _filled(self, template: Template, known: Mapping[str, str], withheld: str) -> str:
        lang = template.lang
        colon = " : " if lang is Lang.fr else ": "
        first = "name" if "name" in known else next(iter(known))
        others = [f"{self._label(key, lang)}{colon}{value}" for key, value in known.items() if key != first]
        sought = self._named(withheld, lang)
        who = known[first]
        own = {
            "card": "\n".join(f"{_upper(self._label(key, lang))}{colon}{value}" for key, value in known.items()),
            "who": who,
            "of_who": f"d'{who}" if _VOWEL.match(who) else f"de {who}",
            "details": f" ({(' ; ' if lang is Lang.fr else '; ').join(others)})" if others else "",
            "field": sought,
            "Field": _upper(sought),
            "label": self._label(withheld, lang),
        }
        return template.text.format(**{**known, **own})

    def _named(self, key: str, lang: Lang) -> str:
        plain = key.replace("_", " ")
        return self.named.get(key, Text(f"le champ « {plain} »", f"the {plain}")).to(lang)

    def _label(self, key: str, lang: Lang) -> str:
        return _ARTICLE.sub("", self._named(key, lang)) if key in self.named else key.replace("_", " ")


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
