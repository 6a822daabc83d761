"""A document as one self-contained page."""

from functools import partial

from vidocq.core.text import Lang, Text
from vidocq.report.documents.tree import Banner, Block, Document, Grid, Listing, Mark, Paragraph
from vidocq.report.html import pages
from vidocq.report.typography import polished

_KINDS = {Paragraph: "paragraph", Listing: "listing", Grid: "grid", Banner: "banner"}
SHAPES = {"bad": "◆", "unknown": "○", "judge": "◐", "good": "●", "none": "–"}
"""Signs that tell states apart in black and white."""

WORDS = {
    "skip": Text(fr="Aller au contenu", en="Skip to the content"),
    "contents": Text(fr="Sommaire", en="Contents"),
    "name": Text(fr="Nom", en="Name"),
    "date": Text(fr="Date", en="Date"),
    "signature": Text(fr="Signature", en="Signature"),
    "independent": Text(
        fr="Vidocq est un logiciel indépendant. Cette page n'émane pas de la CNIL, qui ne l'a ni demandée ni examinée.",
        en="Vidocq is independent software. This page does not come from the CNIL, which neither asked for it nor examined it.",
    ),
}


def render_document(document: Document, *, lang: Lang) -> str:
    """The whole page. Same document, same bytes; nothing in it is loaded from elsewhere."""
    return (
        pages()
        .get_template("document.html")
        .render(
            lang=lang.value,
            document=document,
            say=lambda words: polished(words.to(lang), lang),
            word=lambda key: polished(WORDS[key].to(lang), lang),
            kind=_kind,
            cell=partial(_cell, lang=lang),
            shapes=SHAPES,
        )
    )


def _kind(block: Block) -> str:
    return _KINDS.get(type(block), "sign")


def _cell(content: Text | Mark, *, lang: Lang) -> dict[str, str]:
    """Words and tone of a cell; the tone is empty where it is no state."""
    if isinstance(content, Mark):
        return {"words": polished(content.words.to(lang), lang), "tone": content.tone}
    return {"words": polished(content.to(lang), lang), "tone": ""}
