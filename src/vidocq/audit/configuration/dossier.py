"""The ledger of the audit."""

from typing import Annotated

from pydantic import Field

from vidocq.audit.configuration.section import ID_PATTERN, Section


class DossierSection(Section):
    """The ledger in which the audit is registered before the first query, and its evidence recorded after.

    url      as SQLAlchemy writes it.
    model    id that the model bears among the facts of the file, such as "triage"; evidence says that it is about it.
    dataset  id of the data set that the members come from.
    """

    url: str = "sqlite:///dossier.db"
    model: Annotated[str, Field(pattern=ID_PATTERN)] | None = None
    dataset: Annotated[str, Field(pattern=ID_PATTERN)] | None = None

    @property
    def model_path(self) -> str:
        """Path of the model among the facts, "" if nobody said."""
        return "" if self.model is None else f"models.{self.model}"

    @property
    def dataset_path(self) -> str:
        """Path of the data set among the facts, "" if nobody said."""
        return "" if self.dataset is None else f"datasets.{self.dataset}"
