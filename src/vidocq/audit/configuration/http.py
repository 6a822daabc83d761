"""A served model, for kind "http"."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from vidocq.audit.configuration.section import Given, Section


class HttpSection(Section):
    """A served model, for kind "http": the address, how records are sent, where answers stand, and on which terms.

    Places are JSON pointers ("/outputs/0") or dotted paths ("outputs.0"); "*" is every item of a list. A query is one record sent, a request one batch of them.

    url      https://…; http:// on this machine only, unless cleartext is set. "${NAME}" in its path or query is taken from the environment, and secrets have to be. Redirects are not followed, and proxies of the environment not used.
    method   of the request that carries the records.
    headers  sent with each request; "${NAME}" in a value is taken from the environment, and secrets have to be.
    version  what the operator calls the model served; part of the hash under which the audit is registered, since the weights cannot be hashed.
    form     how a batch is written: "objects", a list of {column: value}; "rows", a list of lists, columns in the file's order; "columns", {column: list}; "split", {"columns": names, "data": rows}; "object", one record alone, with batch_size = 1. Whole numbers are written without a decimal point.
    records_at  where in the body they stand; the whole body without it.
    body     what else the body holds.
    labels   where the predicted labels stand in the answer, one for each record.
    probabilities  where probabilities stand: for each record a list in the order of [model] classes, an object {class: number}, a list of pairs, or with two classes the second one's alone; or {class: list}.
    values   where the predicted numbers of a regression stand; then [model] classes is left out.
    pairs    names under which an object holds a class and its probability.
    sums_within  by how much probabilities may miss the sum of 1 because the endpoint rounds; they are divided by their sum.
    batch_size   records in one request.
    per_second   most requests a second.
    timeout      seconds for one request in all.
    retries      after a failure that may pass: no connection, no answer in time, status 408, 425, 429, 500, 502, 503 or 504.
    backoff      seconds before the first of them; each next pause is twice as long, and Retry-After is heeded.
    longest_wait  seconds; an endpoint that asks to wait longer stops the audit, which goes on when started again.
    largest_mib  of one answer.
    cleartext    allows http:// to another machine: records and secrets travel unencrypted.
    certificates  file of the authorities to trust, in PEM, instead of the usual ones; certificates are always checked.
    budget       most queries of one audit, retries included; an audit that needs more is refused before it is registered.
    price        in currency, for as many as price_per says; failed attempts count.
    price_per    how many the price is for, such as 1000.
    price_of     what is paid for: queries, that is records, or requests.
    currency     of the price, such as "EUR".
    """

    url: str
    method: Literal["POST", "PUT"] = "POST"
    headers: dict[str, str] = {}  # noqa: RUF012 - pydantic copies it
    version: str | None = None
    form: Literal["objects", "rows", "columns", "split", "object"] = "objects"
    records_at: str = ""
    body: dict[str, Any] = {}  # noqa: RUF012 - pydantic copies it
    labels: str | None = None
    probabilities: str | None = None
    values: str | None = None
    pairs: tuple[str, str] = ("label", "score")
    sums_within: Annotated[float, Given, Field(ge=0, le=0.1)] = 1e-6
    batch_size: Annotated[int, Given, Field(ge=1, le=100_000)] = 100
    per_second: Annotated[float, Given, Field(gt=0)] | None = None
    timeout: Annotated[float, Given, Field(gt=0, le=3600)] = 30.0
    retries: Annotated[int, Given, Field(ge=0, le=20)] = 4
    backoff: Annotated[float, Given, Field(gt=0, le=60)] = 1.0
    longest_wait: Annotated[float, Given, Field(ge=0)] = 300.0
    largest_mib: Annotated[float, Given, Field(gt=0, le=1024)] = 16.0
    cleartext: bool = False
    certificates: str | None = None
    budget: Annotated[int, Given, Field(ge=1)] | None = None
    price: Annotated[float, Given, Field(ge=0)] | None = None
    price_per: Annotated[int, Given, Field(ge=1)] = 1
    price_of: Literal["queries", "requests"] = "queries"
    currency: Annotated[str, Field(pattern=r"^\S{1,12}$")] | None = None

    @model_validator(mode="after")
    def _priced(self) -> "HttpSection":
        if (self.price is None) != (self.currency is None):
            raise ValueError("price and currency go together")
        return self
