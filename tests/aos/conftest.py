"""What the tests of connections share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from aos._http.connection import lease_t
from aos.aos_http_io import aos_http_request_options_create


@pytest.fixture
def lease() -> Iterator[lease_t]:
    """A connection to be, closed in the end."""
    made = lease_t(aos_http_request_options_create(None))
    yield made
    made.close()
