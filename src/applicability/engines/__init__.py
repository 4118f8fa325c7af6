"""Engines: several ways to reach the same verdicts, which `model.evaluate` defines."""

from __future__ import annotations

from typing import Literal

EngineName = Literal["auto", "forward", "reference"]
