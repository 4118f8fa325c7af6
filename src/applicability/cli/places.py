"""`applicability places`: the names of places for profiles."""

from __future__ import annotations

import click

from applicability import api
from applicability.cli import options as shared
from applicability.cli.command import Command
from applicability.cli.output import emit
from applicability.errors import Location, Problem, ProfileError
from applicability.messages import did_you_mean
from applicability.report.rulebook.listing import places_table
from applicability.text import Lang, Text


@click.command(
    "places",
    cls=Command,
    zh="列出名称或代码中含有 WORDS 的地方和功能区：中文、英文、拼音或代码均可。",
)
@click.argument("words", nargs=-1, required=True)
@shared.lang_option
@shared.rules_option
@shared.output_option
def command(words: tuple[str, ...], lang: Lang, rules: str | None, output: str | None) -> None:
    """List the places and zones whose name or code holds the WORDS: Chinese, English, pinyin or code.

    Former divisions stand last, each with what it is read as.

    \b
    applicability places 滨海
    applicability places pudong
    """
    rulebook = api.load_rulebook(rules)
    asked = " ".join(words)
    gazetteer = rulebook.gazetteer
    found, former = gazetteer.search(asked), gazetteer.search_former(asked)
    if not found and not former:
        known = (*gazetteer.all_names("division"), *gazetteer.all_names("zone"))
        hint = did_you_mean(asked, known) or Text(
            "试试名称的一部分，或其所在城市", "try a part of the name, or the city around it"
        )
        what = Text(f"查不到名为 `{asked}` 的地方", f"no place is called `{asked}`")
        raise ProfileError([Problem("P103", Location("places"), what, hint)])
    emit(places_table(rulebook, found, former, lang), output)
