"""The sentences of mistakes, loaded when there is one: most profiles have none, and a start need not load them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from applicability.loading.profile import mistakes
else:

    class _Mistakes:
        def __getattr__(self, name: str) -> Any:
            from applicability.loading.profile import mistakes

            return getattr(mistakes, name)

    mistakes = _Mistakes()

__all__ = ["mistakes"]
