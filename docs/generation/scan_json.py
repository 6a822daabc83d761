"""docs/scan-json.md, from the JSON Schema."""

from vidocq.audit.schema import scan_schema

from generation.markdown import page
from generation.schema_paths import sections

MEANING = {
    "asked": "kinds searched for, and the patterns of file names that were given",
    "categories": "each kind that was searched for, found or not: finds, files and documents with one, weight, and its "
    "measured precision and recall (`measured`; null where there is none)",
    "detectors": "what searched: each detector with its source, its limits and its finds",
    "fields": "fields of tables and records with a find at least",
    "fields_left_out": "fields beyond the first thousand, summed",
    "files": "files with a find at least, by name, format and SHA-256",
    "gaps": "what was not read, or was read by a guess, with the reason; `kind` is a stable code",
    "inputs": "how much was found, and one SHA-256 of all of it",
    "not_measured": "kinds asked for that no detector looks for",
    "recurring": "different identifiers of each kind, and how many stand in several documents of different content; counted by "
    "keyed hashes, of which none is written",
    "schema": "name and version of this format",
    "seed": "the seed; a scan draws nothing",
    "totals": "files, documents, characters and finds",
    "versions": "versions of what searched",
}
"""One line per top-level key; a test compares the keys with the schema's."""


def scan_json_page() -> str:
    """Every path of the format, with its kind, and the lines of spans.jsonl."""
    schema = scan_schema()
    return page(
        "# scan.json",
        f"{schema['description']} The JSON Schema is `src/vidocq/audit/schema/scan-1.json`; nothing that breaks it is ever "
        "written. It holds no time and no value that was found: the same files give the same bytes, whatever the number of "
        "processes; counts of recurring identifiers do not depend on the key.",
        "An *estimate* is `{value, low, high, level, n}`; a *text* is `{fr, en}`; a *category* is a kind of personal data, by "
        "its id in [detect.md](detect.md); `[]` stands for each element of a list, and `*` for each key.",
        "Beside it, each line of `spans.jsonl` is one find: `source` (the file), `record` (from 1; null for a text), `field` "
        "(null outside tables and records), `start` and `end` in characters of the text of that record and field, end "
        "excluded, `category`, `detector`, and `score`, comparable within one detector only. `vidocq scan --text FILE` prints "
        "the text that these places count. The value itself is not there; the places say where to look, and the file is "
        "personal data.",
        *sections(schema, MEANING),
    )
