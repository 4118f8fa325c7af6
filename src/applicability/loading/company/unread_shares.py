"""Why a text that seems to state the share of foreign investors is not read as one."""

from __future__ import annotations

from applicability.text import Text

DOMESTIC_ONLY = Text("写的是境内一方的比例", "it says what the domestic side holds")
SEVERAL = Text(
    "写了几方的比例，看不出外资合计多少", "it says what several hold, and not what foreign investors hold together"
)
ABOUT = Text("只写了约数", "the number is approximate")
CONTROL = Text("只写了控股或参股，控股也可以不超过50%", "it tells who controls, which may be with no more than 50%")
RATIO = Text("写的是几方之比，看不出哪一方是外资", "it is a ratio, and does not say which side is foreign")
NOT_WHOLE = Text("两方之比合计不是100", "the two sides of the ratio do not come to 100")
EITHER = Text(
    "可能是区间，也可能是两方各自的比例；是区间的，写作40%至60%",
    "it may be a range, or what each of two sides holds; write 40% to 60% if it is a range",
)
WHOSE = Text("看不出是不是外资合计的比例", "it does not say for certain that foreign investors together hold that")
FALLING = Text("区间的前一个数大于后一个数", "of a range, the first number is above the second")
BOUND = Text(
    "写了一个界限，又写了一个数，只写其中一个", "it gives a bound and a number beside it; write only one of them"
)
APART = Text("数字中间有空格", "there is a space within the number")
