"""Which of the two languages a request asks for."""

from __future__ import annotations

from applicability.text import Lang


def language_of(accepted: str | None, otherwise: Lang = "en") -> Lang:
    """The language that `Accept-Language` likes best, of Chinese and English.

    >>> language_of("zh-CN,zh;q=0.9,en;q=0.8"), language_of("fr, en;q=0.4, zh;q=0.7"), language_of("fr")
    ('zh', 'zh', 'en')
    """
    best, found = 0.0, otherwise
    for part in (accepted or "").lower().split(","):
        tag, _, quality = part.partition(";")
        primary = tag.strip().partition("-")[0]
        try:
            weight = float(quality.strip().removeprefix("q=")) if quality.strip() else 1.0
        except ValueError:
            continue
        if primary in ("zh", "en") and weight > best:
            best, found = weight, "zh" if primary == "zh" else "en"
    return found
