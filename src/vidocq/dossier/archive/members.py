"""What an archive holds, and how large it may be."""

SCHEMA = "vidocq.ledger/1"
MANIFEST = "manifest.json"
ENTRIES = "entries.jsonl"
ASIDE = "aside.jsonl"
ANCHORS = "anchors.jsonl"
KNOWN = {MANIFEST, ENTRIES, ASIDE, ANCHORS}

LARGEST = {MANIFEST: 100_000, ENTRIES: 2_000_000_000, ASIDE: 500_000_000, ANCHORS: 10_000_000}
"""Bytes of each member, unpacked."""
LONGEST_LINE = 50_000_000
