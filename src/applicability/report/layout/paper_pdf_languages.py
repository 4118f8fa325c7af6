"""The languages of a PDF's parts, which the library that sets it reads from HTML and does not write.

Its tags follow its boxes one by one. Both are gone through side by side, and each tag of a box whose element has a
`lang` gets it; where the two do not match, as another version of the library may have it, nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from applicability.text import LANG_TAGS

# Elements that a paper gives a language, by the tag that they become.
_TAGS = {"p": "/P", "span": "/Span"}
_WRITTEN = {"zh": LANG_TAGS["zh"]}


def write_languages(document: Any, pdf: Any) -> None:
    """Writes the language of each tag; called by the library before it writes the file."""
    try:
        boxes = [box for page in document.pages for box in _boxes(page._page_box)]
        tags = list(_tags(pdf))
    except (AttributeError, KeyError):  # what is read here is not of the library's public interface
        return
    if [_TAGS[box.element_tag] for box in boxes] != [tag["S"] for tag in tags]:
        return
    string = type(pdf.catalog["Lang"])
    for box, tag in zip(boxes, tags, strict=True):
        lang = box.element.get("lang")
        if lang:
            tag["Lang"] = string(_WRITTEN.get(lang, lang))


def _boxes(box: Any) -> Iterator[Any]:
    """The boxes that become such a tag, in the order of their tags."""
    box = getattr(box, "_box", box)  # what is placed absolutely stands in a wrapper
    name = type(box).__name__
    if name in ("MarginBox", "TextBox"):
        return
    if box.element is not None and box.element_tag in _TAGS and name != "LineBox":
        yield box
    if getattr(box, "is_table_wrapper", False):
        table = box.get_wrapped_table()
        children = [one for child in box.children for one in (child.children if child is table else [child])]
    else:
        children = list(getattr(box, "children", ()))
    for child in children:
        yield from _lines(child)


def _lines(box: Any) -> Iterator[Any]:
    """A line is no tag: what stands in it is."""
    if type(box).__name__ == "LineBox":
        for child in box.children:
            yield from _boxes(child)
    else:
        yield from _boxes(box)


def _tags(pdf: Any) -> Iterator[Any]:
    """The tags of boxes, in the order of the document; those of text alone, which hold no other, are left out."""
    objects = {one.reference: one for one in pdf.objects}

    def below(tag: Any) -> Iterator[Any]:
        kids = [objects[kid] for kid in tag.get("K", ()) if isinstance(kid, bytes)]
        if tag["S"] in _TAGS.values() and not any(isinstance(kid, int) for kid in tag["K"]):
            yield tag
        for kid in kids:
            if "S" in kid:
                yield from below(kid)

    root = objects[pdf.catalog["StructTreeRoot"]]
    for top in root["K"]:
        yield from below(objects[top])
