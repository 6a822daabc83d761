"""Anchors: the head of a ledger noted elsewhere, signed or not, against truncation and full rewriting."""
