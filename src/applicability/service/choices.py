"""What a request may choose among; the service and its clients read one list."""

from __future__ import annotations

from typing import Literal

# What the changes lead to: an open measure, or the next verdict up.
ChangeTarget = Literal["open", "step"]
# A comparison is a paper too, or a table.
ComparisonFormat = Literal["html", "pdf", "docx", "markdown", "json", "csv", "xlsx"]
ReportFormat = Literal["html", "pdf", "docx", "markdown", "text", "json", "yaml", "xlsx"]
# What bare numbers are in columns of shares that leave it open.
ShareUnit = Literal["percent", "fraction"]
