"""What a reader of French is told where something goes wrong with a language model."""

import ast
from pathlib import Path

import pytest

from vidocq.core.errors import DataError, ModelError
from vidocq.core.french import french
from vidocq.core.text import Lang

SOURCE = Path(__file__).parents[2] / "src" / "vidocq"
READ = (
    *sorted((SOURCE / "targets" / "corpora").glob("*.py")),
    *(
        SOURCE / "targets" / "language" / f"{name}.py"
        for name in ("folder", "loading", "model", "tokens", "training", "decoding")
    ),
    *(SOURCE / "targets" / "served" / f"{name}.py" for name in ("client", "endpoint", "meter")),
    *sorted((SOURCE / "targets" / "served").glob("openai*.py")),
    *(
        SOURCE / "audit" / "language" / f"{name}.py"
        for name in (
            "asking",
            "documents_file",
            "persons",
            "persons_file",
            "person_templates",
            "population",
            "subject",
        )
    ),
    *(
        SOURCE / "audit" / "language" / "canaries" / f"{name}.py"
        for name in ("canary", "draw", "insert", "measure", "register")
    ),
    SOURCE / "cli" / "canaries.py",
    *sorted((SOURCE / "filters").glob("*.py")),
    *sorted((SOURCE / "cli").glob("guard*.py")),
    *sorted((SOURCE / "audit").glob("guard*.py")),
    SOURCE / "audit" / "scan" / "texts.py",
    SOURCE / "measure" / "overlap" / "gram_filter.py",
)
SAYING = {
    "_refused",
    "_garbage",
    "malformed",
    "_untold",
    "_wrong",
    "_faulty",
    "VidocqError",
    "MissingExtra",
    "PromptBlocked",
    "Paused",
}
NOT_OURS = {"ValueError", "TypeError", "TimeoutError", "OSError"}
SAME_IN_BOTH = {
    'pip install "vidocq[guard]"',
    'pip install "vidocq[http]"',
    'pip install "vidocq[language]"',
    "pip install 'vidocq[language]'",
}


def written(node):
    """The sentence that a call holds, with 7 where something is told; None of anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    return None


def sentences(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if (name in SAYING or name.endswith("Error")) and name not in NOT_OURS:
            own = {keyword.arg for keyword in node.keywords}
            told = [] if "fr" in own else node.args[:2]
            told = [*told, *(k.value for k in node.keywords if k.arg == "fix" and "fix_fr" not in own)]
            yield from (sentence for one in told if (sentence := written(one)) and " " in sentence)


@pytest.mark.parametrize("path", READ, ids=lambda path: "/".join(path.parts[-2:]))
def test_what_is_said_is_said_in_french(path):
    said = {sentence for sentence in sentences(path) if sentence not in SAME_IN_BOTH}
    assert {sentence for sentence in said if french(sentence) is None} == set()


def test_sentences_are_found_where_there_are_some():
    assert sum(len(list(sentences(path))) for path in READ) > 150


def test_figures_stand_where_french_has_them_and_what_is_quoted_in_them_is_looked_up():
    assert french("12 weights are missing, such as 'h.0'") == "il manque 12 poids, dont « h.0 »"
    told = "the endpoint answered with status 503, 5 times in a row"
    assert french(told) == "le serveur a répondu par le code 503, 5 fois de suite"
    line = "line 3 of the persons needs a known field besides the withheld one"
    assert french(line).startswith("la ligne 3 du fichier des personnes n'a pas de champ connu")
    so_far = "give the final address as url; so far 4 queries in 2 requests"
    assert french(so_far) == "donner l'adresse finale dans url ; jusqu'ici 4 questions en 2 requêtes"


def test_what_nobody_wrote_in_french_stays_as_it_is():
    assert french("nobody wrote this") is None
    assert french("a" * 10_000) is None
    error = DataError("nobody wrote this", where="a.jsonl", fix="nor this")
    assert error.told(Lang.fr) == "nobody wrote this\n  où :     a.jsonl\n  remède : nor this"
    own = ModelError("the training diverged", where="m", fix="lower the learning rate", fr="autrement dit")
    assert own.told(Lang.fr) == "autrement dit\n  où :     m\n  remède : baisser le pas d'apprentissage"
    assert own.told(Lang.en).startswith("the training diverged")
