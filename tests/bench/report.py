"""The one table: medians, least times, ratios, CPU seconds, peak memory, and the machine."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from aos._native import crc64_kernel
from tests.bench.measure import Sample
from tests.bench.shapes import MIB, SIZE, THE_PORT

HEAD = ("contender", "median s", "least s", "port is", "CPU s", "peak MiB", "rounds")
COLUMNS = "  {:<14}{:>10}{:>10}{:>10}{:>9}{:>10}{:>8}"

Results = dict[str, dict[str, list[Sample] | str]]
"""By shape and contender: its samples, or why there are none."""


def machine() -> str:
    """Where the numbers come from."""
    cpu = platform.processor()
    for line in Path("/proc/cpuinfo").read_text().splitlines() if os.path.exists("/proc/cpuinfo") else ():
        if line.startswith("model name"):
            cpu = line.partition(":")[2].strip()
            break
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{cpu}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, {python}, CRC64 {crc64_kernel()}"


def table(results: Results, server: str) -> Iterator[str]:
    yield machine()
    yield f"object of {SIZE // MIB} MiB, {server} on loopback; times of the whole process, its start included"
    yield COLUMNS.format(*HEAD)
    for shape, rows in results.items():
        yield shape
        port = rows[THE_PORT]
        against = median(sample.wall for sample in port) if port and not isinstance(port, str) else 0.0
        for label, samples in rows.items():
            if not samples or isinstance(samples, str):
                yield f"  {label:<14} {samples or 'failed'}"
                continue
            walls = [sample.wall for sample in samples]
            yield COLUMNS.format(
                label,
                f"{median(walls):.2f}",
                f"{min(walls):.2f}",
                f"{median(walls) / against:.2f}x" if against and label != THE_PORT else "",
                f"{median(sample.cpu for sample in samples):.2f}",
                f"{max(sample.peak for sample in samples):.0f}",
                len(samples),
            )
