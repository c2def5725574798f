"""The shim of a program that it is preloaded into."""

from __future__ import annotations

import ctypes

from tests.faults.jobs import DEEDS, SystemFault

__all__ = ["SHIM", "arm"]

SHIM = ctypes.CDLL(None)
SHIM.shim_log.restype = ctypes.c_char_p


def arm(folder: str, fault: SystemFault) -> None:
    nth, times = ctypes.c_long(fault.nth), ctypes.c_long(fault.times)
    SHIM.shim_arm(folder.encode(), fault.call.encode(), nth, times, DEEDS.index(fault.deed), fault.error)
