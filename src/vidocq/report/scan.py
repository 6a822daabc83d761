"""A scan as plain text and as one accessible page, from scan.json and run.json alone."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from vidocq.core.text import Lang
from vidocq.report.html import pages
from vidocq.report.numbers import count, moment, number, share_with_interval
from vidocq.report.reading import said
from vidocq.report.tables.table import Column, Group, Table, code
from vidocq.report.terminal import columns_of
from vidocq.report.typography import plain
from vidocq.report.words.scan import category_name, scanned

SECTIONS = ("found", "kinds", "places", "recurring", "gaps", "precision", "limits")
MOST_ROWS = 50
BRIEF_ROWS = 10

Content = Mapping[str, Any]


def scan_lines(content: Content, lang: Lang) -> list[str]:
    """What was asked, what was found, and what could change the answer."""
    totals = content["totals"]
    asked = scanned(
        "asked",
        lang,
        files=count(totals["files"], lang),
        documents=count(totals["documents"], lang),
        characters=count(totals["characters"], lang),
    )
    return [asked, _found(content, lang), _change(content, lang)]


def scan_summary(content: Content, *, lang: Lang) -> str:
    """What `vidocq scan` prints. No colour, no control character, no trailing newline."""
    lines = scan_lines(content, lang)
    if any(category["count"] for category in content["categories"]):
        lines += ["", *columns_of(_kinds(content, lang))]
    if content["gaps"]:
        lines += ["", f"{scanned('gaps.caption', lang)}", *columns_of(_gaps(content["gaps"][:BRIEF_ROWS], lang))]
        lines += _further(len(content["gaps"]), BRIEF_ROWS, lang)
    return "\n".join(lines)


def render_scan(content: Content, run: Content, *, lang: Lang) -> str:
    """One self-contained page. Same content, same bytes."""
    totals = content["totals"]
    return (
        pages()
        .get_template("scan.html")
        .render(
            lang=lang.value,
            say=partial(scanned, lang=lang),
            sections=list(enumerate(SECTIONS, start=1)),
            subject=[
                (scanned("files", lang), count(totals["files"], lang)),
                (scanned("documents", lang), count(totals["documents"], lang)),
                (scanned("bytes", lang), count(content["inputs"]["bytes"], lang)),
                (scanned("finished", lang), moment(run.get("finished"), lang)),
            ],
            lines=scan_lines(content, lang),
            kinds=_kinds(content, lang) if totals["spans"] else None,
            zero=_zero(content, lang),
            places=[table for table in (_files(content, lang), _fields(content, lang)) if table is not None],
            further=[
                *_further(len(content["files"]), MOST_ROWS, lang),
            ],
            recurring=_recurring(content, lang) if content["recurring"]["categories"] else None,
            gaps=_gaps(content["gaps"][:MOST_ROWS], lang) if content["gaps"] else None,
            gaps_further=_further(len(content["gaps"]), MOST_ROWS, lang),
            precision=_precision(content, lang) if content["categories"] else None,
            cards=_cards(content, lang) if content["detectors"] else None,
            limits=[scanned(f"limits.{name}", lang) for name in ("values", "document", "pictures", "anonymous")],
            digest=code(content["inputs"]["sha256"]),
        )
    )


def _found(content: Content, lang: Lang) -> str:
    findings = _of_kind(content, "finding")
    told = []
    total = sum(category["count"] for category in findings)
    if total:
        most = sorted(findings, key=lambda category: -category["count"])[:3]
        with_any = sum(
            any(name in {category["id"] for category in findings} for name in file["counts"])
            for file in content["files"]
        )
        told.append(
            scanned("some", lang, count=count(total, lang), with_any=count(with_any, lang), most=_listed(most, lang))
        )
    else:
        told.append(scanned("none", lang))
    judged = _of_kind(content, "to_judge")
    if judged:
        number_ = sum(category["count"] for category in judged)
        told.append(scanned("judge", lang, count=count(number_, lang), kinds=_listed(judged, lang)))
    return " ".join(told)


def _change(content: Content, lang: Lang) -> str:
    if content["gaps"]:
        return scanned("change.gaps", lang, count=count(len(content["gaps"]), lang))
    unmeasured = [category for category in content["categories"] if category["measured"] is None]
    if unmeasured:
        return scanned("change.unmeasured", lang, kinds=_listed(unmeasured, lang))
    return scanned("change.sample", lang)


def _of_kind(content: Content, kind: str) -> list[Content]:
    return [category for category in content["categories"] if category["kind"] == kind and category["count"]]


def _listed(categories: Sequence[Content], lang: Lang) -> str:
    names = [category_name(category["id"], lang) for category in categories]
    return ", ".join(name if name[:2].isupper() else name[0].lower() + name[1:] for name in names)


def _kinds(content: Content, lang: Lang) -> Table:
    return Table(
        "kinds-table",
        scanned("kinds.caption", lang),
        [
            Column(scanned("kind", lang)),
            *(
                Column(scanned(name, lang), figures=True)
                for name in ("count", "with_files", "with_documents", "per_thousand")
            ),
            Column(scanned("consequence", lang)),
        ],
        [
            Group(
                category_name(category["id"], lang),
                [
                    [
                        count(category["count"], lang),
                        count(category["files"], lang),
                        count(category["documents"], lang),
                        number(category["per_thousand"], lang),
                        scanned(f"kind.{category['kind']}", lang),
                    ]
                ],
            )
            for category in sorted(content["categories"], key=lambda category: -category["count"])
            if category["count"]
        ],
        wide=True,
    )


def _zero(content: Content, lang: Lang) -> list[str]:
    empty = [category for category in content["categories"] if not category["count"]]
    unable = [{"id": name} for name in content["not_measured"]]
    told = [scanned("kinds.zero", lang, kinds=_listed(empty, lang))] if empty else []
    return told + ([scanned("kinds.unable", lang, kinds=_listed(unable, lang))] if unable else [])


def _files(content: Content, lang: Lang) -> Table | None:
    ordered = sorted(content["files"], key=lambda file: -sum(file["counts"].values()))[:MOST_ROWS]
    return _counted("files", [(file["source"], file["counts"]) for file in ordered], "file", lang)


def _fields(content: Content, lang: Lang) -> Table | None:
    rows = [(field["field"], field["counts"]) for field in content["fields"][:MOST_ROWS]]
    return _counted("fields", rows, "field", lang)


def _counted(name: str, rows: Sequence[tuple[str, Mapping[str, int]]], head: str, lang: Lang) -> Table | None:
    if not rows:
        return None
    return Table(
        f"{name}-table",
        scanned(f"{name}.caption", lang),
        [
            Column(scanned(head, lang)),
            Column(scanned("count", lang), figures=True),
            Column(scanned("what", lang)),
        ],
        [
            Group(
                code(place),
                [
                    [
                        count(sum(counts.values()), lang),
                        _listed([{"id": category} for category in sorted(counts, key=lambda k: -counts[k])], lang),
                    ]
                ],
            )
            for place, counts in rows
        ],
        wide=True,
    )


def _recurring(content: Content, lang: Lang) -> Table:
    recurring = content["recurring"]
    return Table(
        "recurring-table",
        scanned("recurring.caption", lang),
        [
            Column(scanned("kind", lang)),
            Column(scanned("identifiers", lang), figures=True),
            *(Column(scanned("at_least", lang, count=least), figures=True) for least in recurring["at_least"]),
        ],
        [
            Group(
                category_name(category["id"], lang),
                [
                    [
                        count(category["identifiers"], lang),
                        *(count(documents, lang) for documents in category["in_documents"]),
                    ]
                ],
            )
            for category in recurring["categories"]
        ],
        wide=True,
    )


def _gaps(gaps: Sequence[Content], lang: Lang) -> Table:
    return Table(
        "gaps-table",
        scanned("gaps.caption", lang),
        [
            Column(scanned("file", lang)),
            Column(scanned("reason", lang)),
            Column(scanned("extent", lang)),
        ],
        [Group(plain(gap["source"]), [[_reason(gap, lang), _extent(gap, lang)]]) for gap in gaps],
        wide=True,
    )


def _reason(gap: Content, lang: Lang) -> str:
    told = said(gap["reason"], lang)
    return told if gap["error"] is None else f"{told} ({plain(gap['error'])})"


def _extent(gap: Content, lang: Lang) -> str:
    if gap["extent"] != "records":
        return scanned(f"extent.{gap['extent']}", lang)
    places = ", ".join(str(place) for place in gap["records"][:5])
    more = ", …" if gap["count"] > 5 else ""
    return scanned("extent.records", lang, count=count(gap["count"], lang), places=f"{places}{more}")


def _precision(content: Content, lang: Lang) -> Table:
    rows = []
    for category in content["categories"]:
        known = category["measured"] or {"precision": None, "recall": None, "on": scanned("unmeasured", lang)}
        rows.append(
            Group(
                category_name(category["id"], lang),
                [
                    [
                        share_with_interval(known["precision"], lang),
                        share_with_interval(known["recall"], lang),
                        said(known["on"], lang),
                    ]
                ],
            )
        )
    return Table(
        "precision-table",
        scanned("precision.caption", lang),
        [
            Column(scanned("kind", lang)),
            Column(scanned("precision.name", lang), figures=True),
            Column(scanned("recall.name", lang), figures=True),
            Column(scanned("on", lang)),
        ],
        rows,
        wide=True,
    )


def _cards(content: Content, lang: Lang) -> Table:
    return Table(
        "cards-table",
        scanned("cards.caption", lang),
        [
            Column(scanned("detector", lang)),
            Column(scanned("count", lang), figures=True),
            Column(scanned("its_limits", lang)),
        ],
        [
            Group(said(card["title"], lang), [[count(card["count"], lang), said(card["limits"], lang)]])
            for card in content["detectors"]
        ],
        wide=True,
    )


def _further(total: int, shown: int, lang: Lang) -> list[str]:
    return [scanned("further", lang, count=count(total - shown, lang))] if total > shown else []
