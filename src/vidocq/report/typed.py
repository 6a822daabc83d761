"""What a reader types: commands with the words to fill in in their language, and the path of a fact beside its question."""

import re
from typing import Final

from vidocq.core.text import Lang, Text

TO_FILL: Final = {
    "VALUE": "VALEUR",
    "ANSWER": "RÉPONSE",
    "ROLE": "RÔLE",
    "STANCE": "POSITION",
    "TEXT": "TEXTE",
    "PATH": "CHEMIN",
    "ID": "IDENTIFIANT",
    "FILE": "FICHIER",
    "FOLDER": "DOSSIER",
}
"""Words in capitals that stand for what is to be typed, in French."""
_WORD: Final = re.compile(rf"(?<![\w./-])({'|'.join(TO_FILL)})(?![\w./-])")


def command_in(command: str, lang: Lang) -> str:
    """The command with what is to be filled in, in capitals, in the reader's language."""
    return _WORD.sub(lambda found: TO_FILL[found[0]], command) if lang is Lang.fr else command


def asked_line(path: str, words: Text, lang: Lang) -> str:
    """A question, and the path under which its answer is stated."""
    return f"? {words.to(lang)} → {path}"
