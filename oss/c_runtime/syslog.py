"""``syslog.h``: the system's log.

What a parameter is:

:param priority: LOG_EMERG 0 to LOG_DEBUG 7, with a facility or without
:param format: a printf format, in which ``%m`` is the text for ``errno``
:param ident: what begins each entry
:param options: LOG_PID and others
:param facility: LOG_USER and others
:param mask: which priorities are written
:param ap: the arguments that are left
"""

from __future__ import annotations

import os
import re
import syslog as system_log
from syslog import (
    LOG_ALERT,
    LOG_AUTH,
    LOG_CONS,
    LOG_CRIT,
    LOG_CRON,
    LOG_DAEMON,
    LOG_DEBUG,
    LOG_EMERG,
    LOG_ERR,
    LOG_INFO,
    LOG_KERN,
    LOG_LOCAL0,
    LOG_LOCAL1,
    LOG_LOCAL2,
    LOG_LOCAL3,
    LOG_LOCAL4,
    LOG_LOCAL5,
    LOG_LOCAL6,
    LOG_LOCAL7,
    LOG_MAIL,
    LOG_NDELAY,
    LOG_NOTICE,
    LOG_NOWAIT,
    LOG_ODELAY,
    LOG_PERROR,
    LOG_PID,
    LOG_SYSLOG,
    LOG_USER,
    LOG_WARNING,
)
from typing import Any

from aos._c.text import decode
from oss.c_runtime.errno import errno
from oss.c_runtime.formatting import formatted
from oss.c_runtime.pointers import Text, string_at
from oss.c_runtime.stdarg import va_list

__all__ = ["closelog", "openlog", "setlogmask", "syslog", "vsyslog"]
__all__ += [
    "LOG_ALERT",
    "LOG_AUTH",
    "LOG_CONS",
    "LOG_CRIT",
    "LOG_CRON",
    "LOG_DAEMON",
    "LOG_DEBUG",
    "LOG_EMERG",
    "LOG_ERR",
    "LOG_INFO",
    "LOG_KERN",
    "LOG_LOCAL0",
    "LOG_LOCAL1",
    "LOG_LOCAL2",
    "LOG_LOCAL3",
    "LOG_LOCAL4",
    "LOG_LOCAL5",
    "LOG_LOCAL6",
    "LOG_LOCAL7",
    "LOG_MAIL",
    "LOG_NDELAY",
    "LOG_NOTICE",
    "LOG_NOWAIT",
    "LOG_ODELAY",
    "LOG_PERROR",
    "LOG_PID",
    "LOG_SYSLOG",
    "LOG_USER",
    "LOG_WARNING",
]


def openlog(ident: Text | None, options: int, facility: int) -> None:
    """Says how entries begin and of what facility they are."""
    if ident is None:
        system_log.openlog(logoption=options, facility=facility)
    else:
        system_log.openlog(decode(string_at(ident)), options, facility)


def syslog(priority: int, format: Text, *args: Any) -> None:
    """Writes an entry."""
    words = os.strerror(errno.value).encode().replace(b"%", b"%%")
    template = re.sub(rb"%(%|m)", lambda found: words if found[1] == b"m" else b"%%", string_at(format))
    system_log.syslog(priority, formatted(template, *args).decode("utf-8", "replace"))


def vsyslog(priority: int, format: Text, ap: va_list) -> None:
    """Writes an entry with the arguments that are left."""
    syslog(priority, format, *ap)


def closelog() -> None:
    """Closes the log; the next entry opens it again."""
    system_log.closelog()


def setlogmask(mask: int) -> int:
    """Sets which priorities are written, and returns what it was; 0 changes nothing."""
    return system_log.setlogmask(mask)
