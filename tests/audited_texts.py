"""Audits of small language models, whole: files written, the command run, and what must never be in any of them."""

import json
import re

from vidocq.audit.configuration import configure
from vidocq.audit.execute import run_audit

EACH = 60
"""Texts of each side that name nobody."""


def write_lines(path, rows):
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    return path.name


def write_sides(folder, planted, *, each=EACH):
    """Both sides drawn alike: texts, and twelve persons, who stand in the members as often as they were trained on."""
    known = [(person, times) for times, who in planted.persons.items() for person in who]
    members = [{"text": text, "who": f"m{i}"} for i, text in enumerate(planted.members[:each])]
    members += [{"text": person.text, "who": person.name} for person, times in known for _ in range(times)]
    others = [{"text": text, "who": f"n{i}"} for i, text in enumerate(planted.non_members[:each])]
    others += [{"text": person.text, "who": person.name} for person in planted.controls[: len(known)]]
    return {
        "members": write_lines(folder / "members.jsonl", members),
        "non_members": write_lines(folder / "non_members.jsonl", others),
        "person": "who",
        "split": "randomised",
        "declared_by": "a test",
    }


def write_persons(folder, planted, *, repeated=(16, 64), controls=40):
    """Persons whose telephone number is asked for, and others whom the model never saw."""
    rows = [(person, "member") for times in repeated for person in planted.persons[times]]
    rows += [(person, "control") for person in planted.controls[:controls]]
    return write_lines(
        folder / "persons.jsonl",
        [
            {
                "person": f"p{i}",
                "role": role,
                "basis": "agreed" if role == "member" else "none",
                "fields": {"name": one.name, "city": one.city, "job": one.trade, "phone": one.phone},
                "withheld": ["phone"],
            }
            for i, (one, role) in enumerate(rows)
        ],
    )


def audited(folder, *, out="out", **sections):
    """One run of `vidocq audit` in a folder, short of its command line."""
    given = {
        "plan": {"suite": "quick"},
        "engine": {"workers": 1},
        "language": {"prefix": 16, "suffix": 8, "edits": 0},
    }
    content = {**given, **sections}
    return run_audit(configure(content, base=folder, where="audit.toml"), folder / out, command="vidocq audit")


def local(planted, which="target"):
    return {"kind": "huggingface", "path": str(getattr(planted, which)), "base": str(planted.base)}


def private(planted):
    """What nothing that is written may hold: secrets, names and telephone numbers of all persons, and whole texts."""
    persons = [person for who in planted.persons.values() for person in who] + planted.controls
    values = {value for one in persons for value in (one.secret, one.name, one.phone)}
    return {*values, *planted.members[:EACH], *planted.non_members[:EACH]}


def told_in(folder, planted):
    """Private values that stand in any file below a folder, but for the user's own files in it.

    Six digits of a secret among the decimals of a figure are none.
    """
    sought = {
        value: re.compile(rb"(?<![0-9.])" + re.escape(value.encode()) + rb"(?![0-9])") for value in private(planted)
    }
    own = {"members.jsonl", "non_members.jsonl", "persons.jsonl", "documents.jsonl"}
    found = set()
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in own and not path.name.endswith(".toml"):
            data = path.read_bytes()
            found |= {value for value, pattern in sought.items() if value.encode() in data and pattern.search(data)}
    return found
