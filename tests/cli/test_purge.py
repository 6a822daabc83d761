"""Only what run.json lists, beside it, under names of ours, and due; links and hostile lists are left alone."""

import hashlib
import json
import os

import pytest

from vidocq.audit.purge import PURGED
from vidocq.cli.main import main
from vidocq.dossier.ledger import Ledger

FILES = ("scores.parquet", "signals.npz")


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "audits" / "one"
    place.mkdir(parents=True)
    listed(place, FILES)
    for name in (*FILES, "audit.json", "report.fr.html"):
        (place / name).write_bytes(name.encode())
    return place


def listed(place, files, due="2026-03-01"):
    (place / "run.json").write_text(json.dumps({"retention": {"files": list(files), "delete_after": due}}))


def left(place):
    return sorted(path.name for path in place.iterdir())


def test_what_is_due_goes_and_the_rest_stays(folder, capsys):
    assert main(["purge", str(folder.parent), "--now", "2026-03-02", "--lang", "en"]) == 0
    assert left(folder) == ["audit.json", "report.fr.html", "run.json"]
    assert capsys.readouterr().out.count("deleted") == 2
    assert main(["purge", str(folder.parent), "--now", "2026-03-02", "--lang", "en"]) == 0
    assert "Nothing to delete" in capsys.readouterr().out


def test_before_its_date_nothing_goes_unless_all_is_asked_for(folder, capsys):
    assert main(["purge", str(folder), "--now", "2026-03-01"]) == 0
    assert set(FILES) <= set(left(folder))
    assert main(["purge", str(folder), "--now", "2026-03-01", "--all", "--dry-run"]) == 0
    assert set(FILES) <= set(left(folder))
    assert main(["purge", str(folder), "--now", "2026-03-01", "--all"]) == 0
    assert not set(FILES) & set(left(folder))


@pytest.mark.parametrize("name", ["../../keep.txt", "/etc/hostname", "audit.json", "..", "keep.txt", "", 3, None])
def test_a_hostile_list_deletes_nothing(folder, name):
    for keep in (folder.parent.parent / "keep.txt", folder / "keep.txt"):
        keep.write_text("mine")
    listed(folder, [name])
    before = left(folder)
    assert main(["purge", str(folder), "--all"]) == 3
    assert left(folder) == before
    assert (folder.parent.parent / "keep.txt").read_text() == "mine"


def test_links_are_neither_followed_nor_deleted(folder, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "scores.parquet").write_text("mine")
    (folder / "scores.parquet").unlink()
    (folder / "scores.parquet").symlink_to(elsewhere / "scores.parquet")
    (folder.parent / "linked").symlink_to(elsewhere)
    listed(elsewhere, FILES)
    assert main(["purge", str(folder.parent), "--all"]) == 3
    assert (elsewhere / "scores.parquet").read_text() == "mine"
    assert (folder / "scores.parquet").is_symlink()


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"retention": 3}', '{"retention": {"files": [], "delete_after": "x"}}']
)
def test_an_unreadable_run_is_told_and_nothing_beside_it_goes(folder, content, capsys):
    (folder / "run.json").write_text(content)
    assert main(["purge", str(folder), "--all", "--lang", "en"]) == 3
    assert set(FILES) <= set(left(folder))
    assert "unreadable" in capsys.readouterr().out


def test_unfinished_audits_go_once_they_are_old(folder):
    store = folder / ".vidocq-work"
    store.mkdir()
    (store / "part.npz").write_bytes(b"x")
    for path in (store / "part.npz", store):
        os.utime(path, (1_700_000_000, 1_700_000_000))  # November 2023
    (folder / "run.json").unlink()
    assert main(["purge", str(folder), "--now", "2023-12-01"]) == 0
    assert store.is_dir()
    assert main(["purge", str(folder), "--now", "2024-03-01"]) == 0
    assert not store.exists()


def test_the_ledger_notes_how_many_went_and_their_hashes(folder, tmp_path):
    url = f"sqlite:///{tmp_path}/dossier.db"
    assert main(["purge", str(folder), "--all", "--dossier", url]) == 0
    with Ledger.open(url) as ledger:
        (entry,) = ledger.entries(PURGED)
        assert ledger.verify().length == 1
    assert entry.data == {"deleted": 2, "sha256": sorted(hashlib.sha256(n.encode()).hexdigest() for n in FILES)}


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path):
    assert main(["purge", str(tmp_path / "nowhere")]) == 2


def test_a_folder_that_is_not_there_stops_before_anything_is_deleted(folder, tmp_path):
    assert main(["purge", str(folder), str(tmp_path / "nowhere"), "--all"]) == 2
    assert set(FILES) <= set(left(folder))
