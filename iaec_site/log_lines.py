"""Log lines, plain or as JSON, with what they belong to: a request's id, or a background task.

What belongs to nobody's log is taken out at the last moment, tracebacks included: see `iaec_site.masking`.
"""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

from iaec_site.masking import masked

# Of the thread or task that is at work: the id of its request; name and id of the background task.
request_id: ContextVar[str] = ContextVar("request_id", default="")
background_task: ContextVar[tuple[str, str] | None] = ContextVar("background_task", default=None)


def belongings() -> dict[str, str]:
    found = {}
    if one := request_id.get():
        found["request"] = one
    if task := background_task.get():
        found["task"], found["task_id"] = task
    return found


class PlainFormatter(logging.Formatter):
    """`time LEVEL logger message [request=…]`; a traceback goes on in further lines, each of which is indented."""

    def format(self, record):
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        words = [f"{name}={value}" for name, value in belongings().items()]
        end = f" [{' '.join(words)}]" if words else ""
        message = record.getMessage().replace("\r", "\\r").replace("\n", "\n    ")
        lines = f"{moment} {record.levelname} {record.name} {message}{end}"
        if trace := traceback_of(self, record):
            lines += "\n    " + trace.replace("\n", "\n    ")
        return masked(lines)


class JsonFormatter(logging.Formatter):
    """One object a line."""

    def format(self, record):
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
            **belongings(),
        }
        if trace := traceback_of(self, record):
            fields["exception"] = masked(trace)
        return json.dumps(fields, ensure_ascii=False)


def traceback_of(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    parts = []
    if record.exc_info and record.exc_info[0]:
        parts.append(formatter.formatException(record.exc_info))
    if record.stack_info:
        parts.append(record.stack_info)
    return "\n".join(parts)
