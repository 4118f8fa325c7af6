"""The problems of a profile's investors and their shares, in both languages."""

from __future__ import annotations

from decimal import Decimal

from applicability.loading.profile.mistake import Mistake
from applicability.text import Text

_INVESTOR = Text("写作 `{origin: singapore, share: 50}`", "write `{origin: singapore, share: 50}`")


def no_investors(name: str) -> Mistake:
    """Investors that are not a list."""
    return Mistake(
        "P102",
        Text(f"`{name}` 应为投资者列表", f"`{name}` takes a list of investors"),
        Text(
            "写作 `investors: [{origin: singapore, share: 50}]`", "write `investors: [{origin: singapore, share: 50}]`"
        ),
    )


def no_investor() -> Mistake:
    """An investor that is not a mapping."""
    what = Text("投资者应写明 `origin` 和 `share`", "an investor has an `origin` and a `share`")
    return Mistake("P102", what, _INVESTOR)


def no_origin() -> Mistake:
    """An investor without an origin."""
    return Mistake("P102", Text("投资者缺少 `origin`", "an investor needs an `origin`"), _INVESTOR)


def no_share(share: object) -> Mistake:
    """An invalid share of an investor."""
    return Mistake(
        "P108",
        Text(f"`share`：{share} 不是持股比例", f"`share`: {share} is not a share"),
        Text("填0至100的数字（百分比）", "a number from 0 to 100 (percent)"),
    )


def nothing_left(name: str) -> Mistake:
    """An investor without a share beside others that hold everything."""
    return Mistake(
        "P106",
        Text(
            f"`{name}`：其他投资者已持有100%，此投资者无股可持",
            f"`{name}`: the others hold 100 %, which leaves nothing for this one",
        ),
        Text("填写其股比，或改正其他股比", "give its share, or correct the others"),
    )


def shares_over(total: Decimal) -> Mistake:
    """Shares that add up to more than 100 percent."""
    return Mistake(
        "P106",
        Text(f"持股比例合计为{total}", f"the shares add up to {total}"),
        Text("合计不得超过100", "they can be at most 100 together"),
    )
