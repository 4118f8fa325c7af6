"""A cache of built rulebooks, so that a check starts without parsing YAML.

An entry cannot be stale: its name is the SHA-256 of every rule file's bytes, of this package's code and of the Python
version and environment that pickled it: an engine's image is read by the very library that wrote it. An entry is read
only from a folder that belongs to the user and that nobody else can write. `APPLICABILITY_CACHE` names another folder,
or `off`. A cache that cannot be read or written is ignored: it is never needed.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import time
from collections.abc import Callable, Iterator

from applicability.loading.source import RuleFiles
from applicability.model.rulebook import Rulebook

_KEEP = 8  # rulebooks; the oldest are evicted first
# What an entry is called while it is written, and the seconds after which whoever wrote it was killed.
_UNFINISHED = ".new"
_ABANDONED = 3600


def load(source: RuleFiles, prepare: Callable[[Rulebook], object]) -> Rulebook:
    """The rulebook of a source, from the cache if possible. Raises RulebookError.

    `prepare` is called on a rulebook before it is cached, to compute what every check needs.
    """
    folder = _folder()
    if folder is None:
        return _build(source)
    entry = os.path.join(folder, f"{_key(source)}.pickle")
    found = _read(entry)
    if found is None:
        found = _build(source)
        prepare(found)
        _write(entry, found)
    return found


def _build(source: RuleFiles) -> Rulebook:
    from applicability.loading.rulebook import build  # pydantic takes half of a cold start: not imported on a hit

    return build(source)


def _folder() -> str | None:
    named = os.environ.get("APPLICABILITY_CACHE", "")
    if named == "off":
        return None
    try:
        folder = named or _user_folder()
        if not named and not os.path.isabs(folder):
            return None  # `~` stays as it is where a user has no home
        os.makedirs(folder, mode=0o700, exist_ok=True)
        status = os.stat(folder)
    except (OSError, RuntimeError):  # it cannot be made or read, or the user has no home
        return None
    if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022):
        return None  # never read a pickle that somebody else could have written
    return folder


def _user_folder() -> str:
    """Where this user's caches are."""
    if sys.platform == "linux" and "ANDROID_DATA" not in os.environ:  # platformdirs says the same, and takes its time
        base = os.environ.get("XDG_CACHE_HOME", "").strip()
        return os.path.join(base if os.path.isabs(base) else os.path.expanduser("~/.cache"), "applicability")
    import platformdirs

    return platformdirs.user_cache_dir("applicability", appauthor=False)


def _key(source: RuleFiles) -> str:
    total = hashlib.sha256(f"{sys.version}\0{sys.prefix}\0{source.folder}\0{source.digest}".encode())
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for part in ("", "model", "analysis", "loading", "engines"):
        for path in _sources(os.path.join(package, part), below=bool(part)):
            with open(path, "rb") as stream:
                total.update(stream.read())
    return total.hexdigest()


def _sources(folder: str, below: bool) -> Iterator[str]:
    """The modules of a folder, and of those `below` it, in an order that is always the same."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.endswith(".py"):
            yield entry.path
        elif below and entry.name != "__pycache__" and entry.is_dir():
            yield from _sources(entry.path, below)


def _read(entry: str) -> Rulebook | None:
    try:
        with open(entry, "rb") as stream:
            found = pickle.loads(stream.read())
    except FileNotFoundError:
        return None
    except Exception:  # a damaged entry can raise anything; it is then rebuilt
        return None
    return found if isinstance(found, Rulebook) else None


def _write(entry: str, rulebook: Rulebook) -> None:
    import tempfile  # nothing is written where the cache holds what is asked for
    from pathlib import Path

    folder = Path(entry).parent
    try:
        handle, name = tempfile.mkstemp(dir=folder, suffix=_UNFINISHED)
        try:
            with os.fdopen(handle, "wb") as stream:
                pickle.dump(rulebook, stream, protocol=pickle.HIGHEST_PROTOCOL)
            os.replace(name, entry)
        except BaseException:
            os.unlink(name)
            raise
        old = sorted(folder.glob("*.pickle"), key=lambda path: path.stat().st_mtime)
        left = (path for path in folder.glob(f"*{_UNFINISHED}") if time.time() - path.stat().st_mtime > _ABANDONED)
        for path in (*old[:-_KEEP], *left):
            path.unlink(missing_ok=True)
    except OSError:
        return
