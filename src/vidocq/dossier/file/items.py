"""What an answer or an opinion may speak of: an item that the facts name."""

from collections.abc import Sequence

from vidocq.core.errors import ConfigurationError
from vidocq.dossier.facts import Facts


def require_item(facts: Facts, about: str, lists: Sequence[str]) -> None:
    """Raises ConfigurationError unless `about` is empty or the path of an item of one of these lists.

    A path that nothing is filed under would be recorded and never looked at.
    """
    if not about:
        return
    if not lists:
        raise ConfigurationError(
            "this point speaks of the whole, not of one item",
            where="--about",
            fix="leave --about out",
            fr="ce point parle de l'ensemble, non d'un élément",
            fix_fr="retirez --about",
        )
    known = [f"{name}.{item.id}" for name in lists for item in getattr(facts, name) or ()]
    if about not in known:
        raise ConfigurationError(
            "the facts name no such item here",
            where="--about",
            fix=f"give one of {', '.join(known)}" if known else f"state what there is first ({', '.join(lists)})",
            fr="aucun élément de ce nom ne figure ici parmi les faits",
            fix_fr=f"donnez l'un de {', '.join(known)}"
            if known
            else f"dites d'abord ce qu'il y a ({', '.join(lists)})",
        )
