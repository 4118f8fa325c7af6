"""The mark `narrower` and the words of an interpretation agree.

In an interpretation "another reader" names one by whom the measure opens less, or waits, and nothing else does;
"a wider reading" names one by which it opens more. So the mark can be read off the words, and the words off the mark.
"""

from __future__ import annotations

import re

import pytest

from applicability import Rulebook
from applicability.model.measure import Measure
from applicability.text import Text

NARROWER = Text("另一读者", "another reader")
WIDER = Text("更宽的读法", "a wider reading")
# What it would close: to whom or to what the measure is kept, or what would have to come first.
CLOSES = (re.compile("仅|须"), re.compile(r"\b(alone|only|must come first|waits?|condition)\b"))
# Other ways to name a second reading, which would not tell whether it opens more or less.
VAGUE = (
    re.compile("也有人|有人会|另一读法|另有读法|[可能]读作|另一(种)?(理解|解释)"),
    re.compile(
        r"\b(could|can|may|might) (also )?be (read|taken|understood)\b|\bmay be those\b|\bothers (may|might)\b",
        re.IGNORECASE,
    ),
)


def counts(words: Text, text: Text) -> tuple[int, int]:
    """How often the words stand in each language."""
    return text.zh.count(words.zh), text.en.lower().count(words.en)


def told(words: Text, text: Text) -> bool:
    """Whether the words stand in it, in both languages as often."""
    chinese, english = counts(words, text)
    assert chinese == english
    return chinese > 0


def clauses(text: Text) -> list[tuple[str, str]]:
    """What each of its other readers would read, in both languages: from the words to the end of the sentence."""
    after = re.findall(f"{NARROWER.zh}([^。]*)", text.zh), re.findall(f"(?i){NARROWER.en}([^.]*)", text.en)
    return list(zip(*after, strict=True))


def interpreted(rulebook: Rulebook) -> list[tuple[Measure, Text]]:
    return [(one, one.interpretation) for one in rulebook.measures if one.interpretation is not None]


def test_the_mark_stands_exactly_where_another_reader_is_named(rulebook: Rulebook) -> None:
    for measure, text in interpreted(rulebook):
        assert told(NARROWER, text) is measure.narrower_reading, measure.row


def test_no_mark_stands_without_an_interpretation(rulebook: Rulebook) -> None:
    assert all(one.interpretation is not None for one in rulebook.measures if one.narrower_reading)


def test_what_another_reader_is_named_for_is_what_it_would_close(rulebook: Rulebook) -> None:
    for measure, text in interpreted(rulebook):
        for clause in clauses(text):
            assert all(closes.search(words) for closes, words in zip(CLOSES, clause, strict=True)), measure.row


def test_a_wider_reading_is_named_in_its_own_words_in_both_languages(rulebook: Rulebook) -> None:
    wider = {measure.row: measure for measure, text in interpreted(rulebook) if told(WIDER, text)}
    assert {4, 33, 35, 85} <= set(wider)
    assert not wider[4].narrower_reading  # all of Shanghai, and not the park alone
    assert wider[85].narrower_reading  # it has both: no condition on the sector, and research institutes alone


def test_no_second_reading_is_named_otherwise(rulebook: Rulebook) -> None:
    for measure, text in interpreted(rulebook):
        for vague, words in zip(VAGUE, (text.zh, text.en), strict=True):
            assert not vague.search(words), (measure.row, words)


@pytest.mark.parametrize(
    ("zh", "en"),
    [("不读作试点；也有人会读作条件。", "It is no pilot; it could be read as a condition."),
     ("可读作其一部分。", "It may be read as part of it."),
     ("另一读法是义务。", "Others might see a duty.")],
)  # fmt: skip
def test_the_words_that_do_not_tell_are_found(zh: str, en: str) -> None:
    assert VAGUE[0].search(zh)
    assert VAGUE[1].search(en)
