"""The groups that a user wants looked at, found among the records."""

from collections.abc import Sequence

import numpy as np

from vidocq.audit.configuration import PanelSection
from vidocq.audit.persons.group import Group
from vidocq.audit.sampling.population import Population
from vidocq.core.arrays import BoolArray
from vidocq.core.errors import ConfigurationError, DataError
from vidocq.core.text import Text

_NOBODY = Text(
    fr="Le groupe « {name} » ne réunit personne : aucun enregistrement n'a la valeur demandée. Rien n'en est dit ; "
    "vérifier l'orthographe et l'unité de la valeur.",
    en="The panel '{name}' matches nobody: no record has the value asked for. Nothing is said of it; check how the value "
    "is spelt, and its unit.",
)


def groups_of(population: Population, panels: Sequence[PanelSection]) -> list[Group]:
    """A person belongs who has at least one record that does.

    Raises ConfigurationError on a column that is not there, DataError on a range over text.
    """
    return [Group(panel.name, _persons(population, _belongs(population, panel))) for panel in panels]


def warnings_of(groups: Sequence[Group]) -> list[dict[str, str]]:
    """What whoever reads the audit has to know of groups in which there is nobody."""
    return [
        {"code": "panel-empty", **_NOBODY.fill(name=group.name).to_dict()}
        for group in groups
        if not group.belongs.any()
    ]


def _belongs(population: Population, panel: PanelSection) -> BoolArray:
    records = population.records
    if panel.column not in records.columns:
        raise ConfigurationError(
            "a panel asks for a column that the records lack",
            where=f"[[data.panels]] {panel.name}",
            fix=f"choose among: {', '.join(records.columns[:20])}",
        )
    column = records.features[:, records.columns.index(panel.column)]
    if panel.equals is not None:
        wanted = {value if isinstance(value, str) else float(value) for value in panel.equals}
        return np.array([cell in wanted for cell in column.tolist()], dtype=bool)
    try:
        numbers = column.astype(np.float64)
    except (TypeError, ValueError):
        raise DataError(
            "a panel asks for a range of a column that holds text",
            where=f"[[data.panels]] {panel.name}",
            fix="give its values with equals",
        ) from None
    low = -np.inf if panel.at_least is None else panel.at_least
    high = np.inf if panel.below is None else panel.below
    return np.asarray((numbers >= low) & (numbers < high))


def _persons(population: Population, records: BoolArray) -> BoolArray:
    return np.asarray(np.bincount(population.person, weights=records, minlength=population.persons) > 0)
