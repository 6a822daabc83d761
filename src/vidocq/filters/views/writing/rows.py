"""Rows of parts that are made alike: the same signs stand between as many words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from vidocq.filters.views.writing.columns import Column, place_of
from vidocq.filters.views.writing.parted import Part

_FEWEST, _PERIODS = 3, (1, 2, 3, 4)
_TWO = 2
"""Records that are enough where a column counts from one."""
_LONGEST = 64
"""Records of one row that are looked at."""
_SHORT = 4
"""Words of a part that may be the only one that stands as the model of a row."""


def rows(parts: list[Part]) -> Iterator[list[Column]]:
    """The columns of each row of records that are alike, of one to four parts each."""
    kinds = _kinds(parts)
    for period in _PERIODS:
        for start, end in _repeats(parts, kinds, period):
            for first in range(period):
                records = [parts[at : at + period] for at in range(start + first, end - period + 1, period)]
                before = parts[start + first - period : start + first] if start + first >= period else None
                at = start + first + period * len(records)
                after = parts[at : at + period] if at + period <= len(parts) else None
                yield from _row(records, before, after)


def _kinds(parts: list[Part], *, by_name: bool = False) -> list[int]:
    """A number for each, the same for those of which the same signs stand between as many words.

    by_name  and that begin with the same word: who speaks.
    """
    numbers: dict[tuple[str, ...], int] = {}
    names = (part.said(0, stops=False) if by_name and len(part.words) > 1 else "" for part in parts)
    keys = ((*part.gaps, str(len(part.words)), name) for part, name in zip(parts, names, strict=True))
    return [numbers.setdefault(key, len(numbers)) for key in keys]


def answers(parts: list[Part]) -> Iterator[list[Column]]:
    """Of every second part, whatever stands between."""
    kinds = _kinds(parts, by_name=True)
    for first in (0, 1):
        every, said = parts[first::2], kinds[first::2]
        for start, end in _repeats(every, said, 1):
            between = kinds[2 * start + first + 1 : 2 * end + first - 2]
            if 2 * between[::2].count(said[start]) >= len(between[::2]):
                continue  # of a longer row
            records = [[part] for part in every[start:end]]
            around = ([every[start - 1]] if start else None, [every[end]] if end < len(every) else None)
            for columns in _row(records, *around):
                yield [replace(column, is_told=True) for column in columns]


def _repeats(parts: list[Part], kinds: list[int], period: int) -> Iterator[tuple[int, int]]:
    """Where parts are as those `period` before them; of single parts, any that is short, since its neighbours may be longer."""
    at, last = 0, len(kinds) - period
    while at < last:
        end = at
        while end < last and kinds[end] == kinds[end + period] and end - at < _LONGEST * period:
            end += 1
        if end - at >= period or (period == 1 and 0 < len(parts[at].words) <= _SHORT):
            yield at, end + period
        at = max(end, at + 1)


def _row(records: list[list[Part]], before: list[Part] | None, after: list[Part] | None) -> Iterator[list[Column]]:
    if not records or not any(part.words for part in records[0]):
        return
    row, model = list(records), records[0]
    signs = {record[0].before for record in records[1:]} | {""}
    has_one = len(records) == 1
    ended = _ended(after, model) if after is not None and (has_one or after[0].before in signs) else None
    begun = _begun(before, model) if before is not None and (has_one or model[0].before in signs) else None
    if (
        has_one
        and begun is not None
        and ended is not None
        and after is not None
        and model[0].before != after[0].before != ""
    ):
        return
    row = [*([begun] if begun is not None else []), *row, *([ended] if ended is not None else [])]
    if len(row) > _TWO or (len(row) == _TWO and _begins(row[0])):
        yield _columns(row)
    lines = [record[0].line for record in row]
    if len(row[0]) == 1 and len(row) > _FEWEST and lines[0] != lines[-1]:
        yield from _cells(row)


def _cells(row: list[list[Part]]) -> Iterator[list[Column]]:
    """Of each line of a table by itself; told, where a line of heads counts."""
    counted = 0
    for _, cells in groupby(row, key=lambda record: record[0].line):
        columns = _columns(list(cells))
        count = len(columns[0].words)
        if count >= _FEWEST:
            yield [replace(column, is_told=column.is_told or count == counted) for column in columns]
            counted = count if columns[-1].counts else counted


def _begins(record: list[Part]) -> bool:
    """Whether it has a label that may be the first of all."""
    labels = [part.said(at, stops=False) for part in record for at in range(len(part.words))]
    return len(labels) > 1 and any(place_of(label) in (0, 1) for label in labels[:-1])


def _begun(record: list[Part], model: Sequence[Part]) -> list[Part] | None:
    """A record before which something else stands in its first part."""
    first = record[0].last(model[0])
    return None if first is None or not _same(record[1:], model[1:]) else [first, *record[1:]]


def _ended(record: list[Part], model: Sequence[Part]) -> list[Part] | None:
    """A record after which something else stands in its last part."""
    last = record[-1].first(model[-1])
    return None if last is None or not _same(record[:-1], model[:-1]) else [*record[:-1], last]


def _same(parts: Sequence[Part], model: Sequence[Part]) -> bool:
    return all(part.gaps == other.gaps for part, other in zip(parts, model, strict=True))


def _columns(row: list[list[Part]]) -> list[Column]:
    columns: list[Column] = []
    for nth in range(len(row[0])):
        parts = [record[nth] for record in row]
        stops = all(part.stops for part in parts[:-1])
        for at in range(len(parts[0].words)):
            is_last = at == len(parts[0].words) - 1
            columns.append(
                Column(
                    tuple(part.said(at, stops=stops and is_last) for part in parts),
                    tuple(part.place(at, stops=stops and is_last) for part in parts),
                    is_tied=at > 0 and parts[0].gaps[at].isspace(),
                    is_told=len(row[0]) * len(parts[0].words) > 1
                    or sum(part.is_led for part in parts) >= len(parts) - 1,
                    is_logged=all(record[0].is_stamped for record in row),
                )
            )
    return columns
