"""What the commands of the dossier print for the fictitious hospital, cut where it goes on alike."""

from generation.stored import stored

ROWS, STEPS = 6, 3
COMMAND = {
    "assess": "vidocq dossier assess --lang en",
    "explain-point": "vidocq dossier explain F4.1.06 --lang en",
    "explain-rule": "vidocq dossier explain model-status --lang en",
    "status": "vidocq dossier status --lang en",
}


def hospital_blocks() -> dict[str, str]:
    """Blocks by the names that docs/dossier.md gives them."""
    kept = stored("hospital.json")
    if kept is None:
        return dict.fromkeys(("hospital-assess", "hospital-explain", "hospital-status"), "Not run yet.")
    return {
        "hospital-assess": _fenced({"assess": _assessed(kept["assess"])}),
        "hospital-explain": _fenced({name: kept[name] for name in ("explain-point", "explain-rule")}),
        "hospital-status": _fenced({"status": [*kept["status"][:ROWS], "…"]}),
    }


def _assessed(lines: list[str]) -> list[str]:
    """The first rows of the table with its sum, the first questions, the first steps."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if line:
            parts[-1].append(line)
        elif parts[-1]:
            parts.append([])
    found: list[str] = []
    for part in parts:
        if len(part) <= 1:
            found += part
        elif part[-1].startswith("="):
            found += ["", *part[:ROWS], "…", part[-1]]
        else:
            found += ["", *part[: 1 + 2 * STEPS], "…"]
    return found


def _fenced(parts: dict[str, list[str]]) -> str:
    lines = [line for name, told in parts.items() for line in (f"$ {COMMAND[name]}", *told)]
    return "\n".join(["```text", *lines, "```"])
