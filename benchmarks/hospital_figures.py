"""What docs/dossier.md quotes of the fictitious hospital: runs the example once and keeps what its commands print.

`python benchmarks/hospital_figures.py` writes benchmarks/results/hospital.json in half a minute; `make docs` then writes the excerpts.
"""

import contextlib
import io
import json
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results" / "hospital.json"
COMMANDS = {
    "assess": ["assess"],
    "explain-point": ["explain", "F4.1.06"],
    "explain-rule": ["explain", "model-status"],
    "status": ["status"],
}


def printed(argv: list[str]) -> str:
    from vidocq.cli.main import main as vidocq

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = vidocq(argv)
    if code not in {0, 1, 3}:
        raise SystemExit(f"{argv} ended with {code}")
    return out.getvalue()


def main() -> None:
    sys.path.insert(0, str(HERE.parent / "examples" / "hospital"))
    from run import run
    from vidocq.core.files import write_atomic

    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder).resolve(), quiet=True)
        file = ["--dossier", f"sqlite:///{Path(folder).resolve()}/dossier.db", "--lang", "en"]
        kept = {name: printed(["dossier", *command, *file]).splitlines() for name, command in COMMANDS.items()}
    write_atomic(RESULTS, (json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode())
    print(f"{RESULTS.name}: {sum(map(len, kept.values()))} lines")


if __name__ == "__main__":
    main()
