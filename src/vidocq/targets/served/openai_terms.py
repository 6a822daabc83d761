"""How a model behind an OpenAI-compatible server is asked: its name, the forms of prompt, and what its answers cost."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import urlsplit, urlunsplit

from vidocq.core.canonical import sha256
from vidocq.core.errors import ConfigurationError
from vidocq.core.language import Decoding, Prompt
from vidocq.targets.described import described
from vidocq.targets.served.endpoint import Endpoint
from vidocq.targets.served.meter import TokenPrice, Tokens

Form = Literal["completion", "chat"]
PATHS: dict[Form, str] = {"completion": "completions", "chat": "chat/completions"}
OURS = {"model", "messages", "prompt", "n", "stream", "echo", "logprobs", "temperature", "top_p", "top_k", "stop"}
_DATED = re.compile(r"-\d[\d-]*")
_WHERE = "[model.openai]"


@dataclass(frozen=True, kw_only=True)
class OpenAiTerms:
    """What is asked of an OpenAI-compatible server, besides where (`Endpoint`, whose url ends before /completions).

    A query is one answer to one prompt, or one text read.

    model       as the server knows it. It may answer under that name or the same with a date behind it.
    forms       of prompt that are served: "completion", "chat" or both.
    answers_as  the name it answers under, if that is another one, as of a local server that ignores the name asked for.
    system      what precedes every conversation whose prompt names nothing else.
    stop        texts at which an answer ends.
    body        what else each request holds, such as a penalty.
    together    most answers asked for in one request (`n`); one at a time where the server refuses more. To be set to 1
                where a server gives one answer `n` times over for one seed.
    at_once     requests under way at the same time.
    limit_as    the name under which the server takes the most tokens of an answer.
    seed_as     the name under which it takes a seed; None where it takes none.
    price       of 1,000 tokens; `budget_cost`, most of it in all, is not passed, whatever comes back.
    """

    model: str
    forms: tuple[Form, ...] = ("chat",)
    answers_as: str | None = None
    system: str | None = None
    stop: tuple[str, ...] = ()
    body: Mapping[str, Any] = field(default_factory=dict)
    together: int = 8
    at_once: int = 1
    limit_as: str = "max_tokens"
    seed_as: str | None = "seed"
    price: TokenPrice | None = None
    budget_cost: float | None = None

    def __post_init__(self) -> None:
        if not self.model or not self.forms:
            raise _refused("the model or the form of its prompts is not named", "give model and form")
        if self.together < 1 or self.at_once < 1:
            raise _refused("together and at_once are below one", "give 1 or more")
        if self.budget_cost is not None and self.price is None:
            raise _refused("budget_cost is given, and no price", "give the price of 1,000 tokens")
        try:
            json.dumps(dict(self.body), allow_nan=False)
        except (TypeError, ValueError):
            raise _refused("body holds what JSON cannot write", "use text, numbers, lists and tables") from None
        taken = [name for name in self.body if name in OURS | {self.limit_as, self.seed_as}]
        if taken:
            raise _refused(f"body holds {taken[0]}, which is set otherwise", "leave it out of body")

    def describe(self) -> dict[str, Any]:
        """What plays a part in what is answered; of the system prompt its hash."""
        return {
            "model": self.model,
            "forms": sorted(self.forms),
            "answers_as": self.answers_as,
            "system": None if self.system is None else sha256(whole(self.system).encode()),
            "stop": list(self.stop),
            "body": described(dict(self.body)),
            "limit_as": self.limit_as,
            "seed_as": self.seed_as,
        }

    def is_name(self, name: str) -> bool:
        """Whether an answer under this name is one of the model asked for."""
        if self.answers_as is not None:
            return name == self.answers_as
        return name == self.model or (
            name.startswith(self.model) and _DATED.fullmatch(name[len(self.model) :]) is not None
        )

    def question(
        self, prompt: Prompt, *, decoding: Decoding, together: int, most_tokens: int, seed: int
    ) -> dict[str, Any]:
        """The body of a request for so many answers to a prompt."""
        return {
            "model": self.model,
            **self._put(prompt),
            self.limit_as: most_tokens,
            "temperature": decoding.temperature,
            "top_p": decoding.top_p,
            **({} if decoding.top_k is None else {"top_k": decoding.top_k}),
            **({} if together == 1 else {"n": together}),
            **({"stop": list(self.stop)} if self.stop else {}),
            **({} if self.seed_as is None else {self.seed_as: seed}),
            **self.body,
        }

    def echo(self, text: str, *, most_tokens: int) -> dict[str, Any]:
        """The body of a request to tell how likely each token of a text is, by the model as it stands."""
        return {
            "model": self.model,
            "prompt": text,
            self.limit_as: most_tokens,
            "echo": True,
            "logprobs": 1,
            "temperature": 1.0,
            "top_p": 1.0,
            **self.body,
        }

    def _put(self, prompt: Prompt) -> dict[str, Any]:
        if prompt.form == "completion":
            return {"prompt": whole(prompt.text)}
        system = self.system if prompt.system is None else prompt.system
        said = [] if system is None else [{"role": "system", "content": whole(system)}]
        return {"messages": [*said, {"role": "user", "content": whole(prompt.text)}]}


def address_of(endpoint: Endpoint, form: Form) -> Endpoint:
    """The endpoint where prompts of this form are answered."""
    parts = urlsplit(endpoint.url)
    return replace(endpoint, url=urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{PATHS[form]}")))


def written(content: Mapping[str, Any]) -> bytes:
    """A request's body as UTF-8 JSON."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def whole(text: str) -> str:
    """The text with halves of characters, which UTF-8 cannot write, replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def guessed(body: bytes, *, answers: int, most_tokens: int) -> Tokens:
    """Tokens that a request takes at most: without the model's tokenizer, one for each byte sent."""
    return Tokens(len(body), answers * most_tokens)


def _refused(what: str, fix: str) -> ConfigurationError:
    return ConfigurationError(what, where=_WHERE, fix=fix)
