"""Poisons a cache after an interrupted update."""

from __future__ import annotations

from applicability.errors import ProfileError


class UpdateGuard:
    """Context manager for one update. After an update broken off by an interrupt or a bug, the next raises
    RuntimeError.

    A ProfileError is neither: it is raised before the caches change, or after.
    """

    def __init__(self) -> None:
        self._within = False

    def __enter__(self) -> None:
        if self._within:
            raise RuntimeError("this was interrupted while it learnt, or is used by two threads: begin with another")
        self._within = True

    def __exit__(self, kind: type[BaseException] | None, error: object, where: object) -> None:
        self._within = kind is not None and not issubclass(kind, ProfileError)
