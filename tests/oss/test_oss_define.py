"""Names, numbers and structs of ``oss_define.h``."""

import copy

import pytest

from aos._c.structs import CStruct
from aos.aos_status import aos_status_create
from oss import oss_define
from oss._define import live, select, structs
from oss.oss_define import (
    OSS_CANNONICALIZED_HEADER_COPY_SOURCE,
    OSS_CANNONICALIZED_HEADER_OBJECT,
    OSS_CANNONICALIZED_HEADER_SOURCE,
    OSS_OBJECT_TYPE,
    aos_file_error_status_set,
    aos_inconsistent_error_status_set,
    aos_xml_error_status_set,
    oss_config_t,
    oss_live_channel_configuration_t,
)

MODULES = (structs, live, select)
STRUCTS = [getattr(module, name) for module in MODULES for name in module.__all__]


@pytest.mark.parametrize("kind", STRUCTS, ids=lambda kind: kind.__name__)
def test_a_struct_starts_as_zero_and_shares_nothing(kind: type[CStruct]) -> None:
    one, other = kind(), kind()
    for item in kind.c_fields:
        value = getattr(one, item.name)
        assert value is None or value == item.zero or value is not getattr(other, item.name)
    with pytest.raises(AttributeError):
        one.no_such_field = 1  # type: ignore[attr-defined]


def test_secrets_are_not_shown() -> None:
    config = oss_config_t()
    config.access_key_id = "id"
    for name in ("access_key_secret", "sts_token", "proxy_passwd"):
        setattr(config, name, "hidden")
    assert "id" in repr(config)
    assert "hidden" not in repr(config)


def test_a_copy_of_a_struct_is_independent() -> None:
    channel = oss_live_channel_configuration_t()
    channel.target.type = "HLS"
    twin = copy.copy(channel)
    twin.target.type = "FLV"
    assert str(channel.target.type) == "HLS"


def test_the_header_brings_what_it_includes() -> None:
    names = set(vars(oss_define)["__all__"])
    assert {"aos_str_set", "aos_list_init", "aos_http_request_t", "OSS_CONTENT_TYPE", "oss_acl_e"} <= names
    assert all(hasattr(oss_define, name) for name in names)
    assert not names & {"str", "int", "list", "type", "object"}


def test_constants_without_a_value_in_c_have_one() -> None:
    assert OSS_CANNONICALIZED_HEADER_SOURCE == OSS_CANNONICALIZED_HEADER_COPY_SOURCE
    assert OSS_CANNONICALIZED_HEADER_OBJECT == OSS_OBJECT_TYPE


@pytest.mark.parametrize(
    ("macro", "code"),
    [
        (aos_xml_error_status_set, "ParseXmlError"),
        (aos_file_error_status_set, "OpenFileFail"),
        (aos_inconsistent_error_status_set, "InconsistentError"),
    ],
)
def test_status_macros(macro: object, code: str) -> None:
    status = aos_status_create(None)
    macro(status, -5)  # type: ignore[operator]
    assert (status.code, status.error_code, status.error_msg) == (-5, code, None)
