"""Columns on what is done, with which data of whom, how long, and how it is protected."""

from collections.abc import Iterator

from vidocq.core.text import Text
from vidocq.dossier.facts.asked import question
from vidocq.dossier.facts.dataset import DataSet
from vidocq.dossier.reading import Reading
from vidocq.dossier.register.entry import Column, column, typed
from vidocq.dossier.register.place import Place
from vidocq.dossier.register.words import KINDS

OWN_REUSE = Text(
    fr="Réutilisation des données du client pour ses propres modèles.",
    en="Reuse of the client's data for models of its own.",
)
REUSE_PURPOSE = Text(fr="Quelle est la finalité de cette réutilisation ?", en="What is the purpose of this reuse?")
DESCRIBE_SET = Text(
    fr="Décrire ce jeu de données, qui est nommé mais absent de la liste.",
    en="Describe this data set: it is named but not listed.",
)
NO_SET = Text(
    fr="Aucun jeu de données n'est déclaré pour cette opération : lesquels utilise-t-elle ?",
    en="No data set is stated for this operation: which does it use?",
)
OF_SET = Text(fr="{set} : {what}", en="{set}: {what}")
SENSITIVE = Text(fr="données sensibles (article 9)", en="sensitive data (article 9)")
OFFENCES = Text(fr="données d'infraction (article 10)", en="offence data (article 10)")
MINORS = Text(fr="mineurs", en="minors")
VULNERABLE = Text(fr="autres personnes vulnérables", en="other vulnerable persons")
UNTIL = Text(fr="conservation jusqu'au {day}", en="kept until {day}")


def purposes(place: Place) -> Column:
    """30.1.b."""
    read = Reading()
    title = Text(fr="Finalités", en="Purposes")
    if place.is_own_reuse:
        read.uses(f"{place.part}.reuses_for_itself", True)
        read.lacks(f"{place.part}.reuse_purpose", REUSE_PURPOSE)
        return column("30.1.b", title, OWN_REUSE, read=read)
    purpose = read.of(place.facts.system, "purpose", at="system")
    return column("30.1.b", title, *([typed(purpose)] if purpose else []), *_done(place, read), read=read)


def processing(place: Place) -> Column:
    """30.2.b: what is done for the controller."""
    read = Reading()
    title = Text(fr="Catégories de traitements effectués", en="Categories of processing carried out")
    return column("30.2.b", title, *_done(place, read), read=read)


def persons(place: Place) -> Column:
    """30.1.c, first half."""
    read = Reading()
    lines: list[Text] = []
    for dataset in personal_sets(place, read):
        at = f"datasets.{dataset.id}"
        known = _listed(dataset, "person_categories", read)
        if read.of(dataset, "minors", at=at):
            known.append(MINORS)
        if read.of(dataset, "vulnerable", at=at):
            known.append(VULNERABLE)
        lines += _of_set(dataset, known)
    return column(
        "30.1.c", Text(fr="Catégories de personnes concernées", en="Categories of data subjects"), *lines, read=read
    )


def data(place: Place) -> Column:
    """30.1.c, second half."""
    read = Reading()
    lines: list[Text] = []
    for dataset in personal_sets(place, read):
        at = f"datasets.{dataset.id}"
        known = _listed(dataset, "categories", read)
        if read.of(dataset, "special_categories", at=at):
            known.append(SENSITIVE)
        if read.of(dataset, "offences", at=at):
            known.append(OFFENCES)
        lines += _of_set(dataset, known)
    return column(
        "30.1.c", Text(fr="Catégories de données personnelles", en="Categories of personal data"), *lines, read=read
    )


def retention(place: Place) -> Column:
    """30.1.f."""
    read = Reading()
    lines: list[Text] = []
    for dataset in personal_sets(place, read):
        day = read.of(dataset, "retention_until", at=f"datasets.{dataset.id}")
        if day:
            lines += _of_set(dataset, [UNTIL.fill(day=day.isoformat())])
    return column(
        "30.1.f", Text(fr="Délais prévus pour l'effacement", en="Time limits for erasure"), *lines, read=read
    )


def security(place: Place, *, article: str) -> Column:
    """30.1.g and 30.2.d: a general description, as stated."""
    read = Reading()
    measures = read.of(place.facts.security, "measures", at="security") or ()
    title = Text(fr="Mesures de sécurité (article 32.1)", en="Security measures (article 32(1))")
    return column(article, title, *(typed(each) for each in measures), read=read)


def personal_sets(place: Place, read: Reading) -> Iterator[DataSet]:
    """The operation's sets that are not stated to be without personal data; those nobody described are to be completed."""
    at = f"operations.{place.operation.id}"
    names = read.of(place.operation, "datasets", at=at)
    if names == ():
        read.lacks(f"{at}.datasets.which", NO_SET)
    for name in names or ():
        dataset = place.dataset_named(name)
        if dataset is None:
            read.lacks(f"datasets.{name}", DESCRIBE_SET)
        elif read.of(dataset, "personal_data", at=f"datasets.{name}") is not False:
            yield dataset


def _done(place: Place, read: Reading) -> list[Text]:
    at = f"operations.{place.operation.id}"
    kind = read.of(place.operation, "kind", at=at)
    title = read.of(place.operation, "title", at=at)
    return [*([KINDS[kind]] if kind else []), *([typed(title)] if title else [])]


def _listed(dataset: DataSet, name: str, read: Reading) -> list[Text]:
    """What a list of the set holds; an empty one does not answer, for the set has persons and data in it."""
    at = f"datasets.{dataset.id}"
    found = read.of(dataset, name, at=at)
    if found == ():
        read.lacks(f"{at}.{name}.which", question(type(dataset).model_fields[name]))
    return [typed(each) for each in found or ()]


def _of_set(dataset: DataSet, known: list[Text]) -> list[Text]:
    name = dataset.title or dataset.id
    return [
        Text(fr=OF_SET.fr.format(set=name, what=each.fr), en=OF_SET.en.format(set=name, what=each.en))
        for each in known
    ]
