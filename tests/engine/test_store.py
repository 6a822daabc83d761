"""What comes out of a store is what went in, or nothing."""

import stat

import numpy as np
import pytest

from vidocq.core.errors import ConfigurationError, DataError
from vidocq.core.files import TEMPORARY
from vidocq.engine.store import Store

KEY = "0123456789abcdef"


def arrays():
    return {
        "loss": np.array([0.1, np.nan, -0.0]),
        "file": np.array([[True, False]]),
        "a/b.npy": np.array(["é", ""]),
        "empty": np.zeros((0, 3), dtype=np.int32),
        "columns": np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        "scalar": np.array(3),
    }


def same(found, expected):
    return list(found) == list(expected) and all(
        found[name].dtype == array.dtype
        and found[name].shape == array.shape
        and found[name].flags.f_contiguous == array.flags.f_contiguous
        and found[name].tobytes() == array.tobytes()
        for name, array in expected.items()
    )


def test_arrays_come_back_as_they_went_in(tmp_path):
    store = Store(tmp_path / "in" / "store")
    assert store.get(KEY) is None
    store.put(KEY, arrays())
    store.put(KEY[::-1], {})
    assert same(store.get(KEY), arrays())
    assert store.get(KEY[::-1]) == {}
    assert store.keys() == [KEY, KEY[::-1]]
    assert stat.S_IMODE((store.folder / f"{KEY}.npz").stat().st_mode) == 0o600
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700


def test_no_damaged_file_is_ever_believed(tmp_path):
    store = Store(tmp_path)
    small = {"x": np.arange(3, dtype=np.int16), "y": np.array(True)}
    store.put(KEY, small)
    path = tmp_path / f"{KEY}.npz"
    whole = path.read_bytes()
    for length in range(0, len(whole), 31):
        path.write_bytes(whole[:length])
        assert store.get(KEY) is None
    for place in range(0, len(whole), 3):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << place % 8)]) + whole[place + 1 :])
        found = store.get(KEY)
        assert found is None or same(found, small)


def test_a_file_under_another_key_is_not_believed(tmp_path):
    store = Store(tmp_path)
    store.put(KEY, arrays())
    (tmp_path / f"{KEY}.npz").rename(tmp_path / f"{KEY[::-1]}.npz")
    assert store.get(KEY[::-1]) is None


def test_objects_are_refused(tmp_path):
    with pytest.raises(ValueError, match="Object arrays"):
        Store(tmp_path).put(KEY, {"x": np.array([None])})
    assert Store(tmp_path).keys() == []


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "ABCDEF12", "0123456789abcdef\n"])
def test_a_key_never_leaves_the_folder(tmp_path, key):
    with pytest.raises(ConfigurationError):
        Store(tmp_path).put(key, {})
    with pytest.raises(ConfigurationError):
        Store(tmp_path).get(key)


def test_opening_sweeps_and_clearing_empties(tmp_path):
    tmp_path.joinpath(f"{TEMPORARY}left").write_bytes(b"half")
    tmp_path.joinpath("notes.txt").write_text("mine")
    store = Store(tmp_path)
    store.put(KEY, arrays())
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{KEY}.npz", "notes.txt"]
    store.clear()
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_in_the_folders_place_is_said(tmp_path):
    tmp_path.joinpath("file").write_text("")
    with pytest.raises(DataError, match="cannot be used"):
        Store(tmp_path / "file")
