"""Masks what may be a secret in URLs and connection strings, before a message shows them.

A name that no reader of ours knows may still hold a password: a slip in a scheme, a database that is not read, a
password with `@` or `/` in it. So nothing is parsed by the rules of one scheme; when in doubt more is masked.
"""

from __future__ import annotations

from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern

_MASK = "***"
# Parameters of databases that are not secret. Those of web addresses are shown unless their name suggests a secret.
_PUBLIC = ("table", "replace", "host", "hostaddr", "port", "dbname", "user", "sslmode", "connect_timeout")
_WEB = ("http", "https")
_SECRET = lazy_pattern(r"(?i)pass|pwd|token|secret|credential|signature|(?:^|[_.-])(?:auth|sig|pin)$")
_KEY = lazy_pattern(r"(?i)key$|key[_.-]?id$")
# A URL in a text: it ends where a quotation, a sentence in Chinese or the word does.
_URL = lazy_pattern("[A-Za-z][A-Za-z0-9+.-]+:/[^\\s`“”‘’\"'<>，。；：、（）]*")
# Its start; a path made of one has a single slash.
_SCHEME = lazy_pattern(r"([A-Za-z][A-Za-z0-9+.-]+)(:/(?=[^/].*@)|://)")
_QUOTED = lazy_pattern("`([^`]*)`")
# name:secret@host, without a scheme; `mailto:` is followed by no secret.
_USER = lazy_pattern(
    r"(?<![\w.%+/@:-])(?!mailto:)([\w.%+-]+(?:\\[\w.%+-]+)?):(?![/\\\s])(?:(?!://)[^\s`“”])*@(?=[\w\[*])"
)
_PARAMETER = lazy_pattern(
    r"(^|[?&;#,\s(`“])([\w.%-]+)(\s*=\s*)('[^']*'|\"[^\"]*\"|\{[^}]*\}|[^\s&;#`“”'\"，。；：（）]+)"
)
_NAME = lazy_pattern(r"[A-Za-z_][A-Za-z_.-]*")
_BETWEEN = lazy_pattern(r"[/@:?#&;=\s]+")
_MARKS = lazy_pattern("([?#&;])")


def without_secrets(text: str, *, name: bool = False) -> str:
    """The text with every secret of a URL or connection string masked; a `name` of a file or table is one as a whole.

    >>> without_secrets("postgresql://me:se@cret@host/db?table=t&password=x")
    'postgresql://me:***@host/db?table=t&password=***'
    """
    if ":/" not in text and "@" not in text and "=" not in text:
        return text
    if name:
        found = _SCHEME.search(text)
        if found is not None:
            text = text[: found.end()] + _parts(found[1], text[found.end() :]).shown
        return _parameters(_users(text))
    shown = _QUOTED.sub(lambda found: f"`{without_secrets(found[1], name=True)}`", text)
    shown = _URL.sub(lambda found: without_secrets(found[0], name=True), shown)
    return _parameters(_users(shown))


def without_secrets_of(url: str, text: str) -> str:
    """What a driver says of a URL, which may repeat any part of it, without its secrets."""
    scheme, _, rest = url.partition("://")
    from urllib.parse import unquote, unquote_plus  # only for errors of databases

    secrets = _parts(scheme, rest).secrets
    forms = {form for one in secrets for form in (one, unquote(one), unquote_plus(one)) if form}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, _MASK)
    # A driver that parses a password wrongly tells a part of it, such as a host or a port.
    pieces = {piece for form in forms for piece in _BETWEEN.split(form) if piece}
    for piece in sorted(pieces, key=len, reverse=True):
        text = _as_a_word(text, piece)
    return without_secrets(text)


@dataclass(frozen=True)
class _MaskedUrl:
    """What follows `://`: as it may be shown, and the secrets in it."""

    shown: str
    secrets: tuple[str, ...]


def _parts(scheme: str, rest: str) -> _MaskedUrl:
    end = _end_of_user(rest)
    user, secrets = "", []
    if end >= 0:
        user, colon, secret = rest[:end].partition(":")
        if not colon and ("@" in user or scheme.casefold() in _WEB):
            user, secret = "", user
        if secret:
            secrets.append(secret)
        user = f"{user}{colon}{_MASK}@" if secret else f"{user}{colon}@"
    host, *marked = _MARKS.split(rest[end + 1 :])
    before, slash, path = host.partition("/")
    hosts = [_host(one) for one in before.split(",")]
    secrets += [found for _, found in hosts if found]
    shown = ",".join(one for one, _ in hosts)
    if end < 0 and any(found for _, found in hosts):
        secrets.append(path)  # a password without a host after it may hold a slash
    else:
        shown += slash + path
    for mark, part in zip(marked[::2], marked[1::2], strict=True):
        told, secret = _parameter(scheme, part)
        shown += mark + told
        secrets.append(secret)
    return _MaskedUrl(user + shown, tuple(one for one in secrets if one))


def _end_of_user(rest: str) -> int:
    """Where the `@` after a user and a password stands; -1 if there are none.

    A password may hold any delimiter, so it ends at the last `@` that is not in the value of a parameter.
    """
    body = _MARKS.split(rest, maxsplit=1)[0]
    authority = body.lstrip("/").partition("/")[0]
    after = rest[len(body) + 1 :].partition("=")[0]
    end = rest.rfind("@") if "@" in after or ("@" not in body and _host(authority)[1]) else body.rfind("@")
    user = rest[:end] if end >= 0 else ""
    if ":" in user.replace(":/", ""):
        return end
    return end if user and "/" not in user else -1


def _host(host: str) -> tuple[str, str]:
    """A host as it may be shown, and what stands in the place of its port but is none."""
    name, colon, port = host.rpartition(":")
    if not colon or not port or port.isdecimal() or port.endswith("]"):
        return host, ""
    name, _, port = host.partition(":")
    return f"{name}:{_MASK}", port


def _parameter(scheme: str, part: str) -> tuple[str, str]:
    """A parameter as it may be shown, and the secret in it."""
    key, equals, value = part.partition("=")
    name = _decoded(key).casefold()
    if scheme.casefold() in _WEB:
        return (f"{key}={_MASK}", value) if value and _is_secret(name, key_too=True) else (part, "")
    if not part or (value and name in _PUBLIC):
        return part, ""
    return (f"{key}={_MASK}", value) if equals and _NAME.fullmatch(key) else (_MASK, part)


def _parameters(text: str) -> str:
    """The text with the values of parameters masked whose names suggest a secret."""
    if "=" not in text:
        return text
    return _PARAMETER.sub(
        lambda found: (
            f"{found[1]}{found[2]}{found[3]}{_MASK}"
            if _is_secret(_decoded(found[2]), key_too=found[1] in tuple("?&;#"))
            else found[0]
        ),
        text,
    )


def _users(text: str) -> str:
    return _USER.sub(lambda found: f"{found[1]}:{_MASK}@", text) if "@" in text else text


def _decoded(key: str) -> str:
    if "%" not in key:
        return key
    from urllib.parse import unquote  # costs start-up time, and few keys are encoded

    return unquote(key)


def _is_secret(name: str, *, key_too: bool) -> bool:
    return _SECRET.search(name) is not None or (key_too and _KEY.search(name) is not None)


def _as_a_word(text: str, piece: str) -> str:
    """The text with a piece masked where it stands by itself."""
    import re  # only for errors of databases

    return re.sub(rf"(?<!\w){re.escape(piece)}(?!\w)", _MASK, text)
