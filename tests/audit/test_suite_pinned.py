"""A changed attack needs a new version of the suites, so that an audit made with the old one is known to be old."""

import hashlib
from pathlib import Path

import vidocq.attacks
from vidocq.audit.suite import SUITES

VERSION, SOURCES = 3, "6cf81b8301a9acb6"
"""The version of every suite, and the hash of the attacks as they are in it."""


def test_attacks_are_those_of_the_suites_version():
    folder = Path(vidocq.attacks.__file__).parent
    found = hashlib.sha256()
    for path in sorted(folder.glob("*.py")):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    assert {suite.version for suite in SUITES.values()} == {VERSION}, "pin the attacks of the new version here"
    assert found.hexdigest()[:16] == SOURCES, (
        "an attack's file has changed: where its scores may change, raise the version of the suites; then pin it here"
    )
