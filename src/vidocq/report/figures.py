"""Figures drawn as SVG, readable in black and white; each has its table beside it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from vidocq.core.text import Lang
from vidocq.report.numbers import count, number, rate

INK = "#1d2329"
SOFT = "#56616c"
RULE = "#d9dde2"
MARK = "#8a1c1c"
BAR = "#b9cdd2"
POINT = "#17505c"

_STROKES = (
    ("#17505c", "none"),
    ("#a3400b", "7 3"),
    ("#5b3a8c", "2 3"),
    ("#8a1c1c", "9 3 2 3"),
    ("#2e6b34", "5 2 5 2 1 2"),
    ("#8c2a63", "1 4"),
    ("#1d2329", "12 4"),
    ("#56616c", "4 4"),
)
FONT = "'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
WIDTH = 760

Place = tuple[float, float]


@dataclass(frozen=True)
class Curve:
    """An ROC curve: its name, and (fpr, tpr) pairs in [0, 1], sorted by fpr."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Bar:
    """The risk of one attack: estimate, interval and bound, as differences of rates."""

    name: str
    value: float
    low: float
    high: float
    bound: str


def roc_floor(curves: Sequence[Curve]) -> float:
    """Where the axes start: the power of ten at or below the first point that can be read."""
    positive = [fpr for curve in curves for fpr, _ in curve.points if fpr > 0]
    smallest = min(positive, default=0.001)
    return 10.0 ** max(-5, min(-1, math.floor(math.log10(smallest) + 1e-9)))


def tpr_at(curve: Curve, fpr: float) -> float | None:
    """The best TPR whose FPR does not exceed `fpr`; None below the first point that can be read."""
    within = [point for point in curve.points if 0 < point[0] <= fpr]
    return max(tpr for _, tpr in within) if within else None


def roc_figure(curves: Sequence[Curve], lang: Lang, *, title: str, desc: str, x: str, y: str, chance: str) -> Markup:
    """Log-log ROC curves, with a legend by stroke below them."""
    floor = roc_floor(curves)
    left, top, width, height = 74, 16, 640, 400
    bottom = top + height
    legend = bottom + 78

    def place(fpr: float, tpr: float) -> tuple[float, float]:
        span = -math.log10(floor)
        along = 1 + math.log10(min(max(fpr, floor), 1.0)) / span
        up = 1 + math.log10(min(max(tpr, floor), 1.0)) / span
        return left + width * along, bottom - height * up

    parts = []
    for decade in range(round(-math.log10(floor)) + 1):
        tick = round(10.0**-decade, 6)
        across, down = place(tick, tick)
        parts += [
            _line((across, top), (across, bottom), RULE),
            _line((left, down), (left + width, down), RULE),
            _text((across, bottom + 18), rate(tick, lang), anchor="middle"),
            _text((left - 8, down + 4), rate(tick, lang), anchor="end"),
        ]
    parts.append(_line((left, bottom), (left + width, top), SOFT, dash="3 4"))
    parts.append(_text((left + width * 0.3 + 8, bottom - height * 0.3 + 14), chance, colour=SOFT))
    for position, curve in enumerate(curves):
        colour, dash = _STROKES[position % len(_STROKES)]
        parts.append(_path([place(*point) for point in curve.points], colour, dash=dash))
        start, down = left + 325 * (position % 2), legend + 24 * (position // 2)
        parts.append(_line((start, down - 4), (start + 42, down - 4), colour, width=2.4, dash=dash))
        parts.append(_text((start + 52, down), curve.name))
    parts.append(_text((left + width / 2, bottom + 44), x, anchor="middle", weight=600))
    parts.append(_text((16, top + height / 2), y, anchor="middle", weight=600, upright=True))
    return _svg("roc", legend + 24 * ((len(curves) + 1) // 2), parts, title=title, desc=desc)


def risk_figure(bars: Sequence[Bar], tolerance: float, *, title: str, desc: str, tolerance_label: str) -> Markup:
    """One bar per attack up to its bound U, with the estimate, its interval and the tolerance."""
    left, right, row, top = 8, 660, 48, 34
    bottom = top + row * len(bars)
    lowest = min([0.0, *(bar.low for bar in bars)])
    highest = max([tolerance, *(bar.high for bar in bars), 0.01])
    span = highest - lowest

    def across(value: float) -> float:
        return left + (right - left) * (min(max(value, lowest), highest) - lowest) / span

    parts, labels = [_line((across(0.0), top - 6), (across(0.0), bottom + 2), SOFT)], []
    for position, bar in enumerate(bars):
        base = top + row * position
        middle = base + 33
        start, end = sorted((across(0.0), across(bar.high)))
        parts += [
            _bar((start, middle - 9), width=max(end - start, 1.0), height=18),
            _line((across(bar.low), middle), (across(bar.high), middle), POINT, width=1.6),
            _dot((across(bar.value), middle)),
        ]
        labels += [
            _text((left, base + 18), bar.name),
            _text((across(bar.high) + 7, middle + 5), bar.bound, weight=600),
        ]
    labels.append(_text((across(0.0), bottom + 18), "0", anchor="middle"))
    limit = across(tolerance)
    parts += [_line((limit, top - 8), (limit, bottom + 4), MARK, width=1.8, dash="5 3"), *labels]
    near = "start" if limit < 90 else "end" if limit > WIDTH - 90 else "middle"
    parts.append(_text((limit, top - 16), tolerance_label, anchor=near, colour=MARK, weight=600))
    return _svg("risk", bottom + 26, parts, title=title, desc=desc)


def cost_figure(
    curves: Sequence[Curve], lang: Lang, *, name: str, title: str, desc: str, x: str, y: str, chance: str
) -> Markup:
    """Area under the curve by amount of a means: points are (amount >= 0, area), amounts on a scale of doublings."""
    left, top, width, height = 74, 16, 640, 260
    bottom = top + height
    amounts = sorted({amount for curve in curves for amount, _ in curve.points})
    most = math.log2(1 + amounts[-1])
    lowest = min([0.5, *(area for curve in curves for _, area in curve.points)])

    def place(amount: float, area: float) -> Place:
        return left + width * math.log2(1 + amount) / most, bottom - height * (area - lowest) / (1 - lowest)

    parts = []
    for tick in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0):
        _, down = place(0, tick)
        parts += [
            _line(
                (left, down),
                (left + width, down),
                SOFT if tick == 0.5 else RULE,
                dash="3 4" if tick == 0.5 else "none",
            ),
            _text((left - 8, down + 4), number(tick, lang, digits=1), anchor="end"),
        ]
    for amount in amounts:
        across, _ = place(amount, lowest)
        parts.append(_text((across, bottom + 18), count(int(amount), lang), anchor="middle"))
    parts.append(_text((left + 8, place(0, 0.5)[1] - 6), chance, colour=SOFT))
    legend = bottom + 78
    for position, curve in enumerate(curves):
        colour, dash = _STROKES[position % len(_STROKES)]
        parts.append(_path([place(*point) for point in curve.points], colour, dash=dash))
        parts += [_dot(place(*point)) for point in curve.points]
        start, down = left + 325 * (position % 2), legend + 24 * (position // 2)
        parts.append(_line((start, down - 4), (start + 42, down - 4), colour, width=2.4, dash=dash))
        parts.append(_text((start + 52, down), curve.name))
    parts.append(_text((left + width / 2, bottom + 44), x, anchor="middle", weight=600))
    parts.append(_text((16, top + height / 2), y, anchor="middle", weight=600, upright=True))
    return _svg(name, legend + 24 * ((len(curves) + 1) // 2), parts, title=title, desc=desc)


def queries_figure(curves: Sequence[Curve], lang: Lang, *, title: str, desc: str, x: str, y: str) -> Markup:
    """Shares obtained by queries: points are (queries >= 1, share in [0, 1]), queries on a scale of powers of ten."""
    left, top, width, height = 74, 16, 640, 260
    bottom = top + height
    decades = max(1, math.ceil(math.log10(max(queries for curve in curves for queries, _ in curve.points)) - 1e-9))

    def place(queries: float, share: float) -> Place:
        return left + width * math.log10(queries) / decades, bottom - height * share

    parts = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        _, down = place(1, tick)
        parts.append(_line((left, down), (left + width, down), RULE))
        parts.append(_text((left - 8, down + 4), rate(tick, lang), anchor="end"))
    for decade in range(decades + 1):
        across, _ = place(10**decade, 0)
        parts.append(_line((across, top), (across, bottom), RULE))
        parts.append(_text((across, bottom + 18), count(10**decade, lang), anchor="middle"))
    legend = bottom + 78
    for position, curve in enumerate(curves):
        colour, dash = _STROKES[position % len(_STROKES)]
        parts.append(_path([place(*point) for point in curve.points], colour, dash=dash))
        parts.append(
            _line((left, legend + 24 * position - 4), (left + 42, legend + 24 * position - 4), colour, dash=dash)
        )
        parts.append(_text((left + 52, legend + 24 * position), curve.name))
    parts.append(_text((left + width / 2, bottom + 44), x, anchor="middle", weight=600))
    parts.append(_text((16, top + height / 2), y, anchor="middle", weight=600, upright=True))
    return _svg("queries", legend + 24 * len(curves), parts, title=title, desc=desc)


def _svg(name: str, height: float, parts: Sequence[Markup], *, title: str, desc: str) -> Markup:
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-title {name}-desc" '
        'viewBox="0 0 {width} {height}" font-family="{font}" font-size="13">'
        '<title id="{name}-title">{title}</title><desc id="{name}-desc">{desc}</desc>{drawing}</svg>'
    ).format(
        name=name,
        width=WIDTH,
        height=round(height),
        font=FONT,
        title=title,
        desc=desc,
        drawing=Markup("").join(parts),
    )


def _line(start: Place, end: Place, colour: str, *, width: float = 1, dash: str = "none") -> Markup:
    return Markup(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}" stroke-dasharray="{}"/>'
    ).format(*_tenths(*start, *end), colour, width, dash)


def _path(places: Sequence[Place], colour: str, *, dash: str) -> Markup:
    corners = " ".join(",".join(_tenths(*place)) for place in dict.fromkeys(places))
    return Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="2" stroke-dasharray="{}"/>').format(
        corners, colour, dash
    )


def _bar(corner: Place, *, width: float, height: float) -> Markup:
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>').format(
        *_tenths(*corner, width, height), BAR
    )


def _dot(centre: Place) -> Markup:
    return Markup('<circle cx="{}" cy="{}" r="4" fill="{}"/>').format(*_tenths(*centre), POINT)


def _text(
    place: Place, content: str, *, anchor: str = "start", colour: str = INK, weight: int = 400, upright: bool = False
) -> Markup:
    x, y = _tenths(*place)
    turn = f"rotate(-90 {x} {y})" if upright else "rotate(0)"
    return Markup(
        '<text x="{}" y="{}" text-anchor="{}" fill="{}" font-weight="{}" transform="{}" '
        'stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke">{}</text>'
    ).format(x, y, anchor, colour, weight, turn, content)


def _tenths(*lengths: float) -> list[str]:
    return [f"{length:.1f}" for length in lengths]
