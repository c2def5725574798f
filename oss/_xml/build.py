"""Request bodies as XML: the ``build_*`` functions of ``oss_xml.h``, each a table of ``oss._xml.tables`` filled in.

Different from the C SDK: no text is cut at 1023 bytes; NULL texts are empty elements; what XML cannot carry, a NULL
struct or list and an unknown restore tier are a ValueError; create-meta sends the compression type it was given.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from aos._c.args import not_null, required
from aos._c.contract import check_arguments
from aos._c.structs import index_of
from aos._c.text import encode
from aos.aos_buf import aos_buf_pack
from aos.aos_define import aos_pool_t
from aos.aos_list import aos_list_add_tail, aos_list_t
from aos.aos_string import aos_text_t
from oss._define.live import oss_live_channel_configuration_t
from oss._define.names import get_oss_storage_class_str, get_oss_tier_type_str
from oss._define.select import oss_select_object_meta_params_t, oss_select_object_params_t
from oss._define.structs import oss_logging_config_content_t, oss_referer_config_t, oss_website_config_t
from oss._xml.tables import (
    COMPLETE,
    CORS,
    DELETE,
    LIFECYCLE,
    LIVE_CHANNEL,
    LOGGING,
    REFERER,
    SELECT,
    SELECT_META,
    STORAGE_CAPACITY,
    STORAGE_CLASS,
    TAGGING,
    WEBSITE,
)

__all__ = [
    "build_complete_multipart_upload_xml",
    "build_complete_multipart_upload_body",
    "build_lifecycle_xml",
    "build_lifecycle_body",
    "build_referer_config_xml",
    "build_referer_config_body",
    "build_website_config_xml",
    "build_website_config_body",
    "build_cors_rule_xml",
    "build_cors_rule_body",
    "build_bucket_logging_xml",
    "build_bucket_logging_body",
    "build_bucket_storage_class_xml",
    "build_bucket_storage_class",
    "build_bucket_storage_capacity_xml",
    "build_bucket_storage_capacity_body",
    "build_objects_xml",
    "build_delete_objects_body",
    "build_create_live_channel_xml",
    "build_create_live_channel_body",
    "build_object_tagging_xml",
    "build_object_tagging_body",
    "oss_build_select_object_body",
    "oss_build_create_select_object_meta_body",
    "oss_build_restore_object_body",
]

_RESTORE = """<?xml version="1.0" encoding="UTF-8"?>
<RestoreRequest>
<Days>%d</Days>
<JobParameters><Tier>%s</Tier></JobParameters>
</RestoreRequest>
"""


def _named(**parameters: Any) -> SimpleNamespace:
    """Returns a function's parameters as the source of a document; refuses NULL."""
    for name, value in parameters.items():
        not_null(value, name)
    return SimpleNamespace(**parameters)


def _append(p: aos_pool_t | None, body: aos_list_t, xml: str) -> None:
    """Appends a document to a body."""
    data = encode(xml)
    aos_list_add_tail(aos_buf_pack(p, data, len(data)).node, required(body, aos_list_t, "body"))


def build_complete_multipart_upload_xml(p: aos_pool_t | None, bc: aos_list_t) -> str:
    """char *build_complete_multipart_upload_xml(aos_pool_t *p, aos_list_t *bc)

    Returns the document that names the parts to join into an object, in the order of the list.
    """
    return COMPLETE.write(_named(part_list=bc))


def build_complete_multipart_upload_body(p: aos_pool_t | None, part_list: aos_list_t, body: aos_list_t) -> None:
    """void build_complete_multipart_upload_body(aos_pool_t *p, aos_list_t *part_list, aos_list_t *body)

    Appends the document of :func:`build_complete_multipart_upload_xml` to ``body``.
    """
    _append(p, body, build_complete_multipart_upload_xml(p, part_list))


def build_lifecycle_xml(p: aos_pool_t | None, lifecycle_rule_list: aos_list_t) -> str:
    """char *build_lifecycle_xml(aos_pool_t *p, aos_list_t *lifecycle_rule_list)

    Returns the document of a bucket's lifecycle rules. Of days, date and created_before_date only the first that is set
    goes out.
    """
    return LIFECYCLE.write(_named(lifecycle_rule_list=lifecycle_rule_list))


def build_lifecycle_body(p: aos_pool_t | None, lifecycle_rule_list: aos_list_t, body: aos_list_t) -> None:
    """void build_lifecycle_body(aos_pool_t *p, aos_list_t *lifecycle_rule_list, aos_list_t *body)

    Appends the document of :func:`build_lifecycle_xml` to ``body``.
    """
    _append(p, body, build_lifecycle_xml(p, lifecycle_rule_list))


def build_referer_config_xml(p: aos_pool_t | None, referer_config: oss_referer_config_t) -> str:
    """char *build_referer_config_xml(aos_pool_t *p, oss_referer_config_t *referer_config)

    Returns the document of the referers that may read a bucket.
    """
    return REFERER.write(required(referer_config, oss_referer_config_t, "referer_config"))


def build_referer_config_body(p: aos_pool_t | None, referer_config: oss_referer_config_t, body: aos_list_t) -> None:
    """void build_referer_config_body(aos_pool_t *p, oss_referer_config_t *referer_config, aos_list_t *body)

    Appends the document of :func:`build_referer_config_xml` to ``body``.
    """
    _append(p, body, build_referer_config_xml(p, referer_config))


def build_website_config_xml(p: aos_pool_t | None, website_config: oss_website_config_t) -> str:
    """char *build_website_config_xml(aos_pool_t *p, oss_website_config_t *website_config)

    Returns the document of a bucket's index and error page.
    """
    return WEBSITE.write(required(website_config, oss_website_config_t, "website_config"))


def build_website_config_body(p: aos_pool_t | None, website_config: oss_website_config_t, body: aos_list_t) -> None:
    """void build_website_config_body(aos_pool_t *p, oss_website_config_t *website_config, aos_list_t *body)

    Appends the document of :func:`build_website_config_xml` to ``body``.
    """
    _append(p, body, build_website_config_xml(p, website_config))


def build_cors_rule_xml(p: aos_pool_t | None, rule_list: aos_list_t) -> str:
    """char *build_cors_rule_xml(aos_pool_t *p, aos_list_t *rule_list)

    Returns the document of a bucket's CORS rules.
    """
    return CORS.write(_named(rule_list=rule_list))


def build_cors_rule_body(p: aos_pool_t | None, rule_list: aos_list_t, body: aos_list_t) -> None:
    """void build_cors_rule_body(aos_pool_t *p, aos_list_t *rule_list, aos_list_t *body)

    Appends the document of :func:`build_cors_rule_xml` to ``body``.
    """
    _append(p, body, build_cors_rule_xml(p, rule_list))


def build_bucket_logging_xml(p: aos_pool_t | None, content: oss_logging_config_content_t) -> str:
    """char *build_bucket_logging_xml(aos_pool_t *p, oss_logging_config_content_t *content)

    Returns the document that says where a bucket writes its access log; without a target bucket it turns the log off.
    """
    return LOGGING.write(required(content, oss_logging_config_content_t, "content"))


def build_bucket_logging_body(p: aos_pool_t | None, content: oss_logging_config_content_t, body: aos_list_t) -> None:
    """void build_bucket_logging_body(aos_pool_t *p, oss_logging_config_content_t *content, aos_list_t *body)

    Appends the document of :func:`build_bucket_logging_xml` to ``body``.
    """
    _append(p, body, build_bucket_logging_xml(p, content))


def build_bucket_storage_class_xml(p: aos_pool_t | None, storage_class: int) -> str | None:
    """char *build_bucket_storage_class_xml(aos_pool_t *p, oss_storage_class_type_e storage_class)

    Returns the document of a new bucket's storage class; None (NULL) for a number that is no storage class.
    """
    name = get_oss_storage_class_str(storage_class)
    return None if name is None else STORAGE_CLASS.write(_named(storage_class=name))


def build_bucket_storage_class(p: aos_pool_t | None, storage_class: int, body: aos_list_t) -> None:
    """void build_bucket_storage_class(aos_pool_t *p, oss_storage_class_type_e storage_class, aos_list_t *body)

    Appends the document of :func:`build_bucket_storage_class_xml`, if there is one, to ``body``.
    """
    xml = build_bucket_storage_class_xml(p, storage_class)
    if xml is not None:
        _append(p, body, xml)


def build_bucket_storage_capacity_xml(p: aos_pool_t | None, storage_capacity: int) -> str:
    """char *build_bucket_storage_capacity_xml(aos_pool_t *p, long storage_capacity)

    Returns the document that says how many GB a bucket may hold; -1 is no limit.
    """
    return STORAGE_CAPACITY.write(_named(storage_capacity=index_of(storage_capacity, "storage_capacity")))


def build_bucket_storage_capacity_body(p: aos_pool_t | None, storage_capacity: int, body: aos_list_t) -> None:
    """void build_bucket_storage_capacity_body(aos_pool_t *p, long storage_capacity, aos_list_t *body)

    Appends the document of :func:`build_bucket_storage_capacity_xml` to ``body``.
    """
    _append(p, body, build_bucket_storage_capacity_xml(p, storage_capacity))


def build_objects_xml(p: aos_pool_t | None, object_list: aos_list_t, quiet: str | None) -> str:
    """char *build_objects_xml(aos_pool_t *p, aos_list_t *object_list, const char *quiet)

    Returns the document that names the objects to delete; ``quiet`` is "true" or "false".

    :param quiet: ``true`` or ``false``
    """
    return DELETE.write(_named(object_list=object_list, quiet=quiet))


def build_delete_objects_body(p: aos_pool_t | None, object_list: aos_list_t, is_quiet: int, body: aos_list_t) -> None:
    """void build_delete_objects_body(aos_pool_t *p, aos_list_t *object_list, int is_quiet, aos_list_t *body)

    Appends the document of :func:`build_objects_xml` to ``body``; quiet when ``is_quiet`` is positive.

    :param is_quiet: 1 to hear of failures only, 0 to get a list of what was deleted
    """
    _append(p, body, build_objects_xml(p, object_list, "true" if index_of(is_quiet, "is_quiet") > 0 else "false"))


def build_create_live_channel_xml(p: aos_pool_t | None, config: oss_live_channel_configuration_t) -> str:
    """char *build_create_live_channel_xml(aos_pool_t *p, oss_live_channel_configuration_t *config)

    Returns the document of a live channel's settings; its name is not among them.
    """
    return LIVE_CHANNEL.write(required(config, oss_live_channel_configuration_t, "config"))


def build_create_live_channel_body(
    p: aos_pool_t | None, config: oss_live_channel_configuration_t, body: aos_list_t
) -> None:
    """void build_create_live_channel_body(aos_pool_t *p, oss_live_channel_configuration_t *config, aos_list_t *body)

    Appends the document of :func:`build_create_live_channel_xml` to ``body``.
    """
    _append(p, body, build_create_live_channel_xml(p, config))


def build_object_tagging_xml(p: aos_pool_t | None, tag_list: aos_list_t) -> str:
    """char *build_object_tagging_xml(aos_pool_t *p, aos_list_t *tag_list)

    Returns the document of an object's tags.
    """
    return TAGGING.write(_named(tag_list=tag_list))


def build_object_tagging_body(p: aos_pool_t | None, tag_list: aos_list_t, body: aos_list_t) -> None:
    """void build_object_tagging_body(aos_pool_t *p, aos_list_t *tag_list, aos_list_t *body)

    Appends the document of :func:`build_object_tagging_xml` to ``body``.
    """
    _append(p, body, build_object_tagging_xml(p, tag_list))


def oss_build_select_object_body(
    p: aos_pool_t | None, expression: aos_text_t, params: oss_select_object_params_t | None, body: aos_list_t
) -> None:
    """void oss_build_select_object_body(aos_pool_t *p, const aos_string_t *expression, const
        oss_select_object_params_t *params, aos_list_t *body)

    Appends an SQL request to ``body``, nothing for NULL params. Expression and delimiters go out in base64; texts that
    are empty stay out.
    """
    if params is not None:
        parts = {name: getattr(params, name) for name in ("input_param", "output_param", "option_param")}
        _append(p, body, SELECT.write(SimpleNamespace(expression=expression, **parts)))


def oss_build_create_select_object_meta_body(
    p: aos_pool_t | None, params: oss_select_object_meta_params_t | None, body: aos_list_t
) -> None:
    """void oss_build_create_select_object_meta_body(aos_pool_t *p, const oss_select_object_meta_params_t *params,
        aos_list_t *body)

    Appends the request for the meta data of a CSV object to ``body``, nothing for NULL params.
    """
    if params is not None:
        _append(p, body, SELECT_META.write(params))


def oss_build_restore_object_body(p: aos_pool_t | None, tier: int, day: int, body: aos_list_t) -> None:
    """void oss_build_restore_object_body(aos_pool_t *p, oss_tier_type_e tier, int day, aos_list_t *body)

    Appends the request to restore an archived object for ``day`` days to ``body``; a ValueError for an unknown tier.

    :param tier: how fast an object is restored
    :param day: for how many days an object stays restored
    """
    name = get_oss_tier_type_str(tier)
    if name is None:
        raise ValueError(f"tier {tier} is not a restore tier")
    _append(p, body, _RESTORE % (index_of(day, "day"), name))


check_arguments(globals())
