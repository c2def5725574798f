"""The differences of helpers; see ``differences``."""

from __future__ import annotations

VECTORS = ()
