"""A language model behind an OpenAI-compatible server: asked for texts, and never twice for what was kept.

Nobody sees the weights behind an address. The hash of such a model names the address and how it is asked, and nothing
proves that the same model answered throughout, or will tomorrow. A server that ignores a setting of decoding (`top_k`
is no part of OpenAI's interface) cannot be told from one that heeds it.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from vidocq.core.canonical import content_hash
from vidocq.core.errors import ConfigurationError, ModelError
from vidocq.core.language import Decoding, Prompt
from vidocq.core.seeds import Seeds
from vidocq.engine.store import Store
from vidocq.targets.served.endpoint import Endpoint
from vidocq.targets.served.openai_answers import Answer, answers_in
from vidocq.targets.served.openai_exchange import Exchange, TooLong, Unwilling, Withheld
from vidocq.targets.served.openai_terms import Form, OpenAiTerms, whole


@dataclass(frozen=True, kw_only=True)
class _Question:
    """A prompt, and how it is to be answered. draw: names what its seeds come from. key: of its kept answers."""

    prompt: Prompt
    decoding: Decoding
    times: int
    most_tokens: int
    seed: int
    draw: str
    key: str


class OpenAiModel:
    """A language model that gives texts (`LanguageModel`); one that also scores them is an `OpenAiScorer`."""

    def __init__(
        self,
        endpoint: Endpoint,
        terms: OpenAiTerms,
        *,
        store: Store | None = None,
        audit: str = "",
        answered: Callable[[], None] | None = None,
    ) -> None:
        """`store`, `audit` and `answered` come by `opened`."""
        self.endpoint, self.terms = endpoint, terms
        self.exchange = Exchange(
            endpoint,
            terms,
            described=self.describe(),
            store=store,
            audit=audit,
            answered=answered if answered is not None else _nobody_watches,
        )
        self._together = terms.together

    @property
    def name(self) -> str:
        """How reports call it."""
        return self.terms.model

    @property
    def forms(self) -> tuple[Form, ...]:
        """Of prompt that it answers."""
        return self.terms.forms

    def describe(self) -> dict[str, Any]:
        """What the hash of the model is made of: the address, the model's name there and how it is asked."""
        return {"kind": "openai", "endpoint": self.endpoint.describe(), "terms": self.terms.describe()}

    def require_ready(self) -> None:
        """Asks nothing. Raises MissingExtra without httpx, ConfigurationError if a secret or a certificate is missing."""
        self.exchange.require_ready()

    def opened(
        self, *, store: Store | None = None, audit: str = "", answered: Callable[[], None] | None = None
    ) -> "OpenAiModel":
        """The same model, to be asked for one audit.

        store     where answers are kept, so that an audit that was stopped asks nothing again.
        audit     names the audit whose queries are counted together.
        answered  called whenever a prompt or a text is done, whether asked or found in the store.
        """
        return OpenAiModel(self.endpoint, self.terms, store=store, audit=audit, answered=answered)

    def close(self) -> None:
        self.exchange.close()

    def account(self) -> dict[str, Any]:
        """What it was asked, what that cost, and which oddities were met; for run.json."""
        return self.exchange.account()

    def write(
        self, prompts: Sequence[Prompt], *, decoding: Decoding, times: int, most_tokens: int, seed: int
    ) -> list[list[str]]:
        """`times` answers to each prompt, in order; a greedy one is asked for once.

        One seed and one prompt have one list of answers, of which more may be asked for later; where a prompt stands
        more than once among `prompts`, each has its own.
        Raises  ConfigurationError for a form of prompt that is not served, ModelError.
        """
        if any(prompt.form not in self.forms for prompt in prompts):
            raise ConfigurationError(
                "a prompt has a form that this model is not asked in",
                where="[model.openai] form",
                fix='set form to the ways in which the server is asked: "completion", "chat" or both',
            )
        wanted = 1 if decoding.is_greedy else times
        described, seen = self.describe(), Counter[str]()
        questions = []
        for prompt in prompts:
            about = _about(prompt, decoding, most_tokens)
            draw = content_hash({"about": about, "time": seen[about]})
            seen[about] += 1
            questions.append(
                _Question(
                    prompt=prompt,
                    decoding=decoding,
                    times=wanted,
                    most_tokens=most_tokens,
                    seed=seed,
                    draw=draw,
                    key=content_hash({"model": described, "draw": draw, "seed": seed}),
                )
            )
        found: dict[str, list[str]] = {}
        self.exchange.each(partial(self._answer, found=found), questions if times else [])
        return [(found[one.key][:wanted] * times)[:times] if times else [] for one in questions]

    def _answer(self, question: _Question, *, found: dict[str, list[str]]) -> None:
        """The answers that are kept, and those asked for until there are enough."""
        had: list[str] = self.exchange.kept.content(question.key) or []
        while len(had) < question.times:
            answers = self._some(question, start=len(had))
            had += [answer.text for answer in answers]
            for kind in (kind for answer in answers for kind in answer.notes):
                self.exchange.meter.noted(kind)
            self.exchange.kept.put_content(question.key, had)
            self.exchange.meter.answered(len(answers))
        found[question.key] = had
        self.exchange.done()

    def _some(self, question: _Question, *, start: int) -> list[Answer]:
        """As many answers as the server gives at once."""
        n = min(self._together, question.times - start)
        prompt = question.prompt
        content = self.terms.question(
            prompt,
            decoding=question.decoding,
            together=n,
            most_tokens=question.most_tokens,
            seed=Seeds(question.seed).integer(question.draw, start),
        )
        try:
            answers = self.exchange.ask(
                prompt.form,
                content,
                answers=n,
                most_tokens=question.most_tokens,
                read=partial(answers_in, form=prompt.form, asked=n),
                simpler=n > 1,
            )
        except Withheld:
            return [Answer("", ("filtered",))] * n
        except Unwilling:
            self.exchange.meter.noted("several_refused")
            self._together = 1
            return self._some(question, start=start)
        except TooLong:
            self.exchange.meter.noted("too_long")
            raise ModelError(
                "a prompt is longer than the model's context",
                where=f"{self.name}, {self.endpoint.host}",
                fix="shorten the prompts; what was answered before is kept",
            ) from None
        if len(answers) < n:
            self.exchange.meter.noted("fewer_answers")
            self._together = 1
        return answers


def _about(prompt: Prompt, decoding: Decoding, most_tokens: int) -> str:
    """The hash of what is asked of whatever model."""
    return content_hash(
        {
            "prompt": [prompt.form, whole(prompt.text), None if prompt.system is None else whole(prompt.system)],
            "decoding": [decoding.temperature, decoding.top_k, decoding.top_p],
            "most_tokens": most_tokens,
        }
    )


def _nobody_watches() -> None:
    """No progress is shown."""
