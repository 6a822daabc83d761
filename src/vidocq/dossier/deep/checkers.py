"""One checker per kind of entry. A new kind adds its function here; a kind without is counted as not checked."""

from collections.abc import Mapping

from vidocq.core.canonical import content_hash
from vidocq.core.text import Text
from vidocq.dossier.canary_draw import DRAWN, GUESSED
from vidocq.dossier.deep.checker import MALFORMED, Checker
from vidocq.dossier.deep.file_checkers import FILE_CHECKERS
from vidocq.dossier.deep.seen import Seen
from vidocq.dossier.entries import Entry
from vidocq.dossier.ledger.aside import ERASED, KEPT
from vidocq.dossier.registration import REGISTERED, RESULT, looked_at


def registered(entry: Entry, seen: Seen) -> Text | None:
    data = entry.data
    content, name, look, names = (data[field] for field in ("registration", "hash", "look", "names"))
    if content_hash(content) != name:
        return Text(
            fr="l'empreinte inscrite n'est pas celle du contenu enregistré",
            en="the hash recorded is not that of what was registered",
        )
    where = looked_at(content["inputs"])
    if where is None:
        return MALFORMED
    order = seen.looks.setdefault((where, content["access"]), [])
    if name not in order:
        order.append(name)
    seen.registrations[name] = look
    seen.files |= {f"{REGISTERED}.{part}": value for part, value in content["inputs"].items() if value is not None}
    if order.index(name) + 1 != look:
        return Text(fr="le numéro de regard n'est pas le bon", en="the number of the look is not the right one")
    if names is not None and names not in seen.kept:
        return Text(fr="les noms cités n'ont pas été gardés à part", en="the names it cites were not kept aside")
    return None


def result(entry: Entry, seen: Seen) -> Text | None:
    data = entry.data
    if data["registration"] not in seen.registrations:
        return Text(
            fr="le résultat n'a pas d'enregistrement préalable", en="the result was not registered beforehand"
        )
    return None


def drawn(entry: Entry, seen: Seen) -> Text | None:
    data = entry.data
    if content_hash(data["draw"]) != data["hash"]:
        return Text(
            fr="l'empreinte inscrite n'est pas celle du tirage", en="the hash recorded is not that of the draw"
        )
    seen.draws.setdefault(data["hash"], None)
    return None


def guessed(entry: Entry, seen: Seen) -> Text | None:
    data = entry.data
    name, guesses = data["draw"], data["guesses"]
    if name not in seen.draws:
        return Text(
            fr="les canaris devinés n'ont pas été tirés au préalable", en="the canaries guessed were not drawn before"
        )
    if seen.draws[name] not in {None, guesses}:
        return Text(fr="les mêmes pièces ont été devinées deux fois", en="the same coins were guessed twice")
    seen.draws[name] = guesses
    return None


def kept(entry: Entry, seen: Seen) -> Text | None:
    data = entry.data
    if data["aside"] in seen.kept:
        return Text(fr="le même identifiant a été gardé à part deux fois", en="the same id was kept aside twice")
    seen.kept.add(data["aside"])
    return None if len(data["commitment"]) == 64 else MALFORMED


def erased(entry: Entry, seen: Seen) -> Text | None:
    data = entry.data
    if data["aside"] not in seen.kept - seen.erased:
        return Text(
            fr="l'effacement porte sur ce qui n'était pas gardé à part", en="what it erases was not kept aside"
        )
    seen.erased.add(data["aside"])
    return None


CHECKERS: Mapping[str, Checker] = {
    **FILE_CHECKERS,
    REGISTERED: registered,
    RESULT: result,
    DRAWN: drawn,
    GUESSED: guessed,
    KEPT: kept,
    ERASED: erased,
}
