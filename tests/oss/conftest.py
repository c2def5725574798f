"""Fixtures for the tests of the service's functions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.service import running, service_t


@pytest.fixture
def service() -> Iterator[service_t]:
    with running() as made:
        yield made
