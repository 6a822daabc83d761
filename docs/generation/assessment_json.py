"""docs/assessment-json.md, from the JSON Schema."""

from vidocq.dossier.schema import assessment_schema

from generation.markdown import page
from generation.schema_paths import sections

MEANING = {
    "counts": "how many points are in each state",
    "decisions": "what each rule answers for each subject, with the facts used, those missing and the reasoning",
    "file": "what was looked at: the hash of the last entry of the ledger, how many entries there are up to it, and when it "
    "was made",
    "next": "what to do next, by level, then effort, then how many points a step serves, with the command to type",
    "opinions": "opinions and decisions about versions of models; `name` is the id under which a name is kept aside",
    "points": "each point of verification: its state is the worst of its items', and `stale` says that evidence it rests on "
    "no longer holds",
    "questions": "missing facts in the order to ask for them, with the points and decisions that wait for each",
    "schema": "name and version of this format",
    "sheets": "the same counts, sheet by sheet",
    "stale": "how many points rest on evidence that no longer holds",
    "today": "the day on which dates are past or to come",
}
"""One line per top-level key; a test compares the keys with the schema's."""


def assessment_json_page() -> str:
    """Every path of the format, with its kind."""
    schema = assessment_schema()
    return page(
        "# assessment.json",
        "What `vidocq dossier assess` writes. The JSON Schema is `src/vidocq/dossier/schema/assessment-1.json`; nothing that "
        "breaks it is ever written. The same ledger on the same day gives the same bytes. It holds what was declared in "
        "roles; names are kept aside in the ledger, and only their ids stand here.",
        "A *text* is `{fr, en}`; a *state* is one of the words of [dossier.md](dossier.md); `[]` stands for each element of a "
        "list, and `*` for each key.",
        *sections(schema, MEANING),
        "## A point\n\n`points[]`: `id`, `sheet`, `level`, `title`, `state`, `stale`, and `items[]`. Each item: `item` (path of "
        "what the point is looked at for; empty for the whole), `state`, `stale`, `declared` and `measured` (what each says "
        "alone, or null), `reasons[]`, `used`, `missing`, `absent[]` (measurements there is no evidence for) and `evidence[]` "
        "(ids of entries of the ledger).",
    )
