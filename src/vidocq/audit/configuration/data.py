"""The records, and groups of persons among them."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from vidocq.audit.configuration.section import Given, Section


class PanelSection(Section):
    """Persons to be looked at together: those with a record whose column takes one of some values, or lies in a range.

    name    how the report calls them. From 50 persons on it tells their mean and how many are exposed; of 10 to 49, taken as one, their mean and a test; of fewer, nothing.
    column  of the data files.
    equals  values, as text or numbers.
    below, at_least  bounds of a number; together, a range.
    """

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 _-]{0,39}$")]
    column: str
    equals: tuple[str | float, ...] | None = None
    below: Annotated[float, Given, Field(allow_inf_nan=False)] | None = None
    at_least: Annotated[float, Given, Field(allow_inf_nan=False)] | None = None

    @model_validator(mode="after")
    def _chooses(self) -> "PanelSection":
        ranged = self.below is not None or self.at_least is not None
        if (self.equals is None) == (not ranged):
            raise ValueError("a panel needs either equals, or below and at_least, or one of the two")
        return self


class DataSection(Section):
    """The records, those the model was trained on and others; files are .csv, .parquet, .jsonl or .npz; of a language model .jsonl, .parquet, or .txt where blank lines set texts apart.

    members      file of the records that trained the model; needed but for a language model, which may be audited without any by whoever deploys it.
    non_members  file of records of the same origin that did not; goes with members.
    label        column to predict; needed but for a language model, which has none.
    text         field with the text, or with a conversation: a list of messages with role and content.
    date         field with the date of a text (2024-05-17, 2024-05 or 2024), so that a difference of period is seen.
    person       column with an id of the person, where one person may have several records.
    sensitive    columns that say something sensitive; nothing reads them yet.
    quasi        columns that together may single a person out, for the index of rare data; those of at most 20 values without it.
    panels       groups of persons whose exposure is told apart, such as minors; descriptive, no part of the verdict.
    trace        file of losses logged in training by vidocq.LossTrace, about members and non-members alike.
    split        "randomised" if chance alone drew the two files before training; a draw by `vidocq split` that stands
                 in the ledger counts as such without being declared.
    declared_by  name and role of who says so.
    """

    members: str | None = None
    non_members: str | None = None
    label: str | None = None
    text: str | None = None
    date: str | None = None
    person: str | None = None
    sensitive: tuple[str, ...] = ()
    quasi: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    panels: tuple[PanelSection, ...] = ()
    trace: str | None = None
    split: Literal["randomised", "given"] = "given"
    declared_by: str | None = None

    @model_validator(mode="after")
    def _both(self) -> "DataSection":
        if (self.members is None) != (self.non_members is None):
            raise ValueError("members and non_members go together")
        if self.members is None and self.split == "randomised":
            raise ValueError("split = 'randomised' speaks of members and non_members, and there are none")
        return self

    @model_validator(mode="after")
    def _declared(self) -> "DataSection":
        if self.split == "randomised" and not (self.declared_by and self.declared_by.strip()):
            raise ValueError("split = 'randomised' needs declared_by, the name of who says so, or `vidocq split`")
        return self
