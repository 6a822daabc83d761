"""How a language model is made to write, and what it is asked besides texts it may have been trained on."""

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from vidocq.audit.configuration.section import Given, Section
from vidocq.core.language import Decoding
from vidocq.measure.overlap import SHORTEST

MOST_OPENINGS: Final = 1000
Opening = Annotated[str, Field(min_length=1, max_length=2000)]


class LanguageSection(Section):
    """For kinds "huggingface" and "openai": how the model writes where it is deployed, and what it is asked. Budgets are registered before the first query.

    temperature, top_k, top_p  the decoding of the deployed model, in that order: temperature 0 always takes the likeliest token; top_k keeps so many; top_p then keeps those that hold this share.
    form     of the prompts that persons and free prompting are put in; "chat" needs a model with a template of conversation, or served so.
    system   what precedes every conversation.
    scope    what is asked: the "model" itself, or the "system" around it, filters included; what a system keeps back says nothing of the model.
    guard    policy file (.toml) of a guard that stands around the model for this audit; goes with scope = "system".
    prefix   tokens of a text that an attacker is taken to know; words where the model does not tell its tokens.
    suffix   tokens, or words, that follow, and that the model would have to give back.
    edits    words by which an answer may differ and still count as near-verbatim; 0 leaves near-verbatim answers out.
    passages  most texts of each side whose beginning is put to the model.
    queries  budget of an attacker for one beginning of a text; 1,000 without it where the model tells probabilities, and 20, really asked, where it only gives text.
    persons  file of persons (.jsonl) whose withheld field is asked for, beside controls; see docs/language.md.
    person_queries  questions about one withheld field.
    templates  file (.toml) of questions about persons, and of names of fields, in place of the package's; see docs/language.md.
    person_controls  made up beside each person, where the file gives none.
    answers  of free prompting, in all, shared among its kinds of prompts.
    openings  beginnings of texts that the model is made to go on with, besides the package's own: such as the texts that trained it often have; at most 1,000, of 2,000 characters each.
    most_tokens  of one answer.
    recital  characters in a row of an answer that stand in the corpus word for word, to count as recited.
    corpus   file of texts that these answers are compared with; the members, beside the non-members, without it.
    documents  file of documents (.jsonl) that stand behind a system, and who may read them; see docs/language.md.
    reader   under whose name the system is asked, as `documents` calls him.
    document_queries  questions about one document.
    canaries  register of canaries (.json), as `vidocq.draw_text_canaries` wrote it.
    """

    temperature: Annotated[float, Given, Field(ge=0, le=10)] = 1.0
    top_k: Annotated[int, Given, Field(ge=1, le=1_000_000)] | None = None
    top_p: Annotated[float, Given, Field(gt=0, le=1)] = 1.0
    form: Literal["completion", "chat"] | None = None
    system: str | None = None
    scope: Literal["model", "system"] = "model"
    guard: str | None = None
    prefix: Annotated[int, Given, Field(ge=1, le=4096)] = 50
    suffix: Annotated[int, Given, Field(ge=1, le=4096)] = 50
    edits: Annotated[int, Given, Field(ge=0, le=50)] = 3
    passages: Annotated[int, Given, Field(ge=1, le=1_000_000)] = 1000
    queries: Annotated[int, Given, Field(ge=1, le=1_000_000)] | None = None
    persons: str | None = None
    person_queries: Annotated[int, Given, Field(ge=1, le=100_000)] = 12
    templates: str | None = None
    person_controls: Annotated[int, Given, Field(ge=1, le=100)] = 3
    answers: Annotated[int, Given, Field(ge=1, le=10_000_000)] = 300
    openings: tuple[Opening, ...] = Field(default=(), max_length=MOST_OPENINGS)
    most_tokens: Annotated[int, Given, Field(ge=1, le=8192)] = 256
    recital: Annotated[int, Given, Field(ge=SHORTEST, le=100_000)] = 200
    corpus: str | None = None
    documents: str | None = None
    reader: str | None = None
    document_queries: Annotated[int, Given, Field(ge=1, le=100_000)] = 10
    canaries: str | None = None

    @model_validator(mode="after")
    def _whose(self) -> "LanguageSection":
        if (self.documents is None) != (self.reader is None):
            raise ValueError("documents go with reader, under whose name the system is asked")
        if self.templates is not None and self.persons is None:
            raise ValueError("templates go with persons, about whom they ask")
        if self.guard is not None and self.scope != "system":
            raise ValueError('a guard goes with scope = "system": what it keeps back says nothing of the model')
        return self

    @property
    def decoding(self) -> Decoding:
        return Decoding(temperature=self.temperature, top_k=self.top_k, top_p=self.top_p)
