"""A file in any format gives the same records; a bad one is refused, with the place and without the value."""

import csv
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from vidocq.core.errors import DataError
from vidocq.core.records import Records
from vidocq.targets.tables import ArrayNames, read_records, require_same_columns

PRIVATE = "Jacquot"


def write(path: Path, columns: dict[str, list]) -> Path:
    """The same columns, in the format that the suffix names."""
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as stream:
            rows = csv.writer(stream)
            rows.writerow(columns)
            rows.writerows(zip(*columns.values(), strict=True))
    elif path.suffix == ".parquet":
        parquet.write_table(pa.table(columns), path)
    elif path.suffix == ".jsonl":
        rows = zip(*columns.values(), strict=True)
        path.write_text("".join(json.dumps(dict(zip(columns, row, strict=True))) + "\n" for row in rows))
    else:
        raise AssertionError(path.suffix)
    return path


def same(a: Records, b: Records) -> bool:
    return (
        a.features.dtype == b.features.dtype
        and a.labels.dtype.kind == b.labels.dtype.kind
        and a.features.tolist() == b.features.tolist()
        and a.labels.tolist() == b.labels.tolist()
        and a.columns == b.columns
        and a.named == b.named
        and (None if a.persons is None else a.persons.tolist()) == (None if b.persons is None else b.persons.tolist())
    )


TABLES = {
    "numbers": {"age": [31, 45, 27], "pay": [1.5, -2.25, 1e-7], "y": [0, 1, 1], "who": [7, 8, 9]},
    "text": {
        "age": [31, 45, 27],
        "city": ["Lyon", "Brest, 29", "Évry"],
        "y": ["no", "yes", "no"],
        "who": ["u", "v", "w"],
    },
    "dates": {"born": ["1990-01-31", "1985-12-01", "2001-02-03"], "y": [1.5, 2.25, 3.0], "who": ["u", "v", "w"]},
    "times": {
        "seen": ["2020-01-31 10:00:00", "2021-01-31 11:00:00", "2020-01-31 12:00:00"],
        "y": [0, 1, 1],
        "who": [1, 2, 3],
    },
    "booleans": {"member": [True, False, True], "y": [True, True, False], "who": ["u", "v", "w"]},
}


@pytest.mark.parametrize("columns", TABLES.values(), ids=TABLES)
def test_every_format_gives_the_same_records(columns, tmp_path):
    read = [
        read_records(write(tmp_path / f"t{suffix}", columns), label="y", person="who")
        for suffix in (".csv", ".parquet", ".jsonl")
    ]
    assert same(read[0], read[1])
    assert same(read[0], read[2])


@settings(max_examples=15, deadline=None)
@given(
    table=st.lists(
        st.tuples(
            st.floats(allow_nan=False, allow_infinity=False),
            st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1).map(lambda t: f"_{t}"),
            st.integers(-(2**53), 2**53),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_what_was_written_is_read_back(table, tmp_path_factory):
    folder = tmp_path_factory.mktemp("round")
    columns = dict(zip(("number", "text", "y"), map(list, zip(*table, strict=True)), strict=True))
    for suffix in (".csv", ".parquet", ".jsonl"):
        records = read_records(write(folder / f"t{suffix}", columns), label="y")
        assert records.features[:, 0].tolist() == columns["number"]
        assert records.features[:, 1].tolist() == columns["text"]
        assert records.labels.tolist() == columns["y"]


def test_arrays_and_a_table_agree(tmp_path):
    features = np.array([[1.0, 2.0], [3.0, 4.5]])
    np.savez(tmp_path / "t.npz", X=features, y=[0, 1], person=[1, 2], columns=["a", "b"])
    table = write(tmp_path / "t.csv", {"a": [1.0, 3.0], "b": [2.0, 4.5], "y": [0, 1], "p": [1, 2]})
    assert same(read_records(tmp_path / "t.npz", label="y"), read_records(table, label="y", person="p"))


def test_structured_arrays_name_their_columns(tmp_path):
    rows = np.array([(1.0, "u"), (2.0, "v")], dtype=[("a", "f8"), ("b", "U3")])
    np.savez(tmp_path / "t.npz", table=rows, target=["no", "yes"])
    records = read_records(tmp_path / "t.npz", label="target", array_names=ArrayNames(features="table"))
    assert records.features.tolist() == [[1.0, "u"], [2.0, "v"]]
    assert records.columns == ("a", "b")
    assert records.named
    assert records.labels.tolist() == ["no", "yes"]


def test_arrays_without_names_get_numbers(tmp_path):
    np.savez(tmp_path / "t.npz", X=np.eye(2, dtype=np.float32), y=[0, 1])
    records = read_records(tmp_path / "t.npz", label="income")
    assert (records.columns, records.named, records.persons) == (("x0", "x1"), False, None)
    assert records.features.dtype == np.float64


def test_cells_are_python_values_and_labels_keep_their_kind(tmp_path):
    path = write(tmp_path / "t.csv", {"a": [1, 2], "b": ["u", "v"], "c": [True, False], "y": [0.0, 1.0]})
    records = read_records(path, label="y")
    assert [[type(cell) for cell in row] for row in records.features] == [[float, str, float]] * 2
    assert records.labels.dtype == np.int64
    assert read_records(path, label="c").labels.dtype == np.bool_
    assert read_records(path, label="b").labels.dtype.kind == "U"
    write(tmp_path / "r.csv", {"a": [1, 2], "y": [0.5, 1.0]})
    assert read_records(tmp_path / "r.csv", label="y").labels.dtype == np.float64


def test_a_person_is_the_same_whether_whole_numbers_were_stored_as_floats(tmp_path):
    parquet.write_table(pa.table({"a": [1.0, 2.0], "y": [0, 1], "p": [17.0, 18.5]}), tmp_path / "t.parquet")
    assert read_records(tmp_path / "t.parquet", label="y", person="p").persons.tolist() == ["17", "18.5"]


def test_categories_read_as_text_and_a_stored_index_is_left_out(tmp_path):
    frame = pd.DataFrame({"a": pd.Categorical(["u", "v", "u"]), "y": [0, 1, 0]}, index=[4, 1, 9])
    frame.to_parquet(tmp_path / "t.parquet")
    records = read_records(tmp_path / "t.parquet", label="y")
    assert records.columns == ("a",)
    assert records.features.ravel().tolist() == ["u", "v", "u"]


def test_quoted_words_are_text_and_unquoted_ones_may_be_missing(tmp_path, refused):
    (tmp_path / "t.csv").write_text('a,y\n"NA",0\n"x\ny",1\n')
    assert read_records(tmp_path / "t.csv", label="y").features.ravel().tolist() == ["NA", "x\ny"]
    (tmp_path / "t.csv").write_text(f"a,y\n{PRIVATE},0\nNA,1\n,1\n")
    message = refused(DataError, read_records, tmp_path / "t.csv", label="y")
    assert "2 of 3 values are missing" in message
    assert "column 'a', first at row 2" in message


def test_a_late_text_turns_the_whole_column_to_text(tmp_path):
    values = [str(i) for i in range(3000)] + ["x"]
    write(tmp_path / "t.csv", {"a": values, "y": [0] * 3001})
    assert read_records(tmp_path / "t.csv", label="y").features[:2, 0].tolist() == ["0", "1"]


def bad_files(folder: Path) -> dict[str, tuple[Path, str]]:
    """Name of the fault: the file, and what the message has to say."""
    good = {"a": [1.0, 2.0, 3.0], "b": [PRIVATE, "v", "w"], "y": [0, 1, 0]}

    def text(name: str, content: str | bytes) -> Path:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def arrays(name: str, **held) -> Path:
        np.savez(folder / name, **held)
        return folder / name

    whole = write(folder / "whole.parquet", good).read_bytes()
    zipped = folder / "z.npz"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("X.npy", b"\x93NUMPY\x01\x00" + PRIVATE.encode())
    pickled = np.array([[PRIVATE], [1]], dtype=object)
    two = np.ones((2, 1))
    return {
        "absent": (folder / "absent.csv", "cannot be opened"),
        "a folder": (folder / "folder.csv", "cannot be opened"),
        "unknown kind": (text("t.xlsx", PRIVATE), "'.xlsx' is not a kind"),
        "empty csv": (text("e.csv", ""), "empty"),
        "empty parquet": (text("e.parquet", ""), "empty"),
        "empty jsonl": (text("e.jsonl", ""), "empty"),
        "blank jsonl": (text("e2.jsonl", "\n\n"), "holds no record"),
        "only names": (text("names.csv", "a,y\n"), "holds no record"),
        "no rows": (write(folder / "none.parquet", {"a": [], "y": []}), "holds no record"),
        "no rows npz": (arrays("none.npz", X=np.empty((0, 2)), y=[]), "holds no record"),
        "broken csv": (text("b.csv", f"a,y\n1,0\n{PRIVATE}\n"), "b.csv, row 2"),
        "latin csv": (text("l.csv", "a,y\né,0\n".encode("latin-1")), "not UTF-8"),
        "truncated parquet": (text("t.parquet", whole[: len(whole) // 2]), "not readable as .parquet"),
        "broken jsonl": (
            text("b.jsonl", '{"a": 1, "y": 0}\n{"a": 2, "y": 1}\n{"a": "' + PRIVATE + "\n"),
            "b.jsonl, row 3",
        ),
        "lists in jsonl": (text("b2.jsonl", f'{{"a": 1}}\n["{PRIVATE}"]\n'), "b2.jsonl, row 2"),
        "kinds in jsonl": (
            text("b3.jsonl", f'{{"a": 1, "y": 0}}\n{{"a": "{PRIVATE}", "y": 0}}\n'),
            "not readable as",
        ),
        "not a zip": (text("n.npz", PRIVATE), "not readable as .npz"),
        "broken array": (zipped, "not readable as .npz"),
        "pickled npz": (arrays("p.npz", X=pickled, y=[0, 1]), "not readable as .npz"),
        "nan": (
            write(folder / "nan.parquet", {**good, "a": [1.0, np.nan, np.inf]}),
            "2 of 3 values are missing or infinite",
        ),
        "nan row": (
            write(folder / "nan2.parquet", {**good, "a": [1.0, np.nan, np.inf]}),
            "column 'a', first at row 2",
        ),
        "null number": (text("null.csv", "a,y\n1,0\n,1\n"), "column 'a', first at row 2"),
        "infinite": (text("inf.csv", "a,y\n1,0\n1e999,1\n"), "column 'a', first at row 2"),
        "nan label": (write(folder / "nl.parquet", {**good, "y": [0.0, np.nan, 1.0]}), "'y' (label), first at row 2"),
        "null label": (
            write(folder / "nl2.parquet", {**good, "y": ["a", None, PRIVATE]}),
            "'y' (label), first at row 2",
        ),
        "missing text": (
            write(folder / "mt.parquet", {**good, "b": [PRIVATE, None, "w"]}),
            "column 'b', first at row 2",
        ),
        "nothing at all": (text("nothing.csv", "a,y\n,0\n,1\n"), "holds no value at all"),
        "nan throughout": (write(folder / "nt.parquet", {**good, "a": [np.nan] * 3}), "holds no value at all"),
        "no label": (write(folder / "nolabel.csv", {"a": [1], "b": [2]}), "'y' is not in the file"),
        "no label array": (arrays("nolabel.npz", X=two), "'y' is not in the file"),
        "no features array": (arrays("nox.npz", y=[0, 1]), "'X' is not in the file"),
        "no feature": (write(folder / "alone.csv", {"y": [1, 0]}), "no feature is left"),
        "twice": (text("twice.csv", "a,a,y\n1,2,0\n"), "same name"),
        "an index": (text("index.csv", ",a,y\n0,2,0\n"), "has no name"),
        "nested": (text("nested.jsonl", f'{{"a": {{"b": "{PRIVATE}"}}, "y": 0}}\n'), "nested values"),
        "dates": (write(folder / "d.parquet", {"a": pd.to_datetime(["2020-01-01"]), "y": [0]}), "holds dates"),
        "long label": (write(folder / "long.csv", {"a": [1], "y": [PRIVATE * 200]}), "1400 characters"),
        "three dimensions": (arrays("x3.npz", X=np.ones((2, 2, 2)), y=[0, 1]), "3 dimensions"),
        "short labels": (arrays("short.npz", X=two, y=[0]), "one value for each record"),
        "complex": (arrays("complex.npz", X=two * 1j, y=[0, 1]), "neither numbers nor text"),
        "names that do not fit": (arrays("cols.npz", X=two, y=[0, 1], columns=["a", "b"]), "do not fit"),
        "label among features": (arrays("lab.npz", X=two, y=[0, 1], columns=["y"]), "among the features"),
    }


@pytest.fixture(scope="module")
def faults(tmp_path_factory):
    folder = tmp_path_factory.mktemp("faults")
    (folder / "folder.csv").mkdir()
    return bad_files(folder)


def test_a_bad_file_is_refused_with_its_place_and_without_its_values(faults, refused):
    for fault, (path, says) in faults.items():
        message = refused(DataError, read_records, path, label="y")
        assert says in message, (fault, message)
        assert path.name in message, fault
        assert str(path.parent) not in message, fault


def test_an_absent_person_is_told_with_the_columns_that_are_there(tmp_path, refused):
    path = write(tmp_path / "t.csv", {"a": [1], "b": [2], "y": [0]})
    message = refused(DataError, read_records, path, label="y", person="id")
    assert "person column 'id'" in message
    assert "'a', 'b', 'y'" in message
    np.savez(tmp_path / "t.npz", X=np.ones((1, 1)), y=[0])
    assert "'id'" in refused(DataError, read_records, tmp_path / "t.npz", label="y", person="id")
    assert "two different" in refused(DataError, read_records, path, label="y", person="y")


def test_a_missing_person_is_refused(tmp_path, refused):
    path = write(tmp_path / "t.parquet", {"a": [1, 2], "y": [0, 1], "p": [PRIVATE, None]})
    assert "first at row 2" in refused(DataError, read_records, path, label="y", person="p")


def test_a_first_row_of_values_is_not_repeated_as_names(tmp_path, refused):
    (tmp_path / "t.csv").write_text("0612345678,x@y.fr,12.5\n1,2,3\n")
    message = refused(DataError, read_records, tmp_path / "t.csv", label="y")
    assert "number 1, number 2, number 3" in message
    assert "0612345678" not in message


def test_a_semicolon_is_guessed(tmp_path, refused):
    (tmp_path / "t.csv").write_text("a;y\n1;2\n")
    assert "separator" in refused(DataError, read_records, tmp_path / "t.csv", label="y")


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".jsonl"])
def test_what_is_too_large_is_refused(suffix, tmp_path, refused):
    path = write(tmp_path / f"t{suffix}", {"a": list(range(500)), "y": [0] * 500})
    assert "GiB" in refused(DataError, read_records, path, label="y", max_bytes=100)
    assert "GiB" in refused(DataError, read_records, path, label="y", max_bytes=500 * 2 * 8 - 1)


def test_a_small_archive_that_unpacks_to_much_is_refused(tmp_path, refused):
    np.savez_compressed(tmp_path / "t.npz", X=np.zeros((1000, 100)), y=np.zeros(1000))
    assert "GiB" in refused(DataError, read_records, tmp_path / "t.npz", label="y", max_bytes=100_000)
    repeated = pa.table({"a": np.zeros(100_000), "y": np.zeros(100_000)})
    parquet.write_table(repeated, tmp_path / "t.parquet")
    assert "GiB" in refused(DataError, read_records, tmp_path / "t.parquet", label="y", max_bytes=100_000)


def test_a_row_without_end_is_refused(tmp_path, refused, monkeypatch):
    monkeypatch.setattr("vidocq.targets.columns.MAX_ROW_BYTES", 1000)
    (tmp_path / "t.csv").write_text("a,y\n" + PRIVATE * 1000 + ",1\n")
    assert "not readable" in refused(DataError, read_records, tmp_path / "t.csv", label="y")


def test_columns_are_put_in_the_members_order(mixed):
    order = [2, 1, 3, 0]
    shuffled = replace(mixed, features=mixed.features[:, order], columns=tuple(mixed.columns[j] for j in order))
    ordered = require_same_columns(mixed, shuffled)
    assert ordered.columns == mixed.columns
    assert ordered.features.tolist() == mixed.features.tolist()


def test_sides_that_differ_are_refused(mixed, numbers, refused):
    fewer = replace(mixed, features=mixed.features[:, :3], columns=mixed.columns[:3])
    assert "non_members lacks 'd'" in refused(DataError, require_same_columns, mixed, fewer)
    assert "members lacks 'd'" in refused(DataError, require_same_columns, fewer, mixed)
    bare = replace(mixed, persons=None)
    assert "one file only" in refused(DataError, require_same_columns, mixed, bare)
    assert "label is text" in refused(DataError, require_same_columns, bare, numbers)
    numeric = replace(numbers, labels=mixed.labels)
    assert "column 'b'" in refused(DataError, require_same_columns, bare, numeric)
