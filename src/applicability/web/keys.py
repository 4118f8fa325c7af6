"""Keys of a service: made here, kept as their SHA-256 alone, and compared without telling how far they agree.

A key has 256 random bits, so a plain hash of it cannot be turned back.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping

_HASH = re.compile("[0-9a-f]{64}")


def new_key() -> str:
    """A new key, to be told once."""
    return f"ak_{secrets.token_urlsafe(32)}"


def hash_of(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()


def read_hashes(text: str) -> tuple[str, ...]:
    """The hashes of a file of keys: one a line, with what is behind `#` left out. Raises ValueError for another line.

    >>> read_hashes("# nobody")
    ()
    """
    found = []
    for line in text.splitlines():
        word = line.partition("#")[0].strip()
        if word:
            if not _HASH.fullmatch(word):
                raise ValueError(word)
            found.append(word)
    return tuple(found)


def key_among(headers: Mapping[str, str], hashes: Iterable[str]) -> str | None:
    """The hash of the key that a request gives, if it is one of those; all are compared, whatever the first says."""
    given = _given(headers)
    if given is None:
        return None
    own, found = hash_of(given), None
    for one in hashes:
        if hmac.compare_digest(own, one):
            found = one
    return found


def _given(headers: Mapping[str, str]) -> str | None:
    """The key of a request: `X-API-Key`, a bearer, or the password of a browser that was asked for one."""
    if (key := headers.get("x-api-key")) is not None:
        return key
    scheme, _, rest = headers.get("authorization", "").partition(" ")
    match scheme.lower():
        case "bearer":
            return rest.strip()
        case "basic":
            try:
                return base64.b64decode(rest.strip(), validate=True).decode().partition(":")[2]
            except (binascii.Error, UnicodeDecodeError):
                return None
        case _:
            return None
