"""Columns on who holds the register, for whom, and who receives the data."""

from vidocq.core.text import Text
from vidocq.dossier.facts.actor import Actor
from vidocq.dossier.reading import Reading
from vidocq.dossier.register.entry import Column, column, typed
from vidocq.dossier.register.place import Place
from vidocq.dossier.register.words import PLACES

CONTACT = Text(
    fr="Coordonnées de cet organisme (à garder hors du journal chaîné si elles désignent une personne)",
    en="Contact details of this organisation (to be kept out of the ledger if they point to a person)",
)
DPO_CONTACT = Text(fr="Coordonnées du délégué à la protection des données", en="Contact details of the DPO")
REPRESENTATIVE_CONTACT = Text(
    fr="Nom et coordonnées du représentant dans l'Union",
    en="Name and contact details of the representative in the Union",
)
HAS_DPO = Text(
    fr="Un délégué à la protection des données est désigné.", en="A data protection officer is designated."
)
NO_DPO = Text(
    fr="Aucun délégué à la protection des données n'est désigné.", en="No data protection officer is designated."
)
HAS_REPRESENTATIVE = Text(
    fr="Un représentant dans l'Union est désigné.", en="A representative in the Union is designated."
)
NO_REPRESENTATIVE = Text(
    fr="Aucun représentant dans l'Union n'est désigné.", en="No representative in the Union is designated."
)
JOINTLY = Text(fr="Conjointement avec : {who}", en="Jointly with: {who}")
FOR_WHOM = Text(fr="Pour le compte de : {who}", en="On behalf of: {who}")
WHICH_CONTROLLER = Text(fr="Pour le compte de quel responsable de traitement ?", en="On behalf of which controller?")
DESCRIBE_ACTOR = Text(
    fr="Décrire cet acteur, qui est nommé mais absent de la liste.",
    en="Describe this party: it is named but not listed.",
)
NOBODY_ELSE = Text(
    fr="Aucun autre acteur n'est déclaré pour les opérations menées sur ces données.",
    en="No other party is stated for the operations on this data.",
)
AND_PLACES = Text(fr="{who} ({places})", en="{who} ({places})")


def controller(place: Place) -> Column:
    """30.1.a: the controller, joint controllers, representative and DPO."""
    read = Reading()
    lines = _holder(place, read)
    if not place.is_own_reuse:
        lines += [JOINTLY.fill(who=name) for name in _named(place, read)]
    title = Text(
        fr="Responsable de traitement, responsables conjoints, représentant et DPO",
        en="Controller, joint controllers, representative and DPO",
    )
    return column("30.1.a", title, *lines, read=read)


def processor(place: Place) -> Column:
    """30.2.a: the processor, each controller it acts for, representative and DPO."""
    read = Reading()
    lines = _holder(place, read)
    clients = _named(place, read)
    lines += [FOR_WHOM.fill(who=name) for name in clients]
    if not list(place.others_deciding()):
        read.lacks(f"operations.{place.operation.id}.controller", WHICH_CONTROLLER)
    title = Text(
        fr="Sous-traitant, responsables de traitement servis, représentant et DPO",
        en="Processor, controllers it acts for, representative and DPO",
    )
    return column("30.2.a", title, *lines, read=read)


def recipients(place: Place) -> Column:
    """30.1.d: who else takes part in an operation on the same data, processors included."""
    read = Reading()
    lines = [_with_places(name, place, read) for name in receiving(place, read)]
    if not lines and not read.missing:
        lines = [NOBODY_ELSE]
    return column("30.1.d", Text(fr="Catégories de destinataires", en="Categories of recipients"), *lines, read=read)


def receiving(place: Place, read: Reading) -> list[str]:
    """Ids of the others that take part in operations on the same data, in order of appearance."""
    read.of(place.operation, "datasets", at=f"operations.{place.operation.id}")
    found: list[str] = []
    for operation in place.operations_on_same_data():
        at = f"operations.{operation.id}"
        if operation.id != place.operation.id:
            read.of(operation, "datasets", at=at)
        for part in read.of(operation, "parts", at=at) or ():
            if part.actor != place.actor.id and part.actor not in found:
                found.append(part.actor)
    return found


def _holder(place: Place, read: Reading) -> list[Text]:
    at = f"actors.{place.actor.id}"
    name = read.of(place.actor, "title", at=at)
    lines = [typed(name)] if name else []
    read.lacks(f"{at}.contact", CONTACT)
    has_dpo = read.of(place.actor, "has_dpo", at=at)
    if has_dpo is not None:
        lines.append(HAS_DPO if has_dpo else NO_DPO)
    if has_dpo:
        read.lacks(f"{at}.dpo_contact", DPO_CONTACT)
    return lines + _representative(place, read)


def _representative(place: Place, read: Reading) -> list[Text]:
    """Nothing where the holder is established in the Union: article 27 speaks of others."""
    if read.of(place.facts.system, "is_established_in_eu", at="system"):
        return []
    at = f"actors.{place.actor.id}"
    has_one = read.of(place.actor, "eu_representative", at=at)
    if has_one:
        read.lacks(f"{at}.representative_contact", REPRESENTATIVE_CONTACT)
    return [] if has_one is None else [HAS_REPRESENTATIVE if has_one else NO_REPRESENTATIVE]


def _named(place: Place, read: Reading) -> list[str]:
    """Names of the other parties that decide; a name nobody gave stays to be completed."""
    names = []
    for name in place.others_deciding():
        title = _title(place.actor_named(name), name, read)
        read.lacks(f"actors.{name}.contact", CONTACT)
        if title:
            names.append(title)
    return names


def _with_places(name: str, place: Place, read: Reading) -> Text:
    actor = place.actor_named(name)
    title = _title(actor, name, read) or name
    places = read.of(actor, "places", at=f"actors.{name}") if actor else None
    if not places:
        return typed(title)
    words = [PLACES[each] for each in places]
    return Text(
        fr=AND_PLACES.fr.format(who=title, places=", ".join(word.fr for word in words)),
        en=AND_PLACES.en.format(who=title, places=", ".join(word.en for word in words)),
    )


def _title(actor: Actor | None, name: str, read: Reading) -> str | None:
    if actor is None:
        read.lacks(f"actors.{name}", DESCRIBE_ACTOR)
        return None
    title: str | None = read.of(actor, "title", at=f"actors.{name}")
    return title
