"""What stands where a migrated program still waits for a hand."""

from __future__ import annotations

__all__ = ["by_hand"]


def by_hand(condition: str) -> bool:
    """Stops a program at a condition that the tool marked, so that neither of its branches runs by chance.

    :param condition: how C says it
    """
    raise NotImplementedError(f"a condition to be written by hand: {condition}")
