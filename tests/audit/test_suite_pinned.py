"""A changed attack needs a new version of the suites that run it, so that an audit made with the old one is known to be old."""

import hashlib
from pathlib import Path

import pytest

import vidocq.attacks
import vidocq.measure
from vidocq.attacks.catalogue import ATTACKS
from vidocq.audit.suite import LANGUAGE_SUITES, SUITES

FOLDER = Path(vidocq.attacks.__file__).parent
BESIDE = {
    "records": [FOLDER / "blind.py", FOLDER / "structure.py", FOLDER / "voices.py"],
    "texts": [
        FOLDER / "blind_texts.py",
        FOLDER / "tokens.py",
        FOLDER / "voices.py",
        Path(vidocq.measure.__file__).parent / "ragged.py",
    ],
}
"""Files that the scores of a suite rest on besides those of its attacks."""


@pytest.mark.parametrize(
    ("suites", "beside", "version", "sources"),
    [(SUITES, "records", 3, "80f9326931eb0561"), (LANGUAGE_SUITES, "texts", 1, "2dc25b579da18d2f")],
    ids=["records", "texts"],
)
def test_attacks_are_those_of_the_suites_version(suites, beside, version, sources):
    named = {name for suite in suites.values() for name in suite.attacks if name in ATTACKS}
    files = {FOLDER / f"{name.replace('-', '_')}.py" for name in named} | set(BESIDE[beside])
    found = hashlib.sha256()
    for path in sorted(files):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    assert {suite.version for suite in suites.values()} == {version}, "pin the attacks of the new version here"
    assert found.hexdigest()[:16] == sources, (
        "an attack's file has changed: where its scores may change, raise the version of the suites; then pin it here"
    )
