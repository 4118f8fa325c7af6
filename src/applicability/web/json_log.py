"""What libraries log, as lines of JSON like the service's own: where it was said, and never the words, which may hold
what somebody sent.
"""

from __future__ import annotations

import json
import logging
import time


class JsonFormatter(logging.Formatter):
    """A record of a library as a line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(), "logger": record.name, "source": f"{record.module}:{record.lineno}",
            "fault": record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None,
        }  # fmt: skip
        return json.dumps({name: value for name, value in line.items() if value is not None})


def log_as_json() -> None:
    """Write what libraries warn of as JSON, unless the program around the application has set up its own log."""
    if not logging.root.handlers:  # else the MCP SDK adds a handler that does not write JSON
        handler = logging.StreamHandler()
        handler.setFormatter(JsonFormatter())
        logging.root.addHandler(handler)
