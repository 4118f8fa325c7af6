"""How many characters of some passages are protected, and by what, for `applicability coverage --mutants`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from applicability.analysis.claims import Passage, passages
from applicability.analysis.protection import GUARDS, Guard, GuardedPassage, HeldRules, Mark, guarded
from applicability.lazy_dataclass import dataclass
from applicability.model.rulebook import Rulebook
from applicability.text import Text

PassageKey = tuple[str, int | None, str]

GUARD_LABELS: dict[Guard | None, Text] = {
    "condition": Text("条件，由案例守住", "condition held by cases"),
    "reading": Text("释读引用", "quoted by a reading"),
    "limb": Text("仅由分项守住", "held by the limb alone"),
    None: Text("无保护", "unprotected"),
}
MARK_LABELS: dict[Mark, Text] = {
    "limb": Text(
        "仅由分项守住：换成别的字，只有改变何人可用时案例才会发现",
        "held by the limb alone: the cases notice another word only if it changes whether anybody can use the limb",
    ),
    "unprotected": Text(
        "无保护：换成别的字，案例和释读都不会发现", "unprotected: no case and no reading would notice another word"
    ),
}


@dataclass(frozen=True)
class Protection:
    """What holds each passage of a rulebook."""

    passages: Mapping[PassageKey, GuardedPassage]

    @staticmethod
    def of(rulebook: Rulebook, held: HeldRules) -> Protection:
        """What holds each passage, given what the cases hold."""
        return Protection({_key(one): guarded(one, rulebook, held) for one in passages(rulebook)})

    def passage(self, passage: Passage) -> GuardedPassage:
        """What holds a passage."""
        return self.passages[_key(passage)]

    def count(self, held: Iterable[Passage]) -> dict[Guard | None, int]:
        """The characters of several passages by what holds them (None: unprotected); they add up to all of them."""
        found: Counter[Guard | None] = Counter()
        for passage in held:
            own = self.passage(passage)
            found.update(own.by_guard)
            found[None] += own.open
        return {guard: found[guard] for guard in (*GUARDS, None)}

    def figures(self, held: Iterable[Passage]) -> dict[str, int]:
        """The same as data."""
        return {guard or "unprotected": number for guard, number in self.count(held).items()}

    def data(self, passage: Passage) -> dict[str, object]:
        """The counts of one passage, and the ranges that are marked."""
        own = self.passage(passage)
        ranges = {mark: [{"start": start, "end": end} for start, end in own.marked(mark)] for mark in MARK_LABELS}
        return {
            "protection": self.figures([passage]),
            "held_by_limb_alone": ranges["limb"],
            "unprotected": ranges["unprotected"],
        }


def _key(passage: Passage) -> PassageKey:
    return passage.document, passage.row, passage.where
