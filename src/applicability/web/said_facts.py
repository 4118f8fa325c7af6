"""What else was said, beside the fields of the form: a line each, and what of a list counts as no."""

from __future__ import annotations

from collections.abc import Iterator

from applicability.analysis.questions import ABOUT_PEOPLE
from applicability.loading.profile.reader import read_facts
from applicability.model.rulebook import Rulebook
from applicability.report.assessment.explain import given
from applicability.service.listing import fact_model
from applicability.text import Lang
from applicability.web.answering import sent_profile
from applicability.web.forms import FIELDS, FormProfile
from applicability.web.plain_words import OF_PEOPLE, field_labels
from applicability.web.texts import TEXTS

Noes = tuple[int, str]  # how many of a list count as no, and which


def of_people(form: FormProfile) -> bool:
    """Whether a question of people is asked of what is no person: most ask it for nobody in particular."""
    fact, person = ABOUT_PEOPLE[OF_PEOPLE]
    return form.facts.get(fact) != person


def said_facts(form: FormProfile, rulebook: Rulebook, lang: Lang) -> list[tuple[str, str, Noes | None]]:
    """Each fact without a field of its own: its label, what was said, and what of it counts as no."""
    labels, colon = field_labels(rulebook, lang), TEXTS["colon"].of(lang)
    own = {rulebook.facts[name].label.of(lang) for name in FIELDS if name in rulebook.facts}
    said = (one.of(lang).partition(colon) for one in given(read_facts(sent_profile(form.facts), rulebook), rulebook))
    better: dict[str, tuple[str, Noes | None]] = {labels[name]: told for name, told in _in_part(form, rulebook, lang)}
    if form.facts.get(OF_PEOPLE) == [] and of_people(form):
        better[labels[OF_PEOPLE]] = (TEXTS["pass_people"].of(lang), None)
    lines = [(label, *better.get(label, (told, None))) for label, _, told in said if label not in own]
    unknown = [labels[one] for one in form.unknown if one in labels and one != "zones"]  # its field says so itself
    return lines + [(label, TEXTS["not_known"].of(lang), None) for label in unknown]


def _in_part(form: FormProfile, rulebook: Rulebook, lang: Lang) -> Iterator[tuple[str, tuple[str, Noes]]]:
    """The lists of which a part is known: what is in it, apart from what is not."""
    between = "、" if lang == "zh" else ", "
    for name, held in form.facts.items():
        if name in rulebook.facts and isinstance(held, dict) and (no := held.get("no")):
            names = {one.value: getattr(one.label, lang) for one in fact_model(rulebook, rulebook.facts[name]).values}
            yes, not_so = ([label for key, label in names.items() if key in part] for part in (held.get("yes", ()), no))
            if not_so:
                yield name, (between.join(yes) or TEXTS["none_of_these"].of(lang), (len(not_so), between.join(not_so)))
