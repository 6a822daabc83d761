"""`vidocq canaries` from the draw to the check, as a trainer uses it."""

import json

import pytest

from vidocq.cli.main import main

from language_models import save_tokenizer

TEXTS = [
    "Le facteur a remis la lettre au port.",
    "La juge a copié le registre hier.",
    "Un témoin a perdu la clé.",
] * 9


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus.jsonl").write_text(
        "".join(json.dumps({"text": t, "id": i}) + "\n" for i, t in enumerate(TEXTS))
    )
    return tmp_path


def drawn(*more):
    return main(["canaries", "draw", "--numbers", "1:30,4:6", "--seed", "1", "--lang", "en", *more])


def test_drawn_put_in_and_found_in_what_the_trainer_is_given(place, capsys):
    pytest.importorskip("tokenizers")
    assert drawn("--delta", "1e-5", "--epsilon", "4") == 0
    assert "canaries to put in" in capsys.readouterr().out
    assert main(["canaries", "insert", "corpus.jsonl", "--out", "with.jsonl", "--seed", "2", "--lang", "en"]) == 0
    texts = [json.loads(line)["text"] for line in (place / "with.jsonl").read_text().splitlines()]
    assert len(texts) > len(TEXTS)
    save_tokenizer(place / "tokenizer", texts)
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(place / "tokenizer" / "tokenizer.json"))
    rows = [tokenizer.encode(text).ids for text in texts]

    def check(made, *more):
        (place / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in made))
        return main(
            ["canaries", "check", "rows.jsonl", "--tokenizer", "tokenizer/tokenizer.json", "--lang", "en", *more]
        )

    assert check([{"input_ids": row, "labels": row} for row in rows], "--json", "found.json") == 0
    assert " planted: 0 are not learnt from at all" in capsys.readouterr().out
    assert json.loads((place / "found.json").read_text())["silent"] == 0
    masked = [{"input_ids": row, "labels": [-100] * len(row)} for row in rows]
    assert check(masked) == 1
    assert " planted: 0 are not" not in capsys.readouterr().out
    assert check([{"input_ids": [1, 2], "labels": [1]}]) == 2
    assert check([{"input_ids": "12", "labels": [1]}]) == 2


@pytest.mark.parametrize(
    "asked", [["--numbers", "many"], ["--kinds", "song"], ["--kinds", "outlier"], ["--epsilon", "4"]]
)
def test_what_cannot_be_drawn_is_wrong_usage(place, capsys, asked):
    assert drawn(*asked) == 2
    assert "fix:" in capsys.readouterr().err


def test_a_register_that_is_not_there_is_wrong_usage(place, capsys):
    assert main(["canaries", "insert", "corpus.jsonl", "--out", "with.jsonl"]) == 2
    assert drawn() == 0
    assert main(["canaries", "insert", "corpus.jsonl", "--out", "with.jsonl", "--field", "body"]) == 2
    assert not (place / "with.jsonl").exists()


def test_what_goes_wrong_is_told_in_the_readers_language(tmp_path, capsys):
    (tmp_path / "canaries.json").write_text("{}")
    for command in (
        ["draw", "--numbers", "many", "--dossier", f"sqlite:///{tmp_path}/d.db"],
        ["insert", str(tmp_path / "none.jsonl"), "--out", str(tmp_path / "o.jsonl")],
        ["check", str(tmp_path / "none.jsonl"), "--tokenizer", str(tmp_path / "none.json")],
    ):
        told = ["canaries", *command, "--register", str(tmp_path / "canaries.json")]
        assert main([*told, "--lang", "fr"]) == 2
        french = capsys.readouterr().err
        assert "ne peu" in french
        assert "remède : " in french
        assert main([*told, "--lang", "en"]) == 2
        assert "cannot be read" in capsys.readouterr().err
