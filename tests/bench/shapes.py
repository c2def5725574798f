"""What is measured: one row a shape, and in it who takes part."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from oss.oss_api import oss_resumable_clt_params_t

MIB = 1 << 20
SIZE = int(os.environ.get("OSS_BENCH_MIB", "1024")) * MIB
ROUNDS = int(os.environ.get("OSS_BENCH_ROUNDS", "5"))
SLOW = os.environ.get("OSS_BENCH_SLOW") == "1"
C_SDK = os.environ.get("OSS_C_SDK_LIB", "")
CONTENDERS = Path(__file__).parent / "contenders"

THE_PORT = "port"
TEN_THOUSAND = -(-SIZE // 10_000)
SPARSE = 100 << 30
THROTTLED, THROTTLED_PART, THROTTLE = 32 * MIB, 2 * MIB, "1m"
"""nginx gives the first second's bytes at once: a part of two seconds' bytes takes one second."""


@dataclass(frozen=True)
class Entry:
    """A contender in a shape. ``once``: one round is enough to see; ``slow``: and that only with OSS_BENCH_SLOW=1.

    ``checkpoint`` is another setting than the shape's; ``settings`` are further fields of the port's
    oss_resumable_clt_params_t, as name=value."""

    contender: str
    once: bool = False
    slow: bool = False
    checkpoint: bool | None = None
    settings: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        checkpoint = {None: (), False: ("off",), True: ("on",)}[self.checkpoint]
        return ", ".join((self.contender, *checkpoint, *self.settings))

    @property
    def absent(self) -> str:
        """Why it cannot take part; empty when it does."""
        if self.contender == "C SDK" and not C_SDK:
            return "OSS_C_SDK_LIB is not set"
        if self.contender == "curl" and not shutil.which("curl"):
            return "not installed"
        for name in (setting.partition("=")[0] for setting in self.settings):
            if not hasattr(oss_resumable_clt_params_t(), name):
                return f"there is no {name}"
        return "not run, it takes minutes: OSS_BENCH_SLOW=1 runs it" if self.slow and not SLOW else ""

    @property
    def rounds(self) -> int:
        return 1 if self.once or self.slow else ROUNDS


@dataclass(frozen=True)
class Shape:
    """A transfer of an object; ``verb`` is what the contenders' programs take first."""

    name: str
    verb: str
    entries: tuple[Entry, ...]
    part_size: int = 8 * MIB
    checkpoint: bool = False
    tls: bool = False
    threads: int = 3
    object: str = "object"
    rounds: int = ROUNDS


PORT, C, OSS2, V2, CURL = map(Entry, (THE_PORT, "C SDK", "oss2", "oss-v2", "curl"))
C_SLOW, OSS2_SLOW = Entry("C SDK", slow=True), Entry("oss2", slow=True)
C_OFF, V2_ONCE = Entry("C SDK", checkpoint=False), Entry("oss-v2", once=True)
ALL = (PORT, C, OSS2, V2, CURL)
MANY_OFF = (PORT, C, V2_ONCE)
MANY_ON = (PORT, C_SLOW, C_OFF, OSS2_SLOW, V2_ONCE)
MANY_SENT = (PORT, C, C_OFF, OSS2_SLOW, V2_ONCE)
"""The C SDK's upload records next to nothing of so many parts: see docs/speed.md."""

SHAPES = (
    Shape("start, no transfer", "start", ALL),
    Shape("download 8 MiB, off", "download", ALL),
    Shape("download 1 MiB, on", "download", (PORT, C, OSS2, V2), MIB, True),
    Shape("download 10,000 parts, off", "download", MANY_OFF, TEN_THOUSAND),
    Shape("download 10,000 parts, on", "download", MANY_ON, TEN_THOUSAND, True),
    Shape("download TLS 8 MiB, off", "download", ALL, tls=True),
    Shape("download TLS 1 MiB, off", "download", (PORT, C, V2), MIB, tls=True),
    Shape("upload 8 MiB, off", "upload", ALL, object="upload"),
    Shape("upload 1 MiB, on", "upload", (PORT, C, OSS2, V2), MIB, True, object="upload"),
    Shape("upload 10,000 parts, on", "upload", MANY_SENT, TEN_THOUSAND, True, object="upload"),
    Shape("begin 100 GiB, 2 of them, on", "begin", (PORT,), checkpoint=True, object="sparse", rounds=1),
    *(
        Shape(f"throttled, {n} threads", "download", (PORT, C), THROTTLED_PART, threads=n, object="throttled", rounds=1)
        for n in (1, 2, 4, 8)
    ),
)
UPLOADED = sorted({shape.part_size for shape in SHAPES if shape.verb == "upload"})
"""The part sizes that the sink gets to see."""


def command(entry: Entry, shape: Shape, endpoint: str, file: Path, ca_file: str) -> list[str]:
    """What a process is started with."""
    checkpoint = shape.checkpoint if entry.checkpoint is None else entry.checkpoint
    if entry.contender == "curl":
        trust = ["--cacert", ca_file] if ca_file else []
        way = {"download": ["-o", str(file)], "upload": ["-T", str(file)], "start": ["--version"]}[shape.verb]
        return ["curl", "-sSf", *trust, *way, *([f"{endpoint}/bucket/{shape.object}"] if shape.verb != "start" else [])]
    name, flags = {
        THE_PORT: ("port", []),
        "C SDK": ("c_sdk", ["-I", "-S"]),
        "oss2": ("oss2_sdk", []),
        "oss-v2": ("v2_sdk", []),
    }[entry.contender]
    numbers = map(str, (shape.part_size, shape.threads, int(checkpoint)))
    program = [sys.executable, *flags, str(CONTENDERS / f"{name}.py")]
    return [*program, shape.verb, endpoint, shape.object, str(file), *numbers, ca_file, *entry.settings]


def environment(ca_file: str, folder: Path) -> dict[str, str]:
    """What the contenders' programs find in it: who is trusted, where the C SDK's module is."""
    trust = {"REQUESTS_CA_BUNDLE": ca_file} if ca_file else {}
    places = os.pathsep.join((str(folder), sysconfig.get_path("platlib")))
    compiled = {"PYTHONDONTWRITEBYTECODE": ""}  # an installed program does not compile itself at each start
    return {**trust, **compiled, "OSS_BENCH_C_SDK_PATH": places, "OSS_C_SDK_LIB": C_SDK}
