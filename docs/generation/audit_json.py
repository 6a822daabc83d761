"""docs/audit-json.md, from the JSON Schema."""

from vidocq.audit.schema import audit_schema

from generation.markdown import page
from generation.schema_paths import sections

MEANING = {
    "access": "what the auditor was served",
    "alphas": "registered false positive rates",
    "attacks": "each attack: its counted rates with bounds and p-values, descriptive figures, cost and limits",
    "controls": "positive controls (was the planted leak caught?), negative controls (alarms), and the blind classifier",
    "cost_curve": "what each attack would have reached with fewer reference models or queries, or knowing fewer outsiders; descriptive",
    "exposure": "everyone in the reference models: how many are exposed, how steadily, groups, causes; null if not measured",
    "failed_references": "reference models that could not be trained",
    "headline": "the three lines to read aloud",
    "inputs": "SHA-256 of what was read",
    "language": "of a language model: how it was made to write, and the details of each measurement; absent of any other",
    "needed": "persons and reference models it would take, and the odds of `no leak` as planned",
    "not_measured": "what was asked for and not measured, with the reason",
    "panel": "the most exposed persons: bounds sorted, without saying whose; null if not measured",
    "population": "who was counted, and what was removed from both sides",
    "recipe_gate": "target beside reference models: three figures and their distance in standard deviations",
    "references": "reference models used",
    "repeated": "records asked about twice, how many were answered otherwise, and the queries this took",
    "results": "measurements that are not membership scores",
    "schema": "name and version of this format",
    "seed": "the seed",
    "subject": "the model, without its path",
    "suite": "the suite, its version, its attacks, and those whose silence counts",
    "utility": "right answers (or error, for a regression) on members and on others, and the gap",
    "verdicts": "the verdict, its two bounds, the tolerances and the reasons, with stable codes",
    "versions": "versions of what computed the audit",
    "warnings": "what a reader must know besides the verdict, with stable codes",
}
"""One line per top-level key; a test compares the keys with the schema's."""


def audit_json_page() -> str:
    """Every path of the format, with its kind."""
    schema = audit_schema()
    return page(
        "# audit.json",
        f"{schema['description']} The JSON Schema is `src/vidocq/audit/schema/audit-1.json`; nothing that breaks it is "
        "ever written. The same configuration, files and seed on the same machine give the same bytes.",
        "An *estimate* is `{value, low, high, level, n}`; a *text* is `{fr, en}`; `[]` stands for each element of a "
        "list, and `*` for each key.",
        *sections(schema, MEANING),
    )
