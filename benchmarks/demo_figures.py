"""What the READMEs quote of `make demo`: runs the demonstration once and keeps its lines and its time.

`python benchmarks/demo_figures.py` writes benchmarks/results/demo.json; `make docs` then writes the excerpts.
"""

import json
import os
import tempfile
import time
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results" / "demo.json"


def measured(out: Path) -> dict[str, object]:
    """The demonstration in the folder `out`: seconds from import to the last file, and what each model got."""
    started = time.perf_counter()
    from vidocq import __version__
    from vidocq.audit.demo import demonstrate

    models = []
    for shown in demonstrate(out):
        if shown.outcome.error is not None:
            raise SystemExit(str(shown.outcome.error))
        content = shown.outcome.content
        assert content is not None
        headline = {name: content["headline"][name] for name in ("asked", "found", "cheapest")}
        models.append(
            {
                "name": shown.name,
                "title": shown.title.to_dict(),
                "verdict": content["verdicts"][0]["verdict"],
                "headline": headline,
            }
        )
        print(f"{shown.name}: {headline['found']['en']}", flush=True)
    seconds = round(time.perf_counter() - started, 1)
    return {"version": __version__, "seconds": seconds, "cores": os.cpu_count(), "models": models}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = measured(Path(folder))
    from vidocq.core.files import write_atomic

    write_atomic(RESULTS, (json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode())
    print(f"{RESULTS.name}: {found['seconds']} s on {found['cores']} cores")


if __name__ == "__main__":
    main()
