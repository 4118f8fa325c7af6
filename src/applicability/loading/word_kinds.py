"""Labels for the kinds of words in rules, for messages to authors."""

from __future__ import annotations

from applicability.text import Text

ACTIVITY = Text("业务活动", "activity")
FINDING = Text("认定", "finding")
LIMIT = Text("限制", "limit")
PLACE = Text("地方", "place")
SECTOR_CODE = Text("行业代码", "sector code")
STEP = Text("官方步骤", "step")
TRUTH = Text("是非值", "truth value")
TRUTH_FACT = Text("是非事实", "true-or-false fact")
VALUE = Text("值", "value")
ZONE = Text("功能区", "zone")
ZONE_TYPE = Text("功能区类型", "zone type")
