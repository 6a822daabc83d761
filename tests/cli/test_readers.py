"""Who reads French is answered in French, errors among them; places are told by ids and lines; and the small doors."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import vidocq
from vidocq.cli.main import main
from vidocq.cli.toml_lines import line_of
from vidocq.core.errors import ConfigurationError
from vidocq.core.text import Lang
from vidocq.dossier.ledger import Ledger

ROOT = Path(vidocq.__file__).parent
READ_BY_USERS = [
    *sorted((ROOT / "cli").glob("dossier*.py")),
    ROOT / "cli" / "ledger.py",
    *(path for room in ("file", "ledger", "archive", "anchors", "facts") for path in sorted((ROOT / "dossier" / room).glob("*.py"))),
    ROOT / "dossier" / "state.py",
    ROOT / "dossier" / "entries.py",
]  # fmt: skip


@pytest.mark.parametrize("path", READ_BY_USERS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_error_of_the_dossier_speaks_french(path):
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = getattr(call.func, "id", "") if isinstance(call, ast.Call) else ""
        given = {word.arg for word in call.keywords} if name else set()
        if name.endswith("Error") and name != "MissingExtra" and "fix" in given:
            assert {"fr", "fix_fr"} <= given, f"line {call.lineno}"


def test_an_error_is_told_in_the_readers_language(tmp_path, capsys):
    assert main(["dossier", "status", "--dossier", f"sqlite:///{tmp_path}/none.db"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("il n'y a pas de journal ici\n  où :")
    assert "remède : vérifiez le chemin" in told
    assert main(["dossier", "status", "--dossier", f"sqlite:///{tmp_path}/none.db", "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith("LedgerError: there is no ledger here\n  where:")


def test_an_error_keeps_its_french_on_the_way_from_a_worker():
    error = ConfigurationError("what", where="w", fix="fix", fr="quoi", fix_fr="remède")
    kind, arguments = error.__reduce__()
    assert kind(*arguments).told(Lang.fr) == "quoi\n  où :     w\n  remède : remède"
    assert ConfigurationError("what", where="w", fix="fix").told(Lang.fr).startswith("what\n")


FACTS = """\
[system]
purpose = "x"

[[datasets]]
id = "visits"
personal_data = true

[[datasets]]
personal_data = true
"""


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        (FACTS, "facts.toml:8, datasets[2]"),
        (FACTS.replace('personal_data = true\n\n[[', 'minor = true\n\n[[', 1), "facts.toml:6, datasets.visits.minor"),
        (FACTS + 'id = "visits"\n', "facts.toml:4, datasets.visits"),
        (FACTS + 'id = "b"\npersons = -1\n', "facts.toml:11, datasets.b.persons"),
        ('[datasets.visits]\nlegal_basis = "none of them"\n', "facts.toml:2, datasets.visits.legal_basis"),
        ('[system]\nname = "x"\n[systm]\nname = "y"\n', "facts.toml:3, systm"),
    ],
    ids=["no id", "no such fact", "same id", "too small", "no such word", "no such group"],
)  # fmt: skip
@pytest.mark.parametrize("command", ["init", "fact"])
def test_what_does_not_fit_is_told_with_its_line_and_id(tmp_path, capsys, facts, place, command):
    url = f"sqlite:///{tmp_path}/d.db"
    if command == "fact":
        with Ledger.open(url) as ledger:
            ledger.append("facts.stated", {"schema": 1, "facts": {}, "role": ""})
    (tmp_path / "facts.toml").write_text(facts, encoding="utf-8")
    assert main(["dossier", command, "--from", str(tmp_path / "facts.toml"), "--dossier", url]) == 2
    told = capsys.readouterr().err
    assert place in told
    assert "none of them" not in told


def test_a_line_is_found_under_a_comment_and_quotes():
    text = '# datasets.a.minors = true\n[datasets."a"] # x\n"minors" = true\n'
    assert line_of("datasets.a.minors", text) == 3
    assert line_of("datasets.a.persons", text) == 2
    assert line_of("models.m", text) is None


def test_verify_takes_the_ledger_as_the_other_commands_do(tmp_path, capsys):
    url = f"sqlite:///{tmp_path}/d.db"
    with Ledger.open(url) as ledger:
        ledger.append("fact", {"n": 1})
    assert main(["dossier", "verify", url, "--quiet"]) == 0
    assert main(["dossier", "verify", "--dossier", url, "--quiet"]) == 0
    assert main(["dossier", "verify", url, "--dossier", f"{url}2"]) == 2
    assert "un seul est vérifié à la fois" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("make", "fr", "en"),
    [
        (lambda path: path.write_text("{}"), "ce n'est pas une archive ZIP", "it is no ZIP archive"),
        (lambda path: None, "ce fichier n'existe pas", "there is no such file"),
        (lambda path: path.mkdir(), "c'est un dossier", "it is a folder"),
    ],
)
def test_what_is_no_archive_is_told_in_plain_words(tmp_path, capsys, make, fr, en):
    path = tmp_path / "f.json"
    make(path)
    for lang, words in (("fr", fr), ("en", en)):
        url = f"sqlite:///{tmp_path}/d.db"
        assert main(["dossier", "import", str(path), "--dossier", url, "--lang", lang]) == 2
        told = capsys.readouterr().err
        assert words in told
        assert "BadZipFile" not in told
    assert not (tmp_path / "d.db").exists()


def test_the_example_tells_how_it_is_used_and_makes_nothing(tmp_path):
    script = Path(__file__).resolve().parents[2] / "examples" / "hospital" / "run.py"
    done = subprocess.run(
        [sys.executable, str(script), "--help"],
        cwd=tmp_path, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT.parent), "PATH": ""}, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "folder" in done.stdout
    assert not list(tmp_path.iterdir())
