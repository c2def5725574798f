"""The documents of ``oss_xml.h``: written, read, and read back."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aos.aos_buf import aos_buf_pack
from aos.aos_define import AOSE_INVALID_ARGUMENT, AOSE_OK, AOSE_XML_PARSE_ERROR, aos_ref_t
from oss import oss_xml
from oss.oss_util import (
    OSS_STORAGE_CLASS_BUTT,
    OSS_STORAGE_CLASS_COLD_ARCHIVE,
    OSS_TIER_BULK,
    aos_list_add_tail,
    aos_list_empty,
    aos_list_head_init,
    aos_list_t,
    aos_string_t,
    oss_bucket_info_t,
    oss_bucket_stat_t,
    oss_complete_part_content_t,
    oss_create_and_add_refer,
    oss_create_cors_rule,
    oss_create_lifecycle_rule_content,
    oss_create_list_buckets_params,
    oss_create_live_channel_configuration_content,
    oss_create_logging_rule_content,
    oss_create_select_object_meta_params,
    oss_create_select_object_params,
    oss_create_sub_cors_rule,
    oss_list_object_content_t,
    oss_live_channel_configuration_t,
    oss_live_channel_stat_t,
    oss_logging_config_content_t,
    oss_object_key_t,
    oss_referer_config_t,
    oss_tag_content_t,
    oss_website_config_t,
)
from oss.oss_xml import (
    build_bucket_logging_xml,
    build_bucket_storage_capacity_body,
    build_bucket_storage_class,
    build_complete_multipart_upload_xml,
    build_cors_rule_xml,
    build_create_live_channel_xml,
    build_delete_objects_body,
    build_lifecycle_xml,
    build_object_tagging_body,
    build_object_tagging_xml,
    build_objects_xml,
    build_referer_config_xml,
    build_website_config_body,
    build_website_config_xml,
    oss_acl_parse_from_body,
    oss_build_create_select_object_meta_body,
    oss_build_restore_object_body,
    oss_build_select_object_body,
    oss_create_live_channel_parse_from_body,
    oss_delete_objects_parse_from_body,
    oss_get_bucket_cors_parse_from_body,
    oss_get_bucket_info_parse_from_body,
    oss_get_bucket_referer_config_parse_from_body,
    oss_get_bucket_stat_parse_from_body,
    oss_get_bucket_website_parse_from_body,
    oss_get_tagging_parse_from_body,
    oss_lifecycle_rules_parse_from_body,
    oss_list_buckets_parse_from_body,
    oss_list_live_channel_parse_from_body,
    oss_list_multipart_uploads_parse_from_body,
    oss_list_objects_parse_from_body,
    oss_list_parts_parse_from_body,
    oss_live_channel_history_parse_from_body,
    oss_live_channel_info_parse_from_body,
    oss_live_channel_stat_parse_from_body,
    oss_location_parse_from_body,
    oss_logging_parse_from_body,
    oss_storage_capacity_parse_from_body,
    oss_upload_id_parse_from_body,
)

PROLOG = '<?xml version="1.0" encoding="utf-8"?>'
INT_MAX = 2**31 - 1
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=8
)
MAYBE = st.none() | TEXT


def new_list(entries: Any = ()) -> aos_list_t:
    head = aos_list_head_init(aos_list_t())
    for entry in entries:
        aos_list_add_tail(entry.node, head)
    return head


def made(kind: Callable[[], Any], **fields: Any) -> Any:
    struct = kind()
    for name, value in fields.items():
        setattr(struct, name, value)
    return struct


def body_of(text: str | bytes, *, pieces: int = 1) -> aos_list_t:
    data = text.encode() if isinstance(text, str) else text
    step = -(-len(data) // pieces) or 1
    return new_list(
        aos_buf_pack(None, data[at : at + step], len(data[at : at + step])) for at in range(0, len(data), step)
    )


def built(write: Callable[..., None], *args: Any) -> str:
    """What a ``build_*_body`` function appends."""
    body = new_list()
    write(None, *args, body)
    (buffer,) = body
    return bytes(buffer.data[buffer.pos : buffer.last]).decode()


def texts(head: aos_list_t, *names: str) -> list[Any]:
    rows = [tuple(getattr(entry, name).data for name in names) for entry in head]
    return [row[0] for row in rows] if len(names) == 1 else rows


# --- written


def rule(**fields: Any) -> Any:
    return made(lambda: oss_create_lifecycle_rule_content(None), **fields)


def test_bodies_are_the_c_sdk_s_bytes() -> None:
    parts = new_list(
        [made(oss_complete_part_content_t, part_number="2", etag="a<b>&'\""), oss_complete_part_content_t()]
    )
    assert build_complete_multipart_upload_xml(None, parts) == (
        f"{PROLOG}<CompleteMultipartUpload><Part><PartNumber>2</PartNumber><ETag>a&lt;b&gt;&amp;'&quot;</ETag></Part>"
        "<Part><PartNumber /><ETag /></Part></CompleteMultipartUpload>\n"
    )
    assert build_lifecycle_xml(None, new_list()) == f"{PROLOG}<LifecycleConfiguration />\n"
    assert build_object_tagging_xml(None, new_list()) == f"{PROLOG}<Tagging><TagSet /></Tagging>\n"
    assert build_cors_rule_xml(None, new_list([oss_create_cors_rule(None)])) == (
        f"{PROLOG}<CORSConfiguration><CORSRule /></CORSConfiguration>\n"
    )
    assert build_referer_config_xml(None, oss_referer_config_t()) == (
        f"{PROLOG}<RefererConfiguration><AllowEmptyReferer>false</AllowEmptyReferer><RefererList />"
        "</RefererConfiguration>\n"
    )
    assert build_website_config_xml(None, oss_website_config_t()) == (
        f"{PROLOG}<WebsiteConfiguration><IndexDocument><Suffix /></IndexDocument></WebsiteConfiguration>\n"
    )
    assert build_bucket_logging_xml(None, oss_create_logging_rule_content(None)) == (
        f"{PROLOG}<BucketLoggingStatus><LoggingEnabled /></BucketLoggingStatus>\n"
    )


def test_a_lifecycle_rule_names_one_moment() -> None:
    every: dict[str, Any] = {"days": 1, "date": "d", "created_before_date": "c"}
    expiration: dict[str, dict[str, Any]] = {
        "<Days>1</Days>": every,
        "<Date>d</Date>": {**every, "days": INT_MAX},
        "<CreatedBeforeDate>c</CreatedBeforeDate>": {"created_before_date": "c"},
    }
    for inside, fields in expiration.items():
        xml = build_lifecycle_xml(None, new_list([rule(**fields)]))
        assert f"<Expiration>{inside}</Expiration></Rule>" in xml
    assert "<Expiration /></Rule>" in build_lifecycle_xml(None, new_list([rule()]))
    aborted = rule()
    aborted.abort_multipart_upload_dt.created_before_date = "x"
    assert "<Expiration /><AbortMultipartUpload><CreatedBeforeDate>x</CreatedBeforeDate></AbortMultipartUpload>" in (
        build_lifecycle_xml(None, new_list([aborted]))
    )


@pytest.mark.parametrize(("is_quiet", "quiet"), [(1, "true"), (7, "true"), (0, "false"), (-1, "false")])
def test_delete_is_quiet_when_positive(is_quiet: int, quiet: str) -> None:
    keys = new_list([made(oss_object_key_t, key="a+b 中.txt")])
    assert built(build_delete_objects_body, keys, is_quiet) == (
        f"{PROLOG}<Delete><Quiet>{quiet}</Quiet><Object><Key>a+b 中.txt</Key></Object></Delete>\n"
    )


def test_storage_class_of_a_bucket() -> None:
    assert built(build_bucket_storage_class, OSS_STORAGE_CLASS_COLD_ARCHIVE) == (
        f"{PROLOG}<CreateBucketConfiguration><StorageClass>ColdArchive</StorageClass></CreateBucketConfiguration>\n"
    )
    body = new_list()
    build_bucket_storage_class(None, OSS_STORAGE_CLASS_BUTT, body)
    assert aos_list_empty(body) == 1
    assert oss_xml.build_bucket_storage_class_xml(None, -1) is None


def test_restore_is_a_template_with_lines() -> None:
    assert built(oss_build_restore_object_body, OSS_TIER_BULK, 3) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<RestoreRequest>\n<Days>3</Days>\n'
        "<JobParameters><Tier>Bulk</Tier></JobParameters>\n</RestoreRequest>\n"
    )
    with pytest.raises(ValueError, match="tier 3"):
        oss_build_restore_object_body(None, 3, 1, new_list())


def test_a_select_request_carries_the_whole_expression() -> None:
    expression = "select " + "x" * 3000
    params = oss_create_select_object_params(None)
    xml = built(oss_build_select_object_body, expression, params)
    encoded = xml.split("<Expression>")[1].split("</Expression>")[0]
    assert base64.b64decode(encoded).decode() == expression
    assert xml.endswith(
        "</Expression><OutputSerialization><OutputHeader>false</OutputHeader></OutputSerialization><Options>"
        "<SkipPartialDataRecord>false</SkipPartialDataRecord></Options></SelectRequest>\n"
    )


def test_a_select_request_sends_what_is_set() -> None:
    params = oss_create_select_object_params(None)
    params.input_param.compression_type, params.input_param.quote_character = "GZIP", '"'
    params.output_param.field_delimiter, params.output_param.keep_all_columns = "\t", 0
    assert built(oss_build_select_object_body, None, params) == (
        f"{PROLOG}<SelectRequest><Expression></Expression><InputSerialization><CompressionType>GZIP</CompressionType>"
        "<CSV><QuoteCharacter>Ig==</QuoteCharacter></CSV></InputSerialization><OutputSerialization><CSV>"
        "<FieldDelimiter>CQ==</FieldDelimiter></CSV><KeepAllColumns>false</KeepAllColumns><OutputHeader>false"
        "</OutputHeader></OutputSerialization><Options><SkipPartialDataRecord>false</SkipPartialDataRecord></Options>"
        "</SelectRequest>\n"
    )


@pytest.mark.parametrize(("given_type", "sent"), [(None, "None"), ("", "None"), ("None", "None"), ("GZIP", "GZIP")])
def test_create_meta_sends_its_compression_type(given_type: str | None, sent: str) -> None:
    params = oss_create_select_object_meta_params(None)
    params.compression_type, params.record_delimiter, params.over_write_if_existing = given_type, "\n", 0
    assert built(oss_build_create_select_object_meta_body, params) == (
        f"{PROLOG}<CsvMetaRequest><InputSerialization><CompressionType>{sent}</CompressionType><CSV><RecordDelimiter>"
        "Cg==</RecordDelimiter></CSV></InputSerialization><OverwriteIfExists>false</OverwriteIfExists></CsvMetaRequest>\n"
    )


def test_select_without_settings_sends_nothing() -> None:
    body = new_list()
    oss_build_select_object_body(None, "select 1", None, body)
    oss_build_create_select_object_meta_body(None, None, body)
    assert aos_list_empty(body) == 1


@pytest.mark.parametrize("key", ["a\x01", "\x00", "a\udcff", "\ufffe"])
def test_a_key_that_xml_cannot_carry_is_refused_and_nothing_is_appended(key: str) -> None:
    body = new_list()
    with pytest.raises(ValueError, match=r"U\+"):
        build_delete_objects_body(None, new_list([made(oss_object_key_t, key=key)]), 0, body)
    assert aos_list_empty(body) == 1


def test_null_lists_and_structs_are_named() -> None:
    null: Any = None
    calls: list[tuple[Callable[[], Any], str]] = [
        (lambda: build_lifecycle_xml(None, null), "lifecycle_rule_list"),
        (lambda: build_objects_xml(None, new_list(), null), "quiet"),
        (lambda: build_website_config_body(None, null, new_list()), "website_config"),
        (lambda: build_object_tagging_body(None, new_list(), null), "body"),
    ]
    for write, name in calls:
        with pytest.raises(ValueError, match=f"{name} must not be None"):
            write()
    with pytest.raises(TypeError, match="config"):
        build_create_live_channel_xml(None, oss_website_config_t())  # type: ignore[arg-type]


# --- read


def test_a_listing_of_objects() -> None:
    objects, prefixes, marker, truncated = new_list(), new_list(), aos_string_t(), aos_ref_t(-7)
    xml = """<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://doc.oss.example.com">
  <Name>b</Name><IsTruncated>true</IsTruncated><NextMarker>n&amp;m</NextMarker>
  <Contents><Key>k 1</Key><LastModified>l</LastModified><ETag>"e"</ETag><Type>Normal</Type><Size>20</Size>
    <StorageClass>IA</StorageClass><Owner><ID>1</ID><DisplayName>me</DisplayName></Owner></Contents>
  <Contents><Key>100%+</Key><RestoreInfo><Key>nested</Key></RestoreInfo></Contents>
  <CommonPrefixes><Prefix>p/</Prefix></CommonPrefixes>
</ListBucketResult>"""
    for pieces in (1, 7):
        body = body_of(xml, pieces=pieces)
        assert oss_list_objects_parse_from_body(None, body, objects, prefixes, marker, truncated) == AOSE_OK
    names = ("key", "etag", "size", "owner_id", "owner_display_name", "storage_class", "type")
    first, second = ("k 1", '"e"', "20", "1", "me", "IA", "Normal"), ("100%+", *[None] * 6)
    assert texts(objects, *names) == [first, second] * 2, "the second page is appended to the first"
    assert (texts(prefixes, "prefix"), marker.data, truncated.value) == (["p/"] * 2, "n&m", 1)


def test_keys_are_decoded_where_the_answer_says_so() -> None:
    plain = "<R>{}<Contents><Key>a%20b+c%FF</Key></Contents><CommonPrefixes><Prefix>%2F</Prefix></CommonPrefixes></R>"
    for mark, keys, prefix in [("", ["a%20b+c%FF"], "%2F"), ("<EncodingType>url</EncodingType>", ["a b c\udcff"], "/")]:
        objects, prefixes = new_list(), new_list()
        oss_list_objects_parse_from_body(None, body_of(plain.format(mark)), objects, prefixes, None, None)
        assert (texts(objects, "key"), texts(prefixes, "prefix")) == (keys, [prefix])


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ("", 0),
        ("<IsTruncated/>", 0),
        ("<IsTruncated>false</IsTruncated>", 0),
        ("<IsTruncated>False</IsTruncated>", 0),
        ("<IsTruncated>true</IsTruncated>", 1),
        ("<IsTruncated>1</IsTruncated>", 1),
    ],
)
def test_is_truncated(element: str, expected: int) -> None:
    truncated = aos_ref_t(-7)
    assert oss_list_parts_parse_from_body(None, body_of(f"<R>{element}</R>"), None, None, truncated) == AOSE_OK
    assert truncated.value == expected


def test_what_is_absent_or_empty_leaves_the_marker() -> None:
    key, upload = aos_string_t("old"), aos_string_t("old")
    body = body_of("<R><NextKeyMarker/><Upload><Key>k</Key></Upload></R>")
    uploads = new_list()
    assert oss_list_multipart_uploads_parse_from_body(None, body, uploads, key, upload, None) == AOSE_OK
    assert (key.data, upload.data, texts(uploads, "key", "upload_id")) == ("old", "old", [("k", None)])


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "x",
        "<a>",
        "<a></b>",
        "<a>&e;</a>",
        "<!DOCTYPE a><a/>",
        "<a/><b/>",
        b"<a>\xff</a>",
        b"<a>\0</a>",
        "<a>" * 9999,
    ],
)
def test_a_body_that_is_not_xml_changes_nothing(bad: str | bytes) -> None:
    objects, marker, truncated = new_list([oss_list_object_content_t()]), aos_string_t("old"), aos_ref_t(-7)
    result = oss_list_objects_parse_from_body(None, body_of(bad), objects, new_list(), marker, truncated)
    assert (result, len(objects), marker.data, truncated.value) == (AOSE_XML_PARSE_ERROR, 1, "old", -7)


def test_null_bodies_are_refused_and_null_results_unwanted() -> None:
    null: Any = None
    assert oss_acl_parse_from_body(None, null, aos_string_t()) == AOSE_INVALID_ARGUMENT
    assert oss_acl_parse_from_body(None, body_of("<A><Grant>x</Grant></A>"), null) == AOSE_OK
    assert oss_get_bucket_stat_parse_from_body(None, body_of("<A/>"), null) == AOSE_OK
    assert oss_storage_capacity_parse_from_body(None, body_of("<A/>"), null) == AOSE_OK


@pytest.mark.parametrize(
    "xml",
    [
        "<Grant>private</Grant>",
        "<AccessControlPolicy><AccessControlList><Grant>private</Grant></AccessControlList></AccessControlPolicy>",
        "<A><Owner><Other><Grant>deeper</Grant></Other></Owner><Grant>private</Grant></A>",
        "<A><Grant><![CDATA[private]]></Grant></A>",
        "<x:A><x:Grant>pri<!-- -->vate</x:Grant></x:A>",
    ],
)
def test_the_grant_is_found_where_it_is(xml: str) -> None:
    acl = aos_string_t()
    assert oss_acl_parse_from_body(None, body_of(xml), acl) == AOSE_OK
    assert acl.data == "private"


def test_a_bare_location_is_found() -> None:
    location = aos_string_t()
    oss_location_parse_from_body(None, body_of("<LocationConstraint>oss-x</LocationConstraint>"), location)
    assert location.data == "oss-x"


@pytest.mark.parametrize(
    ("digits", "expected"),
    [
        ("5", 5),
        (" -1\n", -1),
        ("+7", 7),
        (str(2**63 - 1), 2**63 - 1),
        (str(2**63), -7),
        ("5x", -7),
        ("1e3", -7),
        ("1_0", -7),
        ("٣", -7),
        ("²", -7),
        ("9" * 5000, -7),
        ("", -7),
        ("0x10", -7),
    ],
)
def test_only_numbers_that_fit_are_taken(digits: str, expected: int) -> None:
    capacity = aos_ref_t(-7)
    body = body_of(f"<Q><StorageCapacity>{digits}</StorageCapacity></Q>")
    assert oss_storage_capacity_parse_from_body(None, body, capacity) == AOSE_OK
    assert capacity.value == expected


def test_counts_of_a_bucket_do_not_wrap() -> None:
    stat = made(oss_bucket_stat_t, storage_in_bytes=1, object_count=2)
    body = body_of(f"<S><Storage>{2**64 - 1}</Storage><ObjectCount>{2**64}</ObjectCount></S>")
    assert oss_get_bucket_stat_parse_from_body(None, body, stat) == AOSE_OK
    assert (stat.storage_in_bytes, stat.object_count) == (2**64 - 1, 2)


def test_bucket_info_and_buckets() -> None:
    info, params = oss_bucket_info_t(), oss_create_list_buckets_params(None)
    oss_get_bucket_info_parse_from_body(
        None,
        body_of(
            "<BucketInfo><Bucket><CreationDate>c</CreationDate><Location>l</Location><StorageClass>IA</StorageClass>"
            "<Owner><DisplayName>n</DisplayName><ID>1</ID></Owner><AccessControlList><Grant>g</Grant></AccessControlList>"
            "</Bucket></BucketInfo>"
        ),
        info,
    )
    assert [str(x) for x in (info.created_date, info.location, info.storage_class)] == ["c", "l", "IA"]
    assert [str(x) for x in (info.owner_name, info.owner_id, info.acl)] == ["n", "1", "g"]
    oss_list_buckets_parse_from_body(
        None,
        body_of(
            "<R><Owner><ID>1</ID><DisplayName>n</DisplayName></Owner><Buckets><Bucket><Name>b1</Name></Bucket>"
            "<Bucket><Name>b2</Name><Location>l</Location></Bucket></Buckets><IsTruncated>true</IsTruncated></R>"
        ),
        params,
    )
    assert texts(params.bucket_list, "name", "location") == [("b1", None), ("b2", "l")]
    assert (params.owner_id.data, params.owner_name.data, params.truncated) == ("1", "n", 1)


def test_deleted_keys() -> None:
    keys = new_list()
    oss_delete_objects_parse_from_body(None, body_of("<R><Deleted><Key>100%+</Key></Deleted><Deleted/></R>"), keys)
    encoded = "<R><EncodingType>url</EncodingType><Deleted><Key>a%20b%2Bc+d</Key></Deleted></R>"
    oss_delete_objects_parse_from_body(None, body_of(encoded), keys)
    assert texts(keys, "key") == ["100%+", None, "a b+c d"]


def test_an_empty_date_is_an_empty_text() -> None:
    rules = new_list()
    body = body_of("<L><Rule><Prefix/><Expiration><Date/></Expiration><Filter><Prefix>f</Prefix></Filter></Rule></L>")
    assert oss_lifecycle_rules_parse_from_body(None, body, rules) == AOSE_OK
    (only,) = rules
    assert (only.date.data, only.days, only.prefix.data) == ("", INT_MAX, "")


def test_a_referer_blacklist_is_not_the_list() -> None:
    config = oss_referer_config_t()
    oss_get_bucket_referer_config_parse_from_body(
        None,
        body_of(
            "<R><AllowEmptyReferer>true</AllowEmptyReferer><RefererList><Referer>good</Referer><Referer/></RefererList>"
            "<RefererBlacklist><Referer>bad</Referer></RefererBlacklist></R>"
        ),
        config,
    )
    assert (texts(config.referer_list, "referer"), config.allow_empty_referer) == (["good"], 1)


def test_live_channels() -> None:
    channels, marker, truncated = new_list(), aos_string_t(), aos_ref_t(0)
    body = body_of(
        "<L><IsTruncated>true</IsTruncated><NextMarker>m</NextMarker><LiveChannel><Name>n</Name><Status>s</Status>"
        "<LastModified/><PublishUrls><Url>a</Url><Url/></PublishUrls></LiveChannel></L>"
    )
    assert oss_list_live_channel_parse_from_body(None, body, channels, marker, truncated) == AOSE_OK
    (only,) = channels
    assert (only.name.data, only.description.data, str(only.last_modified)) == ("n", "", "")
    assert (texts(only.publish_url_list, "publish_url"), len(only.play_url_list)) == (["a", None], 0)
    assert (marker.data, truncated.value) == ("m", 1)
    publish, play, records = new_list(), new_list(), new_list()
    oss_create_live_channel_parse_from_body(None, body_of("<C><PlayUrls><Url>u</Url></PlayUrls></C>"), publish, play)
    assert (len(publish), texts(play, "play_url")) == (0, ["u"])
    history = "<H><LiveRecord><StartTime>s</StartTime><RemoteAddr></RemoteAddr></LiveRecord></H>"
    oss_live_channel_history_parse_from_body(None, body_of(history), records)
    assert texts(records, "start_time", "end_time", "remote_addr") == [("s", None, None)]
    stat = oss_live_channel_stat_t()
    oss_live_channel_stat_parse_from_body(
        None,
        body_of("<S><Status>Live</Status><Video><Width>9</Width></Video><Audio><Bandwidth>2</Bandwidth></Audio></S>"),
        stat,
    )
    assert (stat.pushflow_status.data, stat.video_stat.width, stat.audio_stat.band_width) == ("Live", 9, 2)
    assert stat.video_stat.band_width == 0


def test_upload_id() -> None:
    upload_id = aos_string_t("old")
    oss_upload_id_parse_from_body(None, body_of("<R><UploadId></UploadId></R>"), upload_id)
    assert upload_id.data == "old"
    oss_upload_id_parse_from_body(None, body_of("<R><UploadId>a&amp;b</UploadId></R>"), upload_id)
    assert upload_id.data == "a&b"


# --- written and read back


@settings(deadline=None)
@given(st.lists(st.tuples(MAYBE, MAYBE), max_size=4))
def test_tags_come_back(tags: list[tuple[str | None, str | None]]) -> None:
    head, back = new_list(made(oss_tag_content_t, key=key, value=value) for key, value in tags), new_list()
    assert oss_get_tagging_parse_from_body(None, body_of(build_object_tagging_xml(None, head)), back) == AOSE_OK
    assert texts(back, "key", "value") == tags


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.lists(TEXT, max_size=3)] * 4, st.integers(-5, INT_MAX)), max_size=3))
def test_cors_rules_come_back(rules: list[Any]) -> None:
    names = ("allowed_origin_list", "allowed_method_list", "allowed_head_list", "expose_head_list")
    head, back = new_list(), new_list()
    for *lists, seconds in rules:
        entry = made(lambda: oss_create_cors_rule(None), max_age_seconds=seconds)
        for name, values in zip(names, lists, strict=True):
            for value in values:
                oss_create_sub_cors_rule(None, getattr(entry, name), value)
        aos_list_add_tail(entry.node, head)
    assert oss_get_bucket_cors_parse_from_body(None, body_of(build_cors_rule_xml(None, head)), back) == AOSE_OK
    got = [(*(texts(getattr(entry, name), "rule") for name in names), entry.max_age_seconds) for entry in back]
    assert got == rules


@settings(deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT, TEXT, st.integers(0, INT_MAX - 1), TEXT, st.lists(TEXT, max_size=2)), max_size=3))
def test_lifecycle_rules_come_back(rules: list[Any]) -> None:
    head, back = new_list(), new_list()
    for id_, prefix, status, days, before, tags in rules:
        entry = rule(id=id_, prefix=prefix, status=status, days=days)
        entry.abort_multipart_upload_dt.created_before_date = before
        for tag in tags:
            aos_list_add_tail(made(oss_tag_content_t, key=tag, value=tag).node, entry.tag_list)
        aos_list_add_tail(entry.node, head)
    assert oss_lifecycle_rules_parse_from_body(None, body_of(build_lifecycle_xml(None, head)), back) == AOSE_OK
    assert rules == [
        (
            *(str(getattr(entry, name)) for name in ("id", "prefix", "status")),
            entry.days,
            str(entry.abort_multipart_upload_dt.created_before_date),
            texts(entry.tag_list, "key"),
        )
        for entry in back
    ]


@settings(deadline=None)
@given(MAYBE, MAYBE)
def test_website_and_logging_come_back(one: str | None, other: str | None) -> None:
    site, log = oss_website_config_t(), oss_logging_config_content_t()
    xml = build_website_config_xml(None, made(oss_website_config_t, suffix_str=one, key_str=other))
    assert oss_get_bucket_website_parse_from_body(None, body_of(xml), site) == AOSE_OK
    assert (site.suffix_str.data, site.key_str.data) == (one, other)
    xml = build_bucket_logging_xml(None, made(oss_logging_config_content_t, target_bucket=one, prefix=other))
    assert oss_logging_parse_from_body(None, body_of(xml), log) == AOSE_OK
    assert (log.target_bucket.data, log.prefix.data, log.logging_enabled) == (one, other, 1)


@settings(deadline=None)
@given(st.lists(TEXT, max_size=3), st.integers(0, 1))
def test_referers_come_back(referers: list[str], allow: int) -> None:
    config, back = made(oss_referer_config_t, allow_empty_referer=allow), oss_referer_config_t()
    for referer in referers:
        oss_create_and_add_refer(None, config, referer)
    xml = build_referer_config_xml(None, config)
    assert oss_get_bucket_referer_config_parse_from_body(None, body_of(xml), back) == AOSE_OK
    assert (texts(back.referer_list, "referer"), back.allow_empty_referer) == (referers, allow)


@settings(deadline=None)
@given(TEXT, TEXT, TEXT, st.integers(-(2**31), INT_MAX), st.integers(-(2**31), INT_MAX))
def test_live_channel_settings_come_back(description: str, status: str, name: str, duration: int, count: int) -> None:
    config = made(oss_live_channel_configuration_t, description=description, status=status)
    target = config.target
    target.type, target.play_list_name, target.frag_duration, target.frag_count = status, name, duration, count
    back = oss_create_live_channel_configuration_content(None)
    xml = build_create_live_channel_xml(None, config)
    assert oss_live_channel_info_parse_from_body(None, body_of(xml), back) == AOSE_OK
    assert (str(back.description), str(back.status), str(back.target.play_list_name)) == (description, status, name)
    assert (str(back.target.type), back.target.frag_duration, back.target.frag_count) == (status, duration, count)


@settings(deadline=None)
@given(st.integers(-(2**63), 2**63 - 1))
def test_capacity_comes_back(number: int) -> None:
    capacity = aos_ref_t(0)
    xml = built(build_bucket_storage_capacity_body, number)
    assert oss_storage_capacity_parse_from_body(None, body_of(xml), capacity) == AOSE_OK
    assert capacity.value == number


@settings(deadline=None)
@given(st.binary(max_size=120))
def test_arbitrary_bodies_are_read_or_refused(data: bytes) -> None:
    for read in (oss_get_bucket_cors_parse_from_body, oss_lifecycle_rules_parse_from_body):
        assert read(None, body_of(data), new_list()) in (AOSE_OK, AOSE_XML_PARSE_ERROR)
