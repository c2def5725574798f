"""How much is tried: the same few hundred inputs each time; ``OSS_FUZZ=N`` tries N new ones a test, for a night."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

__all__ = ["fuzz"]

COUNT = int(os.environ.get("OSS_FUZZ", "0"))

fuzz = settings(
    derandomize=not COUNT,
    max_examples=COUNT or 150,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
        HealthCheck.function_scoped_fixture,
    ],
)
