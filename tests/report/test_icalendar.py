"""iCalendar: what RFC 5545 asks of lines, texts and days."""

import datetime

from vidocq.core.text import Lang, Text
from vidocq.dossier.calendar import Calendar, Event, EventState
from vidocq.report.icalendar import escaped, icalendar


def event(name="review.models.m", when=datetime.date(2026, 11, 5), what="Revoir"):
    return Event(
        id=name, kind="review", when=when, subject="models.m", article="24", what=Text(fr=what, en=what),
        state=EventState.DUE,
    )  # fmt: skip


def written(*events, file="a", lang=Lang.fr):
    made = Calendar(now=datetime.date(2026, 11, 25), as_of="2026-11-25T10:00:00Z", events=events)
    return icalendar(made, file=file, lang=lang)


def unfolded(data):
    return data.decode("utf-8").replace("\r\n ", "").split("\r\n")


def test_texts_are_escaped():
    assert escaped("a,b;c\\d\ne\r\nf\x07") == "a\\,b\\;c\\\\d\\ne\\nf"


def test_no_line_is_longer_than_75_octets_and_no_character_is_cut():
    words = "Réévaluer, à l'été ; " * 12 + "\U0001f512" * 40
    data = written(event(what=words))
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    assert b"\n" not in b"".join(lines)
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode("utf-8")
    (description,) = [line for line in unfolded(data) if line.startswith("DESCRIPTION:")]
    assert "\U0001f512" * 40 in description
    assert description.count("Réévaluer\\,") == 12
    assert description.endswith("\\nRGPD\\, art. 24")  # lines stay lines


def test_a_day_has_no_hour_and_a_time_is_in_utc():
    paris = datetime.timezone(datetime.timedelta(hours=1))
    lines = unfolded(
        written(event(), event("breach.notify", datetime.datetime(2026, 3, 1, 0, 30, tzinfo=paris)), event("x", None))
    )
    assert "DTSTART;VALUE=DATE:20261105" in lines
    assert "DTSTART:20260228T233000Z" in lines
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2  # what has no day is left out
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "VERSION:2.0" in lines
    assert lines.count("DTSTAMP:20261125T100000Z") == 2


def test_ids_stay_and_those_of_two_files_differ():
    uid = [line for line in unfolded(written(event())) if line.startswith("UID:")]
    assert uid == [line for line in unfolded(written(event(what="autre"), lang=Lang.en)) if line.startswith("UID:")]
    assert uid != [line for line in unfolded(written(event(), file="b")) if line.startswith("UID:")]
