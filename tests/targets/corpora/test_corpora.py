"""A corpus comes out of each format as it went in; what cannot be read is told by its place and never by its value."""

import datetime
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vidocq.core.errors import DataError
from vidocq.targets.corpora.fields import LONGEST, Fields
from vidocq.targets.corpora.reading import read_corpus

PRIVATE = "06 39 98 12 34"
RECORDS = [
    {"text": f"Zoé, {PRIVATE}", "who": 7, "day": "2024-05-17"},
    {"text": "deux\nlignes", "who": "b", "day": "2023"},
    {"text": "trois", "who": "b", "day": "2024-01-01T10:00:00"},
]
NAMED = Fields(person="who", date="day")


def jsonl(path, records):
    path.write_text("".join(f"{json.dumps(r, ensure_ascii=False)}\n\n" for r in records), encoding="utf-8")
    return path


def parquet(path, records):
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist(records), path)
    return path


def test_lines_and_tables_give_the_same_texts_persons_and_dates(tmp_path):
    found = read_corpus(jsonl(tmp_path / "a.jsonl", RECORDS), NAMED)
    other = read_corpus(parquet(tmp_path / "a.parquet", [r | {"who": str(r["who"])} for r in RECORDS]), NAMED)
    for corpus in (found, other):
        assert corpus.texts == tuple(r["text"] for r in RECORDS)
        assert corpus.persons.tolist() == ["7", "b", "b"]
        assert corpus.dates.tolist() == [
            datetime.date(*day).toordinal() for day in ((2024, 5, 17), (2023, 1, 1), (2024, 1, 1))
        ]
    alone = read_corpus(tmp_path / "a.jsonl")
    assert alone.persons is alone.dates is None


def test_dates_of_a_table_may_be_dates(tmp_path):
    day = datetime.date(2024, 2, 29)
    found = read_corpus(parquet(tmp_path / "d.parquet", [{"text": "a", "day": day}]), Fields(date="day"))
    assert found.dates.tolist() == [day.toordinal()]


def test_conversations_become_texts_by_the_template(tmp_path):
    said = [{"role": "user", "content": "Qui ?"}, {"role": "assistant", "content": "Zoé."}]
    fields = Fields(text="messages")
    for path in (
        jsonl(tmp_path / "c.jsonl", [{"messages": said}]),
        parquet(tmp_path / "c.parquet", [{"messages": said}]),
    ):
        assert read_corpus(path, fields).texts == ("user: Qui ?\nassistant: Zoé.",)
        own = Fields(text="messages", turns=lambda messages: "|".join(m["content"] for m in messages))
        assert read_corpus(path, own).texts == ("Qui ?|Zoé.",)


def test_blank_lines_set_plain_texts_apart(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("\ufeffun\nsuite\n\n \ndeux\n\n\n", encoding="utf-8")
    assert read_corpus(path).texts == ("un\nsuite", "deux")
    with pytest.raises(DataError, match="neither persons nor dates"):
        read_corpus(path, NAMED)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip), min_size=1, max_size=5)
)
def test_any_text_comes_back_whole(tmp_path_factory, texts):
    path = jsonl(tmp_path_factory.mktemp("any") / "a.jsonl", [{"text": text} for text in texts])
    assert read_corpus(path).texts == tuple(texts)


@pytest.mark.parametrize(
    ("line", "fields", "said"),
    [
        (f'{{"text": "{PRIVATE}"', Fields(), "no JSON"),
        (f'["{PRIVATE}"]', Fields(), "no object"),
        (f'{{"body": "{PRIVATE}"}}', Fields(), "no 'text'"),
        ('{"text": 12}', Fields(), "neither text"),
        ('{"text": "  "}', Fields(), "is empty"),
        (f'{{"text": ["{PRIVATE}"]}}', Fields(), "role or its content"),
        (f'{{"text": [{{"role": "user", "content": ["{PRIVATE}"]}}]}}', Fields(), "role or its content"),
        (f'{{"text": "a", "who": ["{PRIVATE}"]}}', Fields(person="who"), "is no id"),
        ('{"text": "a", "who": true}', Fields(person="who"), "is no id"),
        (f'{{"text": "a", "day": "{PRIVATE}"}}', Fields(date="day"), "is no date"),
        ('{"text": "a", "day": 12.5}', Fields(date="day"), "is no date"),
        ('{"text": "a", "day": "2024-13-01"}', Fields(date="day"), "is no date"),
        ("[" * 100_000, Fields(), "no JSON"),
        (f'{{"text": "{"a" * (LONGEST + 1)}"}}', Fields(), "longer than"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_place(tmp_path, line, fields, said):
    path = tmp_path / "a.jsonl"
    first = {"text": "a", "who": "b", "day": "2024"}
    path.write_text(f"{json.dumps(first)}\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=said) as caught:
        read_corpus(path, fields)
    assert caught.value.where == "a.jsonl, line 2"
    assert PRIVATE not in str(caught.value)


def test_files_that_are_no_corpus(tmp_path):
    (tmp_path / "latin.txt").write_bytes("é".encode("latin-1"))
    (tmp_path / "empty.jsonl").write_text("\n")
    (tmp_path / "torn.parquet").write_bytes(b"PAR1 and then nothing")
    parquet(tmp_path / "other.parquet", [{"body": "a"}])
    for name, said in (
        ("latin.txt", "UTF-8"),
        ("empty.jsonl", "no text"),
        ("torn.parquet", "cannot be read"),
        ("other.parquet", "no column 'text'"),
        ("none.jsonl", "cannot be read"),
        ("a.pkl", "no corpus"),
    ):
        with pytest.raises(DataError, match=said):
            read_corpus(tmp_path / name)


def test_a_text_without_a_date_is_refused_where_dates_are_named(tmp_path):
    path = jsonl(tmp_path / "a.jsonl", [{"text": "a"}])
    with pytest.raises(DataError, match="no 'day'"):
        read_corpus(path, Fields(date="day"))
