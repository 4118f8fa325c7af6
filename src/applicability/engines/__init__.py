"""Engines: several implementations of the semantics that `model.evaluate` defines."""

from __future__ import annotations

from typing import Literal

EngineName = Literal["auto", "forward", "durable", "clips", "reference"]
