"""The C suite test_oss_https, by the names of its cases: the service over TLS, its certificate verified."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from oss.local_server import LocalServer
from oss.oss_api import *
from tests.service import BUCKET, Service, content, new_list, options_for, table, texts

KEY = "oss_test_https_put_object.txt"
TEXT = "Sow nothing, reap nothing."


@pytest.fixture
def service(tmp_path: Path, no_connections: None) -> Iterator[Service]:
    """Its options know the authority that issued the service's certificate."""
    authority = trustme.CA()
    leaf = authority.issue_cert("127.0.0.1")
    chain, key, ca_file = (tmp_path / name for name in ("chain.pem", "key.pem", "ca.pem"))
    chain.write_bytes(b"".join(pem.bytes() for pem in leaf.cert_chain_pems))
    leaf.private_key_pem.write_to_path(str(key))
    authority.cert_pem.write_to_path(str(ca_file))
    with LocalServer(buckets=[BUCKET], tls=(str(chain), str(key))) as server:
        made = Service(server)
        made.options = options_for(server)
        made.options.ctl.options.verify_ssl, made.options.ctl.options.ca_file = AOS_TRUE, str(ca_file)
        yield made


def listed(service: Service) -> tuple[aos_status_t, list[str]]:
    params = oss_create_list_object_params(None)
    params.max_ret, params.prefix = 1, "oss_test_https_"
    return oss_list_object(*service.where, params, service.headers), texts(params.object_list, "key")


def test_https_put_object_from_buffer(service: Service) -> None:
    assert service.server.endpoint.startswith("https://")
    service.put(KEY, TEXT, table(("Expect", ""), ("Transfer-Encoding", "")))
    assert "transfer-encoding" not in service.sent
    buffer, trusted = new_list(), service.options.ctl.options.ca_file
    status = oss_get_object_to_buffer(*service.where, KEY, None, None, buffer, None)
    assert (status.code, content(buffer).decode()) == (200, TEXT)
    assert (service.options.ctl.options.verify_ssl, service.options.ctl.options.ca_file) == (AOS_TRUE, trusted)


def test_https_list_object(service: Service) -> None:
    for key in (KEY, KEY + "2", "another"):
        service.put(key, TEXT)
    status, keys = listed(service)
    assert (status.code, keys) == (200, [KEY])
    assert service.options.ctl.options.verify_ssl == AOS_TRUE


def test_https_list_object_negative(service: Service) -> None:
    """Without the authority; the C SDK's -996 for an unusable CA setting is here -989, a certificate not accepted."""
    service.options.ctl.options.ca_file = service.options.ctl.options.ca_path = ""
    status, keys = listed(service)
    assert (status.code, keys) == (AOSE_FAILED_VERIFICATION, [])
    assert "the server's certificate is not accepted" in str(status.error_msg)
    assert service.options.ctl.options.verify_ssl == AOS_TRUE
    assert not service.server.requests
