"""The draw: whole persons, from a seed, in the table's own format, and registered before training."""

import json
import stat

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vidocq.audit.sampling.split import split_table, was_drawn
from vidocq.core.canonical import sha256
from vidocq.core.errors import ConfigurationError, DataError
from vidocq.dossier.ledger import Ledger
from vidocq.targets.tables import read_records

PRIVATE = "Jacquot"
N = 200
FORMATS = ["csv", "jsonl", "parquet", "npz"]


def columns():
    rng = np.random.default_rng(1)
    return {
        "id": [f"p{i // 2}" for i in range(N)],
        "note": [f'{PRIVATE}, "{i}"' for i in range(N)],
        "income": rng.normal(size=N).round(6).tolist(),
        "label": rng.integers(0, 2, N).tolist(),
    }


def written(folder, kind):
    table, path = columns(), folder / f"table.{kind}"
    rows = [dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)]
    if kind == "csv":
        quoted = ['"' + str(r["note"]).replace('"', '""') + '"' for r in rows]
        lines = [f"{r['id']},{q},{r['income']!r},{r['label']}" for r, q in zip(rows, quoted, strict=True)]
        path.write_text("\n".join(["id,note,income,label", *lines]) + "\n")
    elif kind == "jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    elif kind == "parquet":
        pq.write_table(pa.table(table), path)
    else:
        np.savez(path, X=np.array(table["income"])[:, None], y=np.array(table["label"]), id=np.array(table["id"]))
    return path


def incomes(path):
    """One number per record, all different, and the person it is about."""
    if path.suffix == ".npz":
        with np.load(path) as held:
            return dict(zip(held["X"][:, 0].tolist(), held["id"].tolist(), strict=True))
    records = read_records(path, label="label", person="id")
    place = records.columns.index("income")
    return dict(zip(map(float, records.features[:, place]), records.persons.tolist(), strict=True))


@pytest.mark.parametrize("kind", FORMATS)
def test_whole_persons_fall_on_one_side_and_no_record_is_lost(tmp_path, kind):
    table = written(tmp_path, kind)
    split = split_table(table, tmp_path / "out", person="id", share=0.3, seed=1, ledger=None)
    sides = incomes(split.members), incomes(split.non_members)
    assert not set(sides[0].values()) & set(sides[1].values())
    assert sides[0] | sides[1] == dict(zip(columns()["income"], columns()["id"], strict=True))
    assert split.records == (len(sides[0]), len(sides[1])) == (60, 140)
    assert split.persons == (30, 70)
    for path, expected in zip((split.members, split.non_members), split.hashes, strict=True):
        assert sha256(path.read_bytes()) == expected
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("kind", FORMATS)
def test_a_seed_gives_the_same_bytes_and_another_does_not(tmp_path, kind):
    table = written(tmp_path, kind)
    one, again, other = (
        split_table(table, tmp_path / str(i), person="id", share=0.5, seed=seed, ledger=None)
        for i, seed in enumerate((1, 1, 2))
    )
    assert one.members.read_bytes() == again.members.read_bytes()
    if kind != "npz":
        assert one.hashes != other.hashes
    assert set(incomes(one.members)) != set(incomes(other.members))


def test_formats_draw_the_same_persons(tmp_path):
    drawn = [
        set(
            incomes(
                split_table(written(tmp_path, k), tmp_path / k, person="id", share=0.4, seed=3, ledger=None).members
            )
        )
        for k in FORMATS
    ]
    assert all(side == drawn[0] for side in drawn)


def test_without_a_person_column_each_record_is_drawn(tmp_path):
    split = split_table(written(tmp_path, "csv"), tmp_path / "out", person=None, share=0.25, seed=1, ledger=None)
    assert split.records == split.persons == (50, 150)


def test_cells_are_written_back_as_they_were_read(tmp_path):
    table = written(tmp_path, "csv")
    split = split_table(table, tmp_path / "out", person="id", share=0.5, seed=1, ledger=None)
    lines = table.read_text().splitlines()
    assert split.members.read_text().splitlines()[0] == lines[0]
    assert sorted([*split.members.read_text().splitlines()[1:], *split.non_members.read_text().splitlines()[1:]]) == (
        sorted(lines[1:])
    )


def test_a_registered_draw_is_found_by_the_bytes_of_its_files(tmp_path):
    table = written(tmp_path, "csv")
    with Ledger.open(f"sqlite:///{tmp_path}/d.db") as ledger:
        drawn = split_table(table, tmp_path / "a", person="id", share=0.5, seed=1, ledger=ledger)
        unregistered = split_table(table, tmp_path / "b", person="id", share=0.5, seed=2, ledger=None)
        members, others = drawn.hashes
        assert was_drawn(ledger, members=members, non_members=others)
        assert not was_drawn(ledger, members=others, non_members=members)
        assert not was_drawn(ledger, members=members, non_members=unregistered.hashes[1])
        assert not was_drawn(ledger, members=unregistered.hashes[0], non_members=unregistered.hashes[1])
        drawn.members.write_bytes(drawn.members.read_bytes() + b"p0,x,1,1\n")
        assert not was_drawn(ledger, members=sha256(drawn.members.read_bytes()), non_members=others)


@pytest.mark.parametrize("share", [0.0, 1.0, -1.0, 2.0, 1e-6])
def test_a_side_without_anybody_is_refused(tmp_path, share):
    with pytest.raises(ConfigurationError):
        split_table(written(tmp_path, "csv"), tmp_path / "out", person="id", share=share, seed=1, ledger=None)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", FORMATS)
def test_an_unknown_person_column_is_told_without_a_value(tmp_path, kind):
    with pytest.raises(DataError) as caught:
        split_table(written(tmp_path, kind), tmp_path / "out", person="ident", share=0.5, seed=1, ledger=None)
    assert PRIVATE not in str(caught.value)
    assert caught.value.where == f"table.{kind}"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", b""),
        ("t.csv", b"id,label\n"),
        ("t.csv", b"id,label\nJacquot,1\nJacquot\n"),
        ("t.csv", b'id,label\n"Jacquot,1\n'),
        ("t.csv", b"id,label\nJacquot\xff,1\nx,0\n"),
        ("t.jsonl", b'{"id": "Jacquot"\n'),
        ("t.jsonl", b'["Jacquot"]\n["x"]\n'),
        ("t.parquet", b"Jacquot"),
        ("t.npz", b"PK\x03\x04Jacquot"),
        ("t.xlsx", b"Jacquot"),
    ],
)
def test_what_cannot_be_read_is_a_data_error_that_shows_no_value(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError) as caught:
        split_table(tmp_path / name, tmp_path / "out", person="id", share=0.5, seed=1, ledger=None)
    assert PRIVATE not in str(caught.value)
    assert caught.value.fix


def test_a_table_that_does_not_exist_is_told(tmp_path):
    with pytest.raises(DataError, match="does not exist"):
        split_table(tmp_path / "none.csv", tmp_path / "out", person=None, share=0.5, seed=1, ledger=None)
