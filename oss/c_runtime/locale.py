"""``locale.h``: a locale can be set, but texts, numbers and dates stay those of C's own."""

from __future__ import annotations

import locale as python
from typing import Any

from aos._c.text import decode
from oss.c_runtime.pointers import Text, ptr, string_at

__all__ = ["setlocale"]


def setlocale(category: int, locale: Text | None) -> ptr[Any] | None:
    """Sets a locale, and returns its name; None for one that there is not.

    :param category: LC_ALL or another
    :param locale: its name, an empty one for the user's; None only asks for the name
    """
    try:
        return ptr(python.setlocale(category, None if locale is None else decode(string_at(locale))))
    except (python.Error, ValueError):
        return None
