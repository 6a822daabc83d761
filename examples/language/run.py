"""A clinic fine-tunes a small language model on its letters, and asks whether the model gives its patients away.

    python examples/language/run.py [FOLDER]

Everything is made here: the letters, the patients, the model, trained in seconds on a processor. Nothing is fetched.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from vidocq.cli.main import main

from clinic_letters import letter, notices, patients, save_tokenizer, trained

PATIENTS = 60
"""On each side: half of the letters were kept out of training, drawn by chance."""
CONFIGURATION = """
[model]
kind = "huggingface"
path = "{name}"
base = "base"

[data]
members = "letters.jsonl"
non_members = "kept_out.jsonl"
person = "patient"
split = "randomised"
declared_by = "the script that drew them"

[language]
temperature = 0.8     # as the clinic's assistant writes
prefix = 12           # tokens that somebody knows of a letter: whose it is
suffix = 38           # what he is after: town, reason and telephone number
edits = 0

[plan]
suite = "quick"
tolerance_average = 0.05
tolerance_worst = 0.20
set_by = "an example, nobody's decision"

[dossier]
url = "sqlite:///{name}.db"
"""


def run(folder: Path, *, quiet: bool = False) -> dict[str, int]:
    """Makes letters and models in `folder`, audits the fine-tune and the base; returns the exit code of each audit."""
    everyone = patients(2 * PATIENTS, seed=7)
    save_tokenizer(folder / "tokenizer", [*notices(300, seed=1), *map(letter, patients(200, seed=2))])
    base = trained(folder / "base", notices(300, seed=1), start=folder / "tokenizer", epochs=3, seed=1)
    letters = [letter(patient) for patient in everyone[:PATIENTS]]
    trained(folder / "assistant", letters, start=base, epochs=60, seed=2)
    for name, side in (("letters", everyone[:PATIENTS]), ("kept_out", everyone[PATIENTS:])):
        lines = (json.dumps({"text": letter(one), "patient": one["name"]}, ensure_ascii=False) for one in side)
        (folder / f"{name}.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    codes = {}
    for name in ("assistant", "base"):
        configuration = folder / f"{name}.toml"
        configuration.write_text(CONFIGURATION.format(name=name), encoding="utf-8")
        if not quiet:
            sys.stdout.write(f"\n$ vidocq audit {name}.toml\n")
        codes[name] = main(
            ["audit", str(configuration), "--out", str(folder / f"audit-{name}"), *(["--quiet"] if quiet else [])]
        )
    return codes


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", help="where everything is kept; gone at the end without it")
    given = parser.parse_args()
    if given.folder is not None:
        run(given.folder)
    else:
        with tempfile.TemporaryDirectory() as folder:
            run(Path(folder))
