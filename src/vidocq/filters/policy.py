"""The policy of a guard: one TOML file that says what is looked for where, and what is done then."""

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from vidocq.core.canonical import content_hash
from vidocq.core.errors import ConfigurationError
from vidocq.core.guarding import Action, Surface, TextFilter
from vidocq.core.spans import Category
from vidocq.core.text import Lang, Text
from vidocq.filters.extracted import Extracted
from vidocq.filters.held import STEP
from vidocq.filters.objected import Objected
from vidocq.filters.personal_data import PersonalData
from vidocq.filters.phrases import read_phrases, require_key
from vidocq.filters.repetition import Repetition
from vidocq.filters.requests import Requests
from vidocq.filters.verbatim import FEWEST, Verbatim
from vidocq.measure.overlap.gram_filter import GramFilter

LARGEST = 1 << 20
_UNASKED = frozenset({Category.LOCATION, Category.ORGANISATION, Category.SPECIAL_CATEGORY, Category.OFFENCE})


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PersonalDataSection(Section):
    """Personal data in texts.

    action      of every category without one of its own.
    categories  that are looked for; all but places, organisations, special categories and offences without it.
    actions     by category, such as { card = "block" }.
    """

    kind: Literal["personal-data"]
    action: Action = Action.MASK
    surfaces: frozenset[Surface] = frozenset(Surface)
    categories: frozenset[Category] = frozenset(Category) - _UNASKED
    actions: dict[Category, Action] = {}

    def made(self, base: Path) -> TextFilter:
        asked = self.categories | self.actions.keys()
        return PersonalData({each: self.actions.get(each, self.action) for each in sorted(asked)}, self.surfaces)


class VerbatimSection(Section):
    """Text of the corpus.

    grams       file that `vidocq guard index` made of the corpus.
    characters  letters and digits over which it is told.   share  of them that stand in the corpus; 1 for word for word.
    """

    kind: Literal["verbatim"]
    grams: str
    action: Action = Action.BLOCK
    surfaces: frozenset[Surface] = frozenset({Surface.ANSWER, Surface.REASONING, Surface.ARGUMENTS})
    characters: Annotated[int, Field(ge=FEWEST, le=4096)] = 96
    share: Annotated[float, Field(gt=0.5, le=1)] = 0.7

    @property
    def spread(self) -> int:
        """Characters of a text in which so many letters and digits stand, with spaces and punctuation."""
        return -(-self.characters * 4 // 3)

    def made(self, base: Path) -> TextFilter:
        return Verbatim(GramFilter.open(base / self.grams), self.action, self.characters, self.share, self.surfaces)


class PhrasesSection(Section):
    """Persons who objected, or strings that an audit extracted.

    list  file that `vidocq guard list` made.
    key   name of the variable of the environment that holds the key of its hashes, in hexadecimal.
    """

    kind: Literal["objected", "extracted"]
    list: str
    key: str
    action: Action = Action.MASK
    surfaces: frozenset[Surface] = frozenset(Surface)

    def made(self, base: Path) -> TextFilter:
        key = key_of(self.key)
        kind, held = read_phrases(base / self.list, key=key)
        if kind != self.kind:
            raise ConfigurationError(
                f"this list is of another kind ('{kind}')",
                where=f"filters, {self.kind}",
                fix="name the right list",
                fr=f"cette liste est d'une autre sorte (« {kind} »)",
                fix_fr="nommez la bonne liste",
            )
        return (Objected if self.kind == "objected" else Extracted)(held, key, self.action, self.surfaces)


class RequestsSection(Section):
    """Prompts that ask for a named person's data."""

    kind: Literal["requests"]
    action: Literal[Action.BLOCK] = Action.BLOCK
    surfaces: frozenset[Surface] = frozenset({Surface.PROMPT})

    def made(self, base: Path) -> TextFilter:
        return Requests(self.action, self.surfaces)


class RepetitionSection(Section):
    """Orders to repeat without end, and what repeats itself.

    times  a piece of up to eight words is said in a row before it counts.
    """

    kind: Literal["repetition"]
    action: Literal[Action.BLOCK] = Action.BLOCK
    times: Annotated[int, Field(ge=3, le=1000)] = 20
    surfaces: frozenset[Surface] = frozenset({Surface.PROMPT, Surface.ANSWER})

    def made(self, base: Path) -> TextFilter:
        return Repetition(self.action, self.times, self.surfaces)


FilterSection = Annotated[
    PersonalDataSection | VerbatimSection | PhrasesSection | RequestsSection | RepetitionSection,
    Field(discriminator="kind"),
]


PREDICTIONS_LIMITS = Text(
    fr="Une réponse plus grossière en dit moins, pas rien : l'étiquette seule suffit à certaines attaques d'appartenance, et "
    "beaucoup de questions rendent une part de ce que l'arrondi retire.",
    en="A coarser answer tells less, not nothing: the label alone is enough for some membership attacks, and many questions give "
    "back a part of what rounding takes.",
)


class PredictionsSection(Section):
    """Answers of a predictive model. With `top_k` or `labels_only` one of no known shape is refused.

    decimals  that numbers are rounded to, wherever they stand.   top_k  likeliest classes that are told.
    labels_only  the likeliest class alone, without any number.
    """

    decimals: Annotated[int, Field(ge=0, le=14)] | None = None
    top_k: Annotated[int, Field(ge=1)] | None = None
    labels_only: bool = False


class BudgetSection(Section):
    """What one API key may ask for within a time; extraction needs volume. The proxy alone keeps it.

    seconds          over which it counts.
    queries          most questions.
    near_duplicates  most questions that are nearly one asked before.
    novelty          most characters of answers that were not said to that key before.
    """

    seconds: Annotated[int, Field(ge=1, le=86_400 * 31)] = 3600
    queries: Annotated[int, Field(ge=1)] | None = None
    near_duplicates: Annotated[int, Field(ge=1)] | None = None
    novelty: Annotated[int, Field(ge=1)] | None = None


class StopSection(Section):
    """The switch that stops everything.

    paused   nothing is let through: the proxy tells whoever asks with status 503, a wrapped function raises.
    because  a word for the log.
    """

    paused: bool = False
    because: Annotated[str, Field(max_length=200)] = ""


class ServeSection(Section):
    """The proxy.

    unseen        pictures, sound, files and prompts in numbers of tokens, which cannot be looked through: "block" or "pass".
    body_mib      largest request.   answer_mib  largest answer, a streamed one in all.
    timeout       seconds in which the model's server has to say something.
    upstream_key  variable of the environment with the key for the model's server, with which a budget needs `clients`; without it
                  the client's own goes on.
    clients       SHA-256, in hexadecimal, of the keys that clients may come with; anybody may without it.
    log           file of one JSON object a line, without any value; standard error without it.
    log_key       variable of the environment with the key, in hexadecimal, under which keys of clients are hashed in the log.
    """

    unseen: Literal["block", "pass"] = "block"
    body_mib: Annotated[float, Field(gt=0, le=256)] = 4
    answer_mib: Annotated[float, Field(gt=0, le=1024)] = 16
    timeout: Annotated[float, Field(gt=0, le=3600)] = 120
    upstream_key: str | None = None
    clients: frozenset[Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]] | None = None
    log: str | None = None
    log_key: str | None = None


class Policy(Section):
    """lang       of what stands in the place of finds.
    hold_back  characters of an answer that are held back while it streams: finds no longer than this never leave in part.
    filters    in the order in which they look.
    """

    schema_: Annotated[Literal[1], Field(alias="schema")]
    lang: Lang = Lang.fr
    hold_back: Annotated[int, Field(ge=STEP, le=4096)] = 256
    filters: tuple[FilterSection, ...] = ()
    predictions: PredictionsSection | None = None
    budget: BudgetSection | None = None
    stop: StopSection = StopSection()
    serve: ServeSection = ServeSection()
    base: Path = Path()

    @model_validator(mode="after")
    def _holds_enough(self) -> "Policy":
        for each in self.filters:
            if isinstance(each, VerbatimSection) and self.hold_back < each.spread + STEP:
                raise ValueError(
                    f"hold_back is less than what the filter 'verbatim' needs to tell: {each.spread + STEP} characters"
                )
        return self

    @model_validator(mode="after")
    def _counts_by_key(self) -> "Policy":
        if self.budget is not None and self.serve.upstream_key is not None and self.serve.clients is None:
            raise ValueError("a budget counts by key, and with upstream_key any key is let in: name serve.clients")
        return self

    def made(self) -> tuple[TextFilter, ...]:
        """The filters. Raises ConfigurationError if a file of one cannot be read, or its key is not there."""
        self.upstream_key()
        return tuple(each.made(self.base) for each in self.filters)

    def upstream_key(self) -> str | None:
        """The key for the model's server, None if the client's own goes on. ConfigurationError if it is not there."""
        name = self.serve.upstream_key
        if name is None:
            return None
        if not os.environ.get(name):
            raise ConfigurationError(
                "the key for the model's server is not in the environment", where=f"variable {name}", fix="set it"
            )
        return os.environ[name]

    def describe(self) -> dict[str, Any]:
        """Plain content without secrets, for the dossier."""
        return self.model_dump(mode="json", by_alias=True, exclude={"base"})

    @property
    def hash(self) -> str:
        return content_hash(self.describe())


def read_policy(path: Path | str) -> Policy:
    """Raises ConfigurationError, which names the key and never its value."""
    path = Path(path)
    where = path.name
    try:
        if path.stat().st_size > LARGEST:
            raise ConfigurationError("the policy is larger than 1 MiB", where=where, fix="check the path")
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as reason:
        raise ConfigurationError(
            f"the policy cannot be read ({type(reason).__name__})", where=where, fix="check the path"
        ) from None
    except tomllib.TOMLDecodeError as reason:
        raise ConfigurationError(f"this is not valid TOML: {reason}", where=where, fix="correct that line") from None
    try:
        return Policy.model_validate({**content, "base": path.parent})
    except ValidationError as invalid:
        problems = [
            f"{'.'.join(str(p) for p in error['loc']) or 'policy'}: {error['msg'].removeprefix('Value error, ')}"
            for error in invalid.errors(include_input=False, include_url=False)
        ]
        raise ConfigurationError(
            "; ".join(problems),
            where=where,
            fix="the keys and their values are listed in docs/guard-policy.md",
            fr=f"la politique ne convient pas ({'; '.join(problems)})",
        ) from None


def key_of(variable: str) -> bytes:
    """The key in this variable of the environment. Raises ConfigurationError if it is not there, or is no key."""
    try:
        key = bytes.fromhex(os.environ[variable])
    except (KeyError, ValueError):
        raise ConfigurationError(
            "the key of a list is not in the environment, in hexadecimal", where=f"variable {variable}", fix="set it"
        ) from None
    require_key(key)
    return key
