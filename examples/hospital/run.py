"""From facts to an assessment, for a fictitious hospital: `python run.py [FOLDER]`. Takes a quarter of a minute.

Data and model are made up from a seed. Every step is a command that one could type; they are printed as they run.
"""

import argparse
import hashlib
import shlex
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from vidocq.cli.main import main

import hospital_data

HERE = Path(__file__).resolve().parent


def steps(folder: Path) -> Iterator[list[str]]:
    """The commands, in order, as arguments of `vidocq`."""
    url = f"sqlite:///{folder}/dossier.db"
    file = ["--dossier", url]
    yield ["dossier", "init", "--from", str(HERE / "facts.toml"), "--role", "DPO", *file]
    yield ["dossier", "fact", "datasets.visits.sha256", sha256(folder / "visits.csv"), *file]
    yield ["dossier", "fact", "models.triage.sha256", sha256(folder / "triage.skops"), *file]
    scanned = ["--out", str(folder / "scan"), "--workers", "1", "--fail-on", "never"]
    yield ["scan", str(folder / "visits.csv"), *scanned, *file, "--dataset", "visits"]
    yield ["audit", str(folder / "hospital.toml"), "--out", str(folder / "audit"), "--fail-on", "never"]
    for answer in tomllib.loads((HERE / "answers.toml").read_text(encoding="utf-8"))["answer"]:
        note = ["--note", answer["note"]] if "note" in answer else []
        yield ["dossier", "answer", answer["point"], answer["value"], "--role", answer["role"], *note, *file]
    reason = "Le modèle reste dans l'hôpital ; à revoir avant tout autre usage."
    about = ["--about", "models.triage", "--version", "1.0"]
    yield ["dossier", "opinion", "dpo", "with-reservations", "--reason", reason, "--role", "DPO", *about, *file]
    yield ["dossier", "status", *file]
    yield ["dossier", "assess", "--out", str(folder / "assessment"), *file]


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(folder: Path, *, lang: str = "fr", quiet: bool = False) -> int:
    """Runs all steps in a folder, and returns the exit code of the last; stops at the first that is refused."""
    hospital_data.make(folder)
    shutil.copy(HERE / "hospital.toml", folder)
    code = 0
    for step in steps(folder):
        if not quiet:
            sys.stdout.write(f"\n$ {shlex.join(['vidocq', *step])}\n")
        code = main([*step, "--lang", lang, *(["--quiet"] if quiet else [])])
        if code not in {0, 1, 3}:
            return code
    return code


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    asked.add_argument("folder", nargs="?", default="vidocq-hospital", help="where everything is made (%(default)s)")
    sys.exit(run(Path(asked.parse_args().folder).resolve()))
