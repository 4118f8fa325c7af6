"""Recognises by its first bytes what is not the kind of file that its name says, and says how to save it."""

from __future__ import annotations

import re

from applicability.bulk.sources.source import fault
from applicability.lazy_pattern import lazy_pattern
from applicability.text import SurfaceText, Text

ARCHIVE = b"PK\x03\x04"
# An OLE compound file: Excel 97 to 2003, or a newer workbook with a password.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names in its directory are UTF-16.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HTML = lazy_pattern(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|meta|table|body|style)\b", re.I | re.S
)
_XML_2003 = lazy_pattern(r"urn:schemas-microsoft-com:office:spreadsheet|progid=.Excel\.Sheet|<(?:\w+:)?Workbook\b")
_XML = lazy_pattern(r"^\s*<\?xml\b")
# A web page with its pictures in one file.
_MHTML = lazy_pattern(r"^\s*MIME-Version:", re.I)

SAVE = Text(
    "用 Excel 或 WPS 打开，选“另存为”，类型选“Excel 工作簿（*.xlsx）”，再筛查所存的文件",
    "open it in Excel or another spreadsheet program, save it as “Excel Workbook (*.xlsx)”, and screen that file",
)
_NO_PASSWORD = Text(
    "用 Excel 打开，在“文件—信息—保护工作簿”中去掉密码，保存后再筛查",
    "open it in Excel, remove the password under File, Info, Protect Workbook, and save it",
)


def refuse_other_kinds(name: str, head: bytes) -> None:
    """Raises ProfileError for a workbook, a web page or another archive where text is expected."""
    if head.startswith(ARCHIVE):
        what = Text("这是工作簿或其他压缩文件", "it is a workbook or another archive")
        raise fault(name, what, Text("改名为 .xlsx，或先解压", "name it .xlsx, or unpack it first"))
    _refuse(name, head)


def refuse_other_than_workbook(name: str, head: bytes) -> None:
    """Raises ProfileError for what is called a workbook and is an old one, a web page or plain text."""
    if head.startswith(ARCHIVE[:2]):
        return
    _refuse(name, head)
    if head and _is_text(head):
        what = Text("名为工作簿，内容却是纯文本", "it is called a workbook, and is plain text")
        raise fault(
            name,
            what,
            SurfaceText(
                "用 --from csv（或 tsv）读取",
                "read it with --from csv, or tsv",
                Text("把文件名改为以 .csv（或 .tsv）结尾", "name it so that it ends in .csv, or .tsv"),
            ),
        )


def _refuse(name: str, head: bytes) -> None:
    if head.startswith(_OLE):
        if _ENCRYPTED in head:
            what = Text("工作簿设有密码，无法读取", "the workbook has a password, and cannot be read")
            raise fault(name, what, _NO_PASSWORD)
        what = Text(
            "这是旧式的 Excel 97—2003 工作簿（.xls），不能读取",
            "it is an old workbook of Excel 97 to 2003 (.xls), which is not read",
        )
        raise fault(name, what, SAVE)
    start = head[:4096].decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")
    if _XML_2003.search(start) and start.lstrip().startswith("<"):
        what = Text("这是 XML 电子表格 2003，不能读取", "it is an XML spreadsheet of 2003, which is not read")
        raise fault(name, what, SAVE)
    if _HTML.search(start) or _MHTML.search(start):
        what = Text("内容是网页（HTML）表格，不是其名称所说的文件", "it is a web page (HTML), not what its name says")
        raise fault(name, what, SAVE)
    if _XML.search(start):
        raise fault(name, Text("内容是 XML，不能读取", "it is XML, which is not read"), SAVE)


def _is_text(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    return b"\0" not in head and not any(byte < 9 for byte in head[:4096])
