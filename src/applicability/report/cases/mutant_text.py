"""What a mutant changed, in words: the ids that the rule files have, since their author is the reader."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from applicability.analysis.neighbours import MutationKind
from applicability.analysis.rulebook_mutants import Changed, Mutant
from applicability.model.conditions import All, Any_, Does, Leaf, Not, leaves
from applicability.model.leaf_kinds import kind_of
from applicability.model.rulebook import Rulebook
from applicability.report.language.sentences import say
from applicability.text import Text

KINDS: Mapping[MutationKind, Text] = {
    "drop": Text("删去", "left out"),
    "negate": Text("取反", "negated"),
    "widen": Text("放宽", "widened"),
    "narrow": Text("收窄", "narrowed"),
    "swap": Text("`all` 与 `any` 互换", "`all` and `any` swapped"),
    "another": Text("换成别的", "another one"),
}
_ONE = Text("`{old}`", "`{old}`")
_CHANGED = Text("`{old}` 改为 `{new}`", "`{old}` became `{new}`")
_ADDED = Text("`{what}` 增加 `{added}`", "`{what}` with `{added}` as well")
_REMOVED = Text("`{what}` 少了 `{removed}`", "`{what}` without `{removed}`")
_REPLACED = Text("`{what}` 以 `{added}` 代替 `{removed}`", "`{what}` with `{added}` in place of `{removed}`")
_GROUP = Text("`{what}` 之下的{count}个条件", "the {count} leaves under `{what}`")
_GROUP_CHANGED = Text("{count}个条件由 `{old}` 改为 `{new}`", "{count} leaves from `{old}` to `{new}`")
_EVERYWHERE = Text("任何地方", "everywhere")
_ALWAYS = Text("无限制", "without end")


def change(mutant: Mutant, rulebook: Rulebook) -> Text:
    """What it changed, from what to what."""
    old, new = mutant.old, mutant.new
    match old, new:
        case ((All() | Any_()), (All() | Any_())):
            return say(_GROUP_CHANGED, count=str(len(leaves(old))), old=_name(old), new=_name(new))
        case ((All() | Any_()), _):
            return say(_GROUP, count=str(len(leaves(old))), what=_name(old))
        case tuple(), tuple():
            return _listed("", old, new)
        case tuple(), None:
            return say(_CHANGED, old=", ".join(old), new=_EVERYWHERE)
        case datetime.date(), None:
            return say(_CHANGED, old=old.isoformat(), new=_ALWAYS)
        case _, None:
            return say(_ONE, old=_name(old))
        case ((datetime.date() | str() | Not()), _):
            return say(_CHANGED, old=_name(old), new=_name(new))
        case _, (datetime.date() | str() | Not() | All() | Any_()):
            return say(_CHANGED, old=_name(old), new=_name(new))
        case _:
            return _leaf(old, new, rulebook)  # type: ignore[arg-type]  # two leaves are left


def _leaf(old: Leaf, new: Leaf, rulebook: Rulebook) -> Text:
    if isinstance(old, Does) and isinstance(
        new, Does
    ):  # as written: a condition holds all parts of an activity as well
        general = rulebook.sectors.most_general
        return _listed("does", general(sorted(old.activities)), general(sorted(new.activities)))
    kind = kind_of(old)
    return _listed(kind.operator(old), kind.requires(old), kind_of(new).requires(new))


def _listed(what: str, old: Sequence[str], new: Sequence[str]) -> Text:
    """The difference of two lists of words; both where the lists are one word each."""
    removed, added = [one for one in old if one not in new], [one for one in new if one not in old]
    shown = what or ", ".join(old[:3]) + (", …" if len(old) > 3 else "")
    words = {"what": shown, "removed": ", ".join(removed), "added": ", ".join(added)}
    return say(_REPLACED if removed and added else _ADDED if added else _REMOVED, **words)


def _name(changed: Changed) -> str:
    match changed:
        case None:
            return ""
        case str():
            return changed
        case datetime.date():
            return changed.isoformat()
        case tuple():
            return ", ".join(changed)
        case All():
            return "all"
        case Any_():
            return "any"
        case Not(part):
            return f"not {_name(part)}"
        case _:
            kind = kind_of(changed)
            return f"{kind.operator(changed)}: {', '.join(kind.requires(changed))}"
