"""The ground floor: errors travel, seeds are named streams, writes are atomic."""

import pickle
import stat

import numpy as np
import pytest

from vidocq.core.canonical import canonical_bytes, content_hash
from vidocq.core.errors import DataError, VidocqError
from vidocq.core.files import TEMPORARY, sweep_temporaries, write_atomic
from vidocq.core.seeds import Seeds
from vidocq.core.text import Lang, Text


def test_an_error_survives_the_way_back_from_a_worker():
    error = DataError("no label", where="file x", fix="name it")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert isinstance(again, VidocqError)
    assert (again.what, again.where, again.fix) == ("no label", "file x", "name it")
    assert "fix:   name it" in str(again)


def test_streams_depend_on_their_name_and_on_nothing_else():
    seeds = Seeds(1)
    first = seeds.generator("references", 3).random(4)
    seeds.generator("other").random(100)
    np.testing.assert_array_equal(seeds.generator("references", 3).random(4), first)
    assert not np.array_equal(seeds.generator("references", 4).random(4), first)
    assert not np.array_equal(Seeds(2).generator("references", 3).random(4), first)


def test_canonical_json_ignores_the_order_of_keys():
    assert canonical_bytes({"b": 1, "a": [1.5, None]}) == b'{"a":[1.5,null],"b":1}'
    assert content_hash({"b": 1, "a": 2}) == content_hash({"a": 2, "b": 1})


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "audit.json"
    write_atomic(path, b"old", mode=0o600)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def refuse(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("vidocq.core.files.os.fsync", refuse)
    with pytest.raises(OSError, match="disk full"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["audit.json"]


def test_leftovers_of_a_killed_run_are_swept(tmp_path):
    (tmp_path / f"{TEMPORARY}1234").write_text("half")
    (tmp_path / "kept").write_text("whole")
    assert sweep_temporaries(tmp_path) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["kept"]


def test_a_text_speaks_both_languages_and_fills_its_names():
    text = Text("{n} personnes", "{n} persons").fill(n=3)
    assert (text.to(Lang.fr), text.to(Lang.en)) == ("3 personnes", "3 persons")
