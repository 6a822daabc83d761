"""What trials of filters, and attacks on what they surround, found, in words."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from vidocq.core.text import Lang, Text
from vidocq.dossier.evidence import BEHIND_FILTERS, OF_FILTERS, Piece
from vidocq.report.numbers import NOT_MEASURED, UP, percent, share_with_interval

OF_TRIAL: Final = {
    "passed": Text(fr="identifiants plantés qui passent : {value}", en="planted identifiers that pass: {value}"),
    "passed_high": Text(fr="au plus {value} (95 %)", en="at most {value} (95 %)"),
    "worst": Text(fr="sous le pire déguisement : {value}", en="under the worst disguise: {value}"),
    "false_blocks": Text(
        fr="réponses propres modifiées à tort : {value}", en="clean answers changed for nothing: {value}"
    ),
}
BESIDE: Final = Text(
    fr="{quantity} : sans filtre {bare}, derrière les filtres {guarded}",
    en="{quantity}: bare {bare}, behind the filters {guarded}",
)


def filter_figures(piece: Piece) -> Iterator[Text]:
    """Of a trial of filters, or of attacks alone and behind them; nothing of other measurements."""
    if piece.measurement == OF_FILTERS:
        for name, words in OF_TRIAL.items():
            value = piece.figures.get(name)
            if isinstance(value, int | float) and not isinstance(value, bool):
                yield _both(partial(_told, words, name, value))
    if piece.measurement == BEHIND_FILTERS:
        rows = piece.figures.get("attacks")
        for row in rows if isinstance(rows, list) else []:
            yield _both(partial(_beside, row))


def _told(words: Text, name: str, value: float, lang: Lang) -> str:
    return words.to(lang).format(value=_share(name, value, lang))


def _share(name: str, value: float, lang: Lang) -> str:
    return percent(value, lang, digits=2, rounding=UP) if name.endswith("high") else percent(value, lang, digits=2)


def _beside(row: Mapping[str, Any], lang: Lang) -> str:
    told = {name: _figure(row.get(name), lang) for name in ("bare", "guarded")}
    return BESIDE.to(lang).format(quantity=row["quantity"][lang.value], **told)


def _figure(estimate: Any, lang: Lang) -> str:
    if isinstance(estimate, dict):
        return share_with_interval(estimate, lang)
    return NOT_MEASURED.to(lang) if estimate is None else percent(estimate, lang, digits=1)


def _both(write: Callable[[Lang], str]) -> Text:
    return Text(fr=write(Lang.fr), en=write(Lang.en))
