"""Learning goes in steps: what a broken step leaves behind may no longer fit together."""

from __future__ import annotations

from applicability.errors import ProfileError


class UpdateGuard:
    """Each block is a step. After one that an interrupt or a fault of ours broke off, there is no next: RuntimeError.

    A ProfileError is no fault: it is told before anything is learnt, or after.
    """

    def __init__(self) -> None:
        self._within = False

    def __enter__(self) -> None:
        if self._within:
            raise RuntimeError("this was interrupted while it learnt, or is used by two threads: begin with another")
        self._within = True

    def __exit__(self, kind: type[BaseException] | None, error: object, where: object) -> None:
        self._within = kind is not None and not issubclass(kind, ProfileError)
