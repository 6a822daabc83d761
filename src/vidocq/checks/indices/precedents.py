"""Published attacks on models of the same family."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar, Final

from vidocq.checks.indices.inputs import IndexInputs
from vidocq.checks.indices.words import followed
from vidocq.core.cards import CheckCard
from vidocq.core.checking import CheckVerdict, Observation, not_measured
from vidocq.core.status import Status
from vidocq.core.text import Text

FILE = "precedents.toml"
FAMILIES: Final = {
    "linear": Text(fr="modèles linéaires", en="linear models"),
    "tree": Text(fr="arbre de décision", en="decision tree"),
    "trees": Text(fr="forêts d'arbres", en="forests"),
    "boosting": Text(fr="arbres renforcés (boosting)", en="boosted trees"),
    "neighbours": Text(fr="plus proches voisins", en="nearest neighbours"),
    "vectors": Text(fr="machines à vecteurs de support", en="support vector machines"),
    "network": Text(fr="réseaux de neurones", en="neural networks"),
    "language": Text(fr="modèles de langage", en="language models"),
    "generative": Text(fr="modèles génératifs d'images ou de données", en="generative models of images or data"),
}


@dataclass(frozen=True, kw_only=True)
class Precedents:
    """Entries of a maintained table that name the model's family, and its task where they name one."""

    card: ClassVar = CheckCard(
        id="index-precedents",
        title=Text(fr="Précédents publiés", en="Published precedents"),
        measures=Text(
            fr="Attaques publiées qui ont réussi sur des modèles de la même famille, avec leur source.",
            en="Published attacks that succeeded on models of the same family, with their source.",
        ),
        baseline=Text(
            fr="Nombre d'entrées de la table, toutes familles confondues.",
            en="Number of entries of the table, all families.",
        ),
        source="the papers named in the table, src/vidocq/checks/indices/precedents.toml",
        limits=Text(
            fr="La table n'est pas exhaustive : une famille absente n'est pas une famille sûre. Une attaque publiée vise un "
            "modèle, un jeu et un accès qui ne sont pas les vôtres.",
            en="The table is not exhaustive: a family that is absent is not a safe one. A published attack was on a model, a "
            "set and an access that are not yours.",
        ),
        about="model",
    )

    def measure(self, inputs: IndexInputs) -> Observation:
        if inputs.family is None:
            return Observation(lacking=_NO_FAMILY)
        entries = [
            entry
            for entry in table()
            if inputs.family in entry["families"] and (inputs.task is None or inputs.task in entry["tasks"])
        ]
        return Observation(
            figures={
                "family": inputs.family,
                "task": inputs.task,
                "entries": [{name: entry[name] for name in ("attack", "source", "year")} for entry in entries],
                "table": len(table()),
            }
        )

    def judge(self, seen: Observation) -> CheckVerdict:
        """Always a person's: silence of a table is no sign of safety."""
        if seen.lacking is not None:
            return not_measured(seen.lacking)
        sources = ", ".join(entry["source"] for entry in seen.figures["entries"]) or "–"
        family, count = FAMILIES[seen.figures["family"]], len(seen.figures["entries"])
        said = Text(
            fr=_LISTED.fr.format(count=count, family=family.fr, sources=sources),
            en=_LISTED.en.format(count=count, family=family.en, sources=sources),
        )
        return CheckVerdict(status=Status.TO_JUDGE, reason=followed(said))


@cache
def table() -> tuple[dict[str, Any], ...]:
    """Entries: attack, families, tasks, source, year."""
    content = tomllib.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    return tuple(content["precedent"])


_NO_FAMILY = Text(
    fr="La famille du modèle n'est pas connue : la table ne peut être consultée.",
    en="The family of the model is not known: the table cannot be looked up.",
)
_LISTED = Text(
    fr="{count} précédents publiés pour la famille « {family} » : {sources}.",
    en="{count} published precedents for the family “{family}”: {sources}.",
)
