"""What is audited: a language model, and texts that it was trained on or not; nothing has been asked of it yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from vidocq.audit.configuration import Configuration
from vidocq.audit.configuration.openai import OpenAiSection
from vidocq.audit.language.membership import TextRecipe
from vidocq.core.canonical import content_hash
from vidocq.core.errors import ConfigurationError
from vidocq.core.language import LanguageModel, ScoresTexts
from vidocq.filters.guard import Guard
from vidocq.filters.policy import read_policy
from vidocq.targets.corpora.corpus import Corpus
from vidocq.targets.corpora.fields import Fields, Turns
from vidocq.targets.corpora.reading import read_corpus
from vidocq.targets.foreign import foreign_code
from vidocq.targets.language.fine_tuning import FineTuning, Lora
from vidocq.targets.language.loading import load_language_model
from vidocq.targets.language.model import LocalLanguageModel
from vidocq.targets.language.training import Course
from vidocq.targets.model_files import file_hash
from vidocq.targets.served.endpoint import Endpoint
from vidocq.targets.served.meter import TokenPrice
from vidocq.targets.served.openai import OpenAiModel
from vidocq.targets.served.openai_scorer import OpenAiScorer
from vidocq.targets.served.openai_terms import Form, OpenAiTerms

Outputs = Literal["logprobs", "text"]


@dataclass(frozen=True, eq=False)
class LanguageSubject:
    """A language model and the texts of both sides, which are None where nobody knows what trained it.

    base     what it was fine-tuned from, as a model of its own.
    recipe   how it was fine-tuned, so that reference models can be; None if nobody says.
    outputs  what of it is heard; a model that tells log-probabilities may be heard through its text alone.
    form     of prompts, where the user does not say.
    files    SHA-256 of the bytes of the data files; empty in memory.
    guard    stands around the model, which is then heard through its text alone.
    """

    kind: str
    name: str
    model: LanguageModel
    outputs: Outputs
    base: LanguageModel | None = None
    recipe: TextRecipe | None = None
    members: Corpus | None = None
    non_members: Corpus | None = None
    form: Form = "completion"
    files: Mapping[str, str] = field(default_factory=dict)
    guard: Guard | None = None

    @property
    def model_hash(self) -> str:
        """Of the model's files; of a served one, of its address and how it is asked."""
        return content_hash(self.model.describe())

    def versions(self) -> dict[str, str]:
        """Of the libraries that the model needs."""
        told: Mapping[str, str] = self.model.describe().get("libraries") or {}
        return dict(told)

    def describe(self) -> dict[str, Any]:
        return {"kind": self.kind, "model": self.name, "task": "language", "classes": None, "features": None}


def load_language_subject(configuration: Configuration) -> LanguageSubject:
    """Reads the texts and the model named in a configuration. Raises VidocqError; nothing is asked."""
    section, data = configuration.model, configuration.data
    base: LanguageModel | None = None
    form: Form = "completion"
    device = _device(section.device)
    if section.openai is not None:
        served = of_server(section.openai, base=configuration.base)
        served.require_ready()
        model: LanguageModel = served
        name, form = served.name, served.forms[0]
    else:
        path = configuration.path(str(section.path))
        below = None if section.base is None else configuration.path(section.base)
        local = load_language_model(path, base=below, device=device)
        model, base, name = local, base_of(local), path.resolve().name
    guard = _guard(configuration)
    asked = configuration.access.outputs if configuration.access.model_fields_set else None
    if guard is not None and asked == "logprobs":
        raise ConfigurationError(
            "a guard lets text through, and no log-probabilities",
            where="[access] outputs",
            fix='set outputs = "text"',
        )
    outputs = outputs_of(model, asked if guard is None else "text")
    fields = Fields(text=data.text or "text", person=data.person, date=data.date, turns=turns_of(model))
    sides: dict[str, Path] = {}
    if data.members is not None and data.non_members is not None:
        sides = {"members": configuration.path(data.members), "non_members": configuration.path(data.non_members)}
    corpora = {name: read_corpus(at, fields) for name, at in sides.items()}
    return LanguageSubject(
        kind=section.kind,
        name=name,
        model=model,
        outputs=outputs,
        base=base,
        recipe=_recipe(configuration, device),
        members=corpora.get("members"),
        non_members=corpora.get("non_members"),
        form=form,
        files={side: file_hash(at) for side, at in sides.items()},
        guard=guard,
    )


def _guard(configuration: Configuration) -> Guard | None:
    name = configuration.language.guard
    return None if name is None else Guard.of(read_policy(configuration.path(name)))


def _recipe(configuration: Configuration, device: str) -> FineTuning | None:
    section, base = configuration.model.fine_tuning, configuration.model.base
    if section is None or base is None:
        return None
    lora = None
    if section.method == "lora":
        lora = Lora(rank=section.rank, alpha=section.alpha, dropout=section.dropout, layers=section.layers)
    course = Course(
        epochs=section.epochs,
        rate=section.rate,
        schedule=section.schedule,
        batch=section.batch,
        at_once=min(section.batch, 16),
        decay=section.decay,
    )
    return FineTuning(
        base=configuration.path(base),
        course=course,
        lora=lora,
        length=section.length,
        layout=section.layout,
        device=device,
    )


def base_of(model: LanguageModel) -> LanguageModel | None:
    """What a model on this machine was fine-tuned from, where it is at hand."""
    return model.bare() if isinstance(model, LocalLanguageModel) else None


def outputs_of(model: LanguageModel, asked: str | None) -> Outputs:
    """What is heard. Raises ConfigurationError if log-probabilities are asked of a model that tells none."""
    tells = isinstance(model, ScoresTexts)
    if asked == "logprobs" and not tells:
        raise ConfigurationError(
            "this model gives text only",
            where="[access] outputs",
            fix='set outputs = "text", or logprobs = true where the server gives log-probabilities of a prompt',
        )
    if asked is None:
        return "logprobs" if tells else "text"
    return "text" if asked == "text" else "logprobs"


def turns_of(model: LanguageModel) -> Turns | None:
    """How the model reads a conversation, where it has a template of its own."""
    if not isinstance(model, LocalLanguageModel) or not model.tokens.has_template:
        return None
    tokenizer = model.tokens.tokenizer

    def turned(messages: Sequence[Mapping[str, str]]) -> str:
        with foreign_code("the chat template", where="tokenizer_config.json", fix="check the roles of the messages"):
            return str(tokenizer.apply_chat_template([dict(m) for m in messages], tokenize=False))

    return turned


def of_server(section: OpenAiSection, *, base: Path) -> OpenAiModel | OpenAiScorer:
    """The model behind an address; nothing is asked, and no secret read."""
    given = section.model_dump()
    kept = ("url", "headers", "version", "per_second", "timeout", "retries", "backoff", "longest_wait", "cleartext")
    endpoint = Endpoint(
        **{name: given[name] for name in (*kept, "budget")},
        largest=round(section.largest_mib * 2**20),
        certificates=None if section.certificates is None else base / section.certificates,
        table="[model.openai]",
    )
    price = None
    if section.price_given is not None and section.price_written is not None and section.currency is not None:
        price = TokenPrice(given=section.price_given, written=section.price_written, currency=section.currency)
    forms: dict[str, tuple[Form, ...]] = {
        "chat": ("chat",),
        "completion": ("completion",),
        "both": ("completion", "chat"),
    }
    told = ("model", "answers_as", "stop", "body", "together", "at_once", "limit_as", "budget_cost")
    terms = OpenAiTerms(
        **{name: given[name] for name in told},
        forms=forms[section.form],
        seed_as=section.seed_as or None,
        price=price,
    )
    model = OpenAiModel(endpoint, terms)
    return OpenAiScorer(model) if section.logprobs else model


def _device(asked: str) -> str:
    if asked != "auto":
        return asked
    from vidocq.targets.networks.model import require_torch  # noqa: PLC0415 - heavy, on use

    return "cuda" if require_torch().cuda.is_available() else "cpu"
