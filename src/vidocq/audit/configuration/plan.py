"""What is registered before the first query."""

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from vidocq.audit.configuration.section import Given, Section
from vidocq.audit.suite import SUITES, Suite

ALWAYS = (0.01, 0.1)
"""Rates that no configuration can remove (rule, line 2)."""


class PlanSection(Section):
    """What is registered before the first query. Tolerances that are absent mean 0.

    suite       named list of attacks, with a version.
    references  number of reference models; the suite's own without it.
    alphas      shares of outsiders that attacks are tuned to accuse; 0.01 and 0.1 are always among them.
    tolerance_average  excess risk tolerated on average; needs set_by.
    tolerance_worst    the same for the most exposed persons.
    set_by      name and role of the human who set the tolerances.
    prior       share of members among those an adversary would try, for the precision printed beside the verdict.
    seed        every draw follows from it.
    """

    suite: Literal["quick", "standard", "thorough"] = "standard"
    references: Annotated[int, Given, Field(ge=0, le=8192)] | None = None
    alphas: tuple[Annotated[float, Given, Field(gt=0, lt=0.5)], ...] = ALWAYS
    tolerance_average: Annotated[float, Given, Field(ge=0, lt=1)] | None = None
    tolerance_worst: Annotated[float, Given, Field(ge=0, lt=1)] | None = None
    set_by: str | None = None
    prior: Annotated[float, Given, Field(gt=0, lt=1)] | None = None
    seed: Annotated[int, Given, Field(ge=0, lt=2**53)] = 1

    @field_validator("alphas")
    @classmethod
    def _distinct(cls, alphas: tuple[float, ...]) -> tuple[float, ...]:
        """Each rate once: repeating one would change the family of tests without changing what is registered."""
        return tuple(sorted(set(alphas)))

    @model_validator(mode="after")
    def _named(self) -> "PlanSection":
        tolerances = (self.tolerance_average, self.tolerance_worst)
        if any(t is not None for t in tolerances) and not (self.set_by and self.set_by.strip()):
            raise ValueError("a tolerance needs set_by, the name and role of who set it")
        missing = [a for a in ALWAYS if a not in self.alphas]
        if missing:
            raise ValueError("alphas always include 0.01 and 0.1; others may be added")
        return self

    @property
    def the_suite(self) -> Suite:
        return SUITES[self.suite]

    @property
    def reference_models(self) -> int:
        return self.the_suite.references if self.references is None else self.references
