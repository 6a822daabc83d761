"""Headers of columns announce what stands below, and names of files show nobody."""

import json
from pathlib import Path

import pytest

from vidocq.audit.scan.labels import SPOKEN, capitalised, spoken
from vidocq.audit.scan.sources import masked
from vidocq.cli.main import main
from vidocq.detect.find import find_each
from vidocq.targets.texts.places import find_files

from scanning import scan, spans


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("DATE_NAISSANCE", "date de naissance"),
        ("dateNaissance", "date de naissance"),
        ("Dt-Naiss", "date de naissance"),
        ("Né le", "date de naissance"),
        ("Prénom", "prénom"),
        ("PRENOM", "prénom"),
        ("last_name", "nom"),
        ("lastName", "nom"),
        ("tel_mobile", "téléphone"),
        ("N°", "N°"),
        ("name", "name"),
        ("date_commande", "date_commande"),
    ],
)
def test_a_column_is_called_in_words_that_detectors_know(label, words):
    assert spoken(label) == words
    assert spoken(words) == words


def test_every_name_of_a_column_stands_for_one_thing():
    names = [name for held in SPOKEN.values() for name in held.split("|")]
    assert len(names) == len(set(names))


def test_capitals_are_given_to_names_alone_and_keep_places():
    assert capitalised("zélie le goff-martin", "nom") == "Zélie Le Goff-Martin"
    assert capitalised("zélie", "note") == "zélie"
    assert capitalised("ZÉLIE", "nom") == "ZÉLIE"
    assert capitalised("ŉ ß ŉ", "nom").__len__() == 5


@pytest.mark.parametrize(
    ("header", "cell", "category"),
    [
        ("DATE_NAISSANCE", "1962-05-03", "birth_date"),
        ("dt_naiss", "03/05/1962", "birth_date"),
        ("birthDate", "1962-05-03", "birth_date"),
        ("NOM_FAMILLE", "QUILLEROU", "person"),
        ("nom", "quillerou", "person"),
        ("PRENOM", "ZELIE", "person"),
        ("last_name", "Quillerou", "person"),
        ("TEL", "612345678", "phone"),
        ("iban", "FR7630006000011234567890189", "iban"),
        ("code_siren", "732829320", "siren"),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_header_announces_its_column(tmp_path, header, cell, category, kind):
    """The same cell under a header that says nothing is no such find, but for what a form alone shows."""
    told = {}
    for name in (header, "colonne"):
        path = tmp_path / f"a.{kind}"
        path.write_text(f"reference;{name}\nx;{cell}\n" if kind == "csv" else f"{json.dumps({name: cell})}\n")
        scan([path], tmp_path / "out", find=find_each)
        told[name] = [(s["field"], s["start"], s["end"], s["category"]) for s in spans(tmp_path / "out")]
    assert (header, 0, len(cell), category) in told[header]
    if category not in {"iban"}:
        assert not any(held[3] == category for held in told["colonne"])


# Names of files


def test_the_name_of_a_file_shows_nobody(tmp_path, capfd):
    data = tmp_path / "data"
    (data / "claire.dubois@secret.fr").mkdir(parents=True)
    names = (
        "jean.martin@secret.fr.txt",
        "paul.martin@secret.fr.txt",
        "claire.dubois@secret.fr/a.txt",
        "06 12 34 56 78.csv.gz",
        "plain.txt",
    )
    for name in names:
        (data / name).write_text("x@secret.fr")
    assert main(["scan", str(data), "--out", str(tmp_path / "out")]) == 1
    told = capfd.readouterr()
    written = [path.read_text(encoding="utf-8") for path in (tmp_path / "out").iterdir()]
    for value in ("martin", "dubois", "12 34 56", "secret.fr"):
        assert not any(value in held.lower() for held in (*written, told.out, told.err)), value
    shown = {Path(span["source"]).relative_to(data).as_posix() for span in spans(tmp_path / "out")}
    assert shown == {"[email].txt", "[email] (2).txt", "[email]/a.txt", "plain.txt"}
    [gap] = json.loads((tmp_path / "out" / "scan.json").read_text())["gaps"]
    assert gap["source"].endswith("/[phone].csv.gz")


def test_plain_names_of_files_stay(tmp_path):
    for name in ("a.txt", "notes_2026-11-25.jsonl", "data-1.2.3.csv", "über.txt", "new\nline.txt"):
        (tmp_path / name).write_text("x")
    found = find_files([tmp_path])
    assert masked(found, find=find_each) == found
