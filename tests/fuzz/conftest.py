"""How much is tried: the same few hundred inputs each time; ``OSS_FUZZ=N`` tries N new ones a test, for a night."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

COUNT = int(os.environ.get("OSS_FUZZ", "0"))
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]

settings.register_profile("few", derandomize=True, max_examples=150, deadline=None, suppress_health_check=SLOW)
settings.register_profile("many", max_examples=COUNT or 1, deadline=None, suppress_health_check=SLOW, print_blob=True)
settings.load_profile("many" if COUNT else "few")
