"""What the tests of connections share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from aos._http.connection import Connection
from aos._http.perform import connection_for
from aos.aos_http_io import aos_http_request_options_create


@pytest.fixture
def connection() -> Iterator[Connection]:
    """A connection to be, closed in the end."""
    made = connection_for(aos_http_request_options_create(None))
    yield made
    made.close()
