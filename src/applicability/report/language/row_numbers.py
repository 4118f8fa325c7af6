"""Row numbers as people write them."""

from __future__ import annotations

from collections.abc import Iterable

from applicability.text import Lang


def ranges(rows: Iterable[int], lang: Lang) -> str:
    """Row numbers, runs of three and more drawn together.

    >>> ranges([1, 2, 3, 7, 8], "en")
    '1–3, 7, 8'
    """
    parts: list[str] = []
    run: list[int] = []
    for row in (*sorted(rows), None):
        if run and row != run[-1] + 1:
            parts += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(one) for one in run]
            run = []
        if row is not None:
            run.append(row)
    return ("、" if lang == "zh" else ", ").join(parts)
