"""A list holds no name, opens with its key alone, and one that could find nothing is refused aloud."""

import pytest

from vidocq.cli.main import main
from vidocq.core.errors import ConfigurationError
from vidocq.filters.names import name_variants
from vidocq.filters.phrases import hashed, read_phrases, write_phrases

KEY = bytes(range(32))


def test_a_list_holds_no_name_and_only_its_key_opens_it(tmp_path):
    path = tmp_path / "objected.list"
    write_phrases(path, name_variants("Zoé Kermarec"), key=KEY, kind="objected")
    assert b"ermarec" not in path.read_bytes()
    kind, held = read_phrases(path, key=KEY)
    assert kind == "objected"
    assert hashed("zoe kermarec", KEY) in held
    assert hashed("zoe kermarec", KEY[::-1]) not in held
    with pytest.raises(ConfigurationError, match="another key"):
        read_phrases(path, key=KEY[::-1])


def test_a_list_of_another_version_or_kind_is_refused(tmp_path):
    path = tmp_path / "objected.list"
    write_phrases(path, name_variants("Zoé Kermarec"), key=KEY, kind="objected")
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"vidocq.phrases/2", b"vidocq.phrases/1"))
    with pytest.raises(ConfigurationError, match="another version"):
        read_phrases(path, key=KEY)
    path.write_bytes(whole.replace(b'"objected"', b'"extracted"'))
    with pytest.raises(ConfigurationError, match="another key"):
        read_phrases(path, key=KEY)


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        ("objected", "", "vide"),
        ("objected", "\n  \n", "vide"),
        ("objected", "Zoé Kermarec\n\n-\n", "l.txt: 3"),
        ("extracted", "Le code est 748217\noui\n1\n", "l.txt: 2, 3"),
    ],
)
def test_a_list_that_could_not_work_is_refused_aloud(tmp_path, capsys, monkeypatch, kind, content, said):
    monkeypatch.setenv("VIDOCQ_TEST_KEY", KEY.hex())
    (tmp_path / "l.txt").write_text(content)
    asked = ["guard", "list", str(tmp_path / "l.txt"), "--kind", kind, "--key", "VIDOCQ_TEST_KEY"]
    assert main([*asked, "--out", str(tmp_path / "l")]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "oui" not in told
    assert not (tmp_path / "l").exists()


def test_a_list_is_made_of_lines(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("VIDOCQ_TEST_KEY", KEY.hex())
    (tmp_path / "l.txt").write_text("\ufeffZoé Kermarec\n\nMartin, Sophie\n", encoding="utf-8")
    asked = ["guard", "list", str(tmp_path / "l.txt"), "--kind", "objected", "--key", "VIDOCQ_TEST_KEY"]
    assert main([*asked, "--out", str(tmp_path / "l")]) == 0
    assert "2 lignes" in capsys.readouterr().out
    assert hashed("sophie martin", KEY) in read_phrases(tmp_path / "l", key=KEY)[1]
