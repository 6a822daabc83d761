"""Recognisers of others beside Vidocq's own: who speaks, who stays, what is refused; nothing goes to a network."""

import json
import os
import socket
import sys
import types

import pytest

from vidocq.audit.scan.execute import run_scan
from vidocq.audit.scan.options import Options
from vidocq.cli.main import main
from vidocq.core.errors import ConfigurationError, MissingExtra, ModelError
from vidocq.core.spans import Category, Span
from vidocq.detect.adapters import model as models
from vidocq.detect.adapters.model import Entity, Model, loaded, read_model
from vidocq.detect.adapters.together import Together, find_with
from vidocq.detect.find import find

TEXT = "Le dossier zorvane reste à Quimperlec. Écrire à jeanne@exemple.fr."


@pytest.fixture
def no_network(monkeypatch):
    def refused(*_args, **_kwargs):
        raise AssertionError("a connection was tried")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


def installed(name):
    """The package, or the test is left out, and says so."""
    return pytest.importorskip(name, reason=f"{name} is not installed: its adapter is not tested")


@pytest.fixture
def pipeline(tmp_path):
    """A spaCy pipeline in a folder, that knows two names by heart."""
    spacy = installed("spacy")
    nlp = spacy.blank("fr")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PER", "pattern": "zorvane"}, {"label": "LOC", "pattern": "Quimperlec"}])
    folder = tmp_path / "model"
    nlp.to_disk(folder)
    return folder


@pytest.mark.parametrize(
    "text", ["spacy:fr_core_news_sm", "gliner:urchade/gliner_small-v2.1", "spacy:", "presidio", "bert:/"]
)
def test_what_is_no_local_folder_is_refused(text):
    with pytest.raises(ConfigurationError):
        read_model(text)


def test_an_absent_package_is_told(tmp_path, monkeypatch):
    def absent(_name):
        class Adapter:
            @staticmethod
            def load(_path):
                raise ImportError

        return Adapter

    monkeypatch.setattr(models, "import_module", absent)
    with pytest.raises(MissingExtra, match="GLiNER is not installed"):
        loaded(Model("gliner", tmp_path / "a"))
    assert os.environ["HF_HUB_OFFLINE"] == os.environ["TRANSFORMERS_OFFLINE"] == "1"


def stood_in(monkeypatch, entities):
    class Adapter:
        @staticmethod
        def load(_path):
            return lambda _text: entities

    monkeypatch.setattr(models, "import_module", lambda _name: Adapter)


def test_our_own_finds_stay_and_others_are_added(tmp_path, monkeypatch):
    own = find(TEXT)
    mail = next(span for span in own if span.category is Category.EMAIL)
    at = TEXT.index("zorvane")
    stood_in(
        monkeypatch,
        [
            Entity(mail.start - 5, mail.end, Category.LOCATION, 0.9),
            Entity(at, at + 7, Category.PERSON, 0.7),
            Entity(at + 2, at + 9, Category.PERSON, 0.8),
        ],
    )
    together = Together((Model("gliner", tmp_path / "b"),))
    assert together(TEXT) == sorted([*own, Span(at, at + 7, Category.PERSON, "gliner-person", 0.7)])
    assert together(TEXT, categories=frozenset({Category.EMAIL})) == [mail]


def test_spacy_speaks_from_a_folder(pipeline, no_network):
    found = find_with([f"spacy:{pipeline}"])(TEXT)
    assert {(span.detector, TEXT[span.start : span.end]) for span in found} >= {
        ("spacy-person", "zorvane"),
        ("spacy-location", "Quimperlec"),
        ("email", "jeanne@exemple.fr"),
    }


def test_presidio_speaks_over_that_pipeline(pipeline, no_network):
    installed("presidio_analyzer")
    found = find_with([f"presidio:{pipeline}"])(TEXT, categories=frozenset({Category.PERSON}))
    assert [(span.detector, TEXT[span.start : span.end]) for span in found] == [("presidio-person", "zorvane")]


def test_a_folder_without_a_model_is_told(tmp_path):
    installed("spacy")
    with pytest.raises(ModelError, match="cannot be loaded"):
        find_with([f"spacy:{tmp_path}"])


def test_a_scan_tells_who_spoke(pipeline, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    finder = find_with([f"spacy:{pipeline}"])
    done = run_scan([tmp_path / "in"], tmp_path / "out", options=Options(models=finder.models), find=finder)
    assert done.error is None
    assert {card["id"]: card["count"] for card in done.content["detectors"]}["spacy-person"] == 1
    rows = [json.loads(line) for line in (tmp_path / "out" / "spans.jsonl").read_text("utf-8").splitlines()]
    assert "spacy-person" in {row["detector"] for row in rows}


def test_the_command_refuses_a_name(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    asked = ["scan", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--with", "spacy:fr_core_news_sm"]
    assert main(asked) == 2
    assert "no folder of this machine" in capsys.readouterr().err


def test_weights_that_would_be_unpickled_are_refused(tmp_path, monkeypatch):
    """GLiNER falls back on pytorch_model.bin, a pickle, where there is no safetensors."""

    def never(*_given, **_named):
        raise AssertionError("the model was read")

    package = types.ModuleType("gliner")
    package.GLiNER = types.SimpleNamespace(from_pretrained=never)
    monkeypatch.setitem(sys.modules, "gliner", package)
    (tmp_path / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(ModelError, match="safetensors"):
        loaded(Model("gliner", tmp_path))
