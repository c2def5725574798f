"""What the programs that run transfers under faults are told, and what they tell; plain data that passes as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

__all__ = ["DEEDS", "PATIENCE", "Deed", "SystemFault", "Job", "Report", "Run"]

PATIENCE = 60.0
"""Seconds after which a transfer counts as hanging."""

Deed = Literal["fail", "short", "end", "kill", "tear", "hold"]
DEEDS: tuple[Deed, ...] = ("fail", "short", "end", "kill", "tear", "hold")
"""In the order of the shim's numbers."""


@dataclass(frozen=True)
class SystemFault:
    """What becomes of the ``nth`` call (from 1) and of the ``times - 1`` after it; call "" is none, "file" any."""

    call: str = ""
    nth: int = 1
    deed: Deed = "fail"
    error: int = 0
    times: int = 1


@dataclass(frozen=True)
class Job:
    """Transfers of one file in one process: one for each of ``faults``, one after the other."""

    what: Literal["download", "upload"]
    endpoint: str
    path: str
    folder: str
    """Calls on files below it count."""
    faults: tuple[SystemFault, ...] = (SystemFault(),)
    part_size: int = 10_000
    threads: int = 1
    parts_per_request: int = 1
    checkpoint: bool = True
    speed_time: int = 30
    """Seconds of the stall rule."""
    access_key_id: str = "local-ak"
    ca_file: str = ""
    is_cname: int = 0
    durable: int = 0
    uid: int = 0
    """Whom to be; 0 for no change."""
    limits: dict[str, int] = field(default_factory=dict)
    """``resource`` names and values."""
    forked: bool = True
    """Whether in a process of its own; the runner imports in its own what the others then have."""
    kill_after: float | None = None
    """Seconds after which the process is killed from outside."""

    def dump(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, text: str) -> Job:
        given: dict[str, Any] = json.loads(text)
        given["faults"] = tuple(SystemFault(**fault) for fault in given["faults"])
        return cls(**given)


@dataclass(frozen=True)
class Run:
    """One transfer: its status, and what was there afterwards that had not been before."""

    code: int
    error_code: str
    message: str
    raised: str
    seconds: float
    threads: int
    descriptors: list[str]
    warned: list[str]
    fired: int
    calls: list[str]
    """The calls that count, each with what it was made on."""

    @property
    def told(self) -> str:
        return self.raised or " ".join(filter(None, (str(self.code), self.error_code)))


@dataclass(frozen=True)
class Report:
    """What became of a job: its runs (none when the process died), and whether it was killed or had to be."""

    runs: list[Run] = field(default_factory=list)
    killed: bool = False
    hung: bool = False

    @property
    def told(self) -> str:
        return self.runs[-1].told if self.runs else "hung" if self.hung else "died"

    def dump(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, text: str) -> Report:
        given: dict[str, Any] = json.loads(text)
        return cls([Run(**run) for run in given["runs"]], given["killed"], given["hung"])
