"""What the place where an entity is is called beside the others that it is compared with."""

from __future__ import annotations

from applicability.text import Text

OWN = Text("现状", "as it is")
_COLON = Text("：", ": ")


def own_label(place: Text) -> Text:
    """The label of the place where an entity is."""
    return Text(f"{OWN.zh}{_COLON.zh}{place.zh}", f"{OWN.en}{_COLON.en}{place.en}")


def plain_label(label: Text) -> Text:
    """A label as it stands in a sentence: of the place where the entity is, the place comes first.

    >>> plain_label(own_label(Text("上海", "Shanghai"))), plain_label(Text("天津", "Tianjin"))
    (Text(zh='上海（本企业所在）', en='Shanghai (your place)'), Text(zh='天津', en='Tianjin'))
    """
    if not label.en.startswith(OWN.en + _COLON.en):
        return label
    zh, en = label.zh.removeprefix(OWN.zh + _COLON.zh), label.en.removeprefix(OWN.en + _COLON.en)
    return Text(f"{zh}（本企业所在）", f"{en} (your place)")
