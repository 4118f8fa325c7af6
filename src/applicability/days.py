"""Today's date in Beijing, whatever the machine's time zone, since the measures apply from a day in China."""

from __future__ import annotations

import datetime

from applicability.text import Text

BEIJING = datetime.timezone(datetime.timedelta(hours=8))  # all of China, all year


class Today(datetime.date):
    """The default day. It equals the plain date; reports mark it as today.

    >>> today() == datetime.datetime.now(BEIJING).date()
    True
    """


def today() -> Today:
    """Today in Beijing (UTC+8)."""
    now = datetime.datetime.now(BEIJING)
    return Today(now.year, now.month, now.day)


def day_text(day: datetime.date) -> Text:
    """A day as text, marked if it is today's.

    >>> day_text(datetime.date(2026, 1, 31)).en
    '2026-01-31'
    >>> day_text(Today(2026, 1, 31)).en
    '2026-01-31 (today in Beijing)'
    """
    if isinstance(day, Today):
        return Text(f"{day}（北京时间今天）", f"{day} (today in Beijing)")
    return Text(day.isoformat(), day.isoformat())
