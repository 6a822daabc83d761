"""Sentences that several indices share."""

import re

from vidocq.core.text import Text

NO_MEMBERS = Text(
    fr="Les enregistrements d'entraînement n'ont pas été donnés.", en="The training records were not given."
)
A_PERSON = Text(
    fr="Aucun seuil n'est publié : une personne apprécie ce chiffre dans son contexte.",
    en="No threshold is published: a person judges this figure in its context.",
)


def followed(first: Text, second: Text = A_PERSON) -> Text:
    """Two sentences, one after the other."""
    return Text(f"{first.fr} {second.fr}", f"{first.en} {second.en}")


def filled(words: Text, **values: object) -> Text:
    """The sentence with its `{names}` filled; numbers have a decimal comma in French."""
    spelt = {name: str(value) for name, value in values.items()}
    french = {name: re.sub(r"^([+-]?\d+)\.(\d+)$", r"\1,\2", value) for name, value in spelt.items()}
    return Text(words.fr.format(**french), words.en.format(**spelt))
