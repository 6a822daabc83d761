"""A served language model, for kind "openai"."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from vidocq.audit.configuration.section import Given, Section


class OpenAiSection(Section):
    """A language model behind a server that speaks OpenAI's dialect, for kind "openai". A query is one answer to one prompt, or one text read.

    url      what stands before /completions and /chat/completions, such as https://host/v1; http:// on this machine only, unless cleartext is set. "${NAME}" in its path or query is taken from the environment, and secrets have to be.
    model    as the server knows it; it may answer under that name, or the same with a date behind it.
    form     of the prompts that are served: "chat", "completion", or "both".
    logprobs  whether completions are served with the log-probabilities of the prompt's own tokens (`echo`): then membership of texts is tested; otherwise only what the model writes is heard.
    answers_as  the name it answers under, if that is another one.
    headers  sent with each request; "${NAME}" in a value is taken from the environment, and secrets have to be.
    version  what the operator calls the model served; part of the hash under which the audit is registered, since the weights cannot be hashed.
    stop     texts at which an answer ends.
    body     what else each request holds, such as a penalty.
    limit_as  the name under which the server takes the most tokens of an answer.
    seed_as   the name under which it takes a seed; "" where it takes none.
    together  most answers asked for in one request; one at a time where the server refuses more.
    at_once   requests under way at the same time.
    per_second   most requests a second.
    timeout      seconds for one request in all.
    retries      after a failure that may pass: no connection, no answer in time, status 408, 425, 429, 500, 502, 503 or 504.
    backoff      seconds before the first of them; each next pause is twice as long, and Retry-After is heeded.
    longest_wait  seconds; a server that asks to wait longer stops the audit, which goes on when started again.
    largest_mib  of one answer.
    cleartext    allows http:// to another machine: texts and secrets travel unencrypted.
    certificates  file of the authorities to trust, in PEM, instead of the usual ones; certificates are always checked.
    budget       most queries of one audit, retries included.
    price_given, price_written  in currency, for 1,000 tokens given to the model, and for 1,000 that it writes.
    currency     of the prices, such as "EUR".
    budget_cost  most that an audit may cost, in that currency, whatever comes back.
    """

    url: str
    model: Annotated[str, Field(min_length=1, max_length=200)]
    form: Literal["chat", "completion", "both"] = "chat"
    logprobs: bool = False
    answers_as: str | None = None
    headers: dict[str, str] = {}  # noqa: RUF012 - pydantic copies it
    version: str | None = None
    stop: tuple[str, ...] = ()
    body: dict[str, Any] = {}  # noqa: RUF012 - pydantic copies it
    limit_as: str = "max_tokens"
    seed_as: str = "seed"
    together: Annotated[int, Given, Field(ge=1, le=128)] = 8
    at_once: Annotated[int, Given, Field(ge=1, le=64)] = 1
    per_second: Annotated[float, Given, Field(gt=0)] | None = None
    timeout: Annotated[float, Given, Field(gt=0, le=3600)] = 120.0
    retries: Annotated[int, Given, Field(ge=0, le=20)] = 4
    backoff: Annotated[float, Given, Field(gt=0, le=60)] = 1.0
    longest_wait: Annotated[float, Given, Field(ge=0)] = 300.0
    largest_mib: Annotated[float, Given, Field(gt=0, le=1024)] = 16.0
    cleartext: bool = False
    certificates: str | None = None
    budget: Annotated[int, Given, Field(ge=1)] | None = None
    price_given: Annotated[float, Given, Field(ge=0)] | None = None
    price_written: Annotated[float, Given, Field(ge=0)] | None = None
    currency: Annotated[str, Field(pattern=r"^\S{1,12}$")] | None = None
    budget_cost: Annotated[float, Given, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _priced(self) -> "OpenAiSection":
        priced = {self.price_given is None, self.price_written is None, self.currency is None}
        if len(priced) > 1:
            raise ValueError("price_given, price_written and currency go together")
        if self.budget_cost is not None and self.currency is None:
            raise ValueError("budget_cost needs the prices it is counted by")
        if self.logprobs and self.form == "chat":
            raise ValueError('logprobs of a text are served with completions: form is "completion" or "both"')
        return self
