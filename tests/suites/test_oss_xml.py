"""The cases of the C SDK's suite ``test_oss_xml``, by its names.

What takes Mini-XML nodes there is tried through the document that such a node stands in.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import pytest

from aos._c import xml
from aos._c.structs import CStruct
from oss.oss_api import *
from oss.oss_xml import *
from tests.service import content, new_list

PROLOG = '<?xml version = "1.0" encoding = "UTF-8"?>\n'
BUILT = '<?xml version="1.0" encoding="utf-8"?>'
FOREIGN = "<Invalid></Invalid>"
UNTOUCHED: dict[str, Any] = {}
NOTHING_TO_READ = {FOREIGN: UNTOUCHED}
Results = dict[str, Callable[..., Any]]


def plain(value: Any) -> Any:
    """A result as texts, numbers, lists and dicts."""
    if isinstance(value, aos_ref_t):
        return value.value
    if isinstance(value, aos_string_t):
        return value.data
    if isinstance(value, aos_list_t):
        return [plain(entry) for entry in value]
    if isinstance(value, CStruct):
        return {field.name: plain(getattr(value, field.name)) for field in value.c_fields if field.name != "node"}
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return value


def old(kind: type[CStruct]) -> Any:
    """A struct that holds something in every field but its lists."""
    made = kind()
    for field in kind.c_fields:
        value = getattr(made, field.name)
        if isinstance(value, aos_string_t):
            value.data = "old"
        elif isinstance(value, int):
            setattr(made, field.name, 2)
        elif not isinstance(value, aos_list_t):
            setattr(made, field.name, old(type(value)))
    return made


def changed(before: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return before | {
        name: changed(before[name], value) if isinstance(value, dict) else value for name, value in changes.items()
    }


def entry(new: CStruct, **fields: Any) -> dict[str, Any]:
    """What a list entry holds: what a new one of its kind does, but for ``fields``."""
    return {**plain(new), **fields}


def page(name: str, new: CStruct, **fields: Any) -> dict[str, Any]:
    """The last page of a listing, with one entry."""
    return {"truncated": 0, name: [entry(new, **fields)]}


class Case(NamedTuple):
    """A parser, its results by their C names, and what documents change in them."""

    parse: Callable[..., int]
    results: Results
    documents: dict[str, dict[str, Any]] = NOTHING_TO_READ


TEXT = partial(aos_string_t, "old")
NUMBER = partial(aos_ref_t, 2)
NOT_MORE = {"truncated": 0}

LISTING: Results = {"object_list": new_list, "common_prefix_list": new_list, "marker": TEXT, "truncated": NUMBER}
PARTS: Results = {"part_list": new_list, "part_number_marker": TEXT, "truncated": NUMBER}
UPLOADS: Results = {"upload_list": new_list, "key_marker": TEXT, "upload_id_marker": TEXT, "truncated": NUMBER}
URLS: Results = {"publish_url_list": new_list, "play_url_list": new_list}
CHANNELS: Results = {"live_channel_list": new_list, "next_marker": TEXT, "truncated": NUMBER}
RULES: Results = {"lifecycle_rule_list": new_list}
STAT: Results = {"stat": partial(old, oss_live_channel_stat_t)}
RECORDS: Results = {"live_record_list": new_list}


def contents(key: str, moment: str) -> tuple[str, dict[str, Any]]:
    """An object of a listing, and what is read of it."""
    owner = {"owner_id": "0022012****", "owner_display_name": "user-example"}
    rest = {"etag": '"5B3C1A2E053D763E1B002CC607C"', "type": "Normal", "size": "344606", "storage_class": "Standard"}
    return (
        f"<Contents>   <Key>{key}</Key>   <LastModified>{moment}</LastModified>"
        "   <ETag>&quot;5B3C1A2E053D763E1B002CC607C&quot;</ETag>   <Type>Normal</Type>   <Size>344606</Size>"
        "   <StorageClass>Standard</StorageClass>   <Owner>       <ID>0022012****</ID>"
        "       <DisplayName>user-example</DisplayName>   </Owner></Contents>"
    ), {"key": key, "last_modified": moment, **rest, **owner}


OBJECTS = [contents(f"fun/movie/{n}.avi", f"2012-02-24T08:43:{at}.000Z") for n, at in [("001", "07"), ("007", "27")]]
VIDEO = (
    "<Video><Width>1280</Width><Height>536</Height><FrameRate>24</FrameRate><Bandwidth>0</Bandwidth>"
    "<Codec>H264</Codec></Video>"
)
VIDEO_FIELDS = {"width": 1280, "height": 536, "frame_rate": 24, "band_width": 0, "codec": "H264"}
AUDIO = "<Audio><Bandwidth>0</Bandwidth><SampleRate>44100</SampleRate><Codec>ADPCM</Codec></Audio>"
AUDIO_FIELDS = {"band_width": 0, "sample_rate": 44100, "codec": "ADPCM"}
LIVE = {
    "pushflow_status": "Live",
    "connected_time": "2016-08-25T06:25:15.000Z",
    "remote_addr": "10.1.2.3:47745",
    "video_stat": VIDEO_FIELDS,
    "audio_stat": AUDIO_FIELDS,
}


def record(start: str, end: str, port: int) -> tuple[str, dict[str, Any]]:
    """The elements of a push, and what is read of them."""
    start, end, address = f"2016-07-30T01:{start}.000Z", f"2016-07-30T01:{end}.000Z", f"10.101.194.148:{port}"
    fields = {"start_time": start, "end_time": end, "remote_addr": address}
    return f"<StartTime>{start}</StartTime><EndTime>{end}</EndTime><RemoteAddr>{address}</RemoteAddr>", fields


TIMES = [("53:21", "53:31", 56861), ("53:35", "53:45", 57126), ("53:49", "53:59", 57577), ("54:04", "54:14", 57632)]
PUSHES = [record(*times) for times in TIMES]
BUCKET = entry(
    oss_list_bucket_content_t(),
    create_date="2015-12-17T18:12:43.000Z",
    location="oss-cn-shanghai",
    name="app-base-oss",
    storage_class="Standard",
)

CASES = {
    "test_oss_acl_parse_from_body_negative": Case(
        oss_acl_parse_from_body, {"oss_acl": TEXT}, {FOREIGN: UNTOUCHED, "<A><Grant/></A>": UNTOUCHED}
    ),
    "test_oss_location_parse_from_body_negative": Case(
        oss_location_parse_from_body, {"oss_location": TEXT}, {FOREIGN: UNTOUCHED, "<LocationConstraint/>": UNTOUCHED}
    ),
    "test_oss_storage_capacity_parse_from_body_negative": Case(
        oss_storage_capacity_parse_from_body, {"storage_capacity": NUMBER}
    ),
    "test_oss_logging_parse_from_body_negative": Case(
        oss_logging_parse_from_body,
        {"logging_content": partial(old, oss_logging_config_content_t)},
        {FOREIGN: UNTOUCHED, "<BucketLoggingStatus></BucketLoggingStatus>": UNTOUCHED},
    ),
    "test_oss_list_objects_owner_parse_negative": Case(
        oss_list_objects_parse_from_body,
        LISTING,
        {
            "<R><Contents><Key>k</Key><Owner><Invalid/></Owner></Contents></R>": page(
                "object_list", oss_list_object_content_t(), key="k"
            )
        },
    ),
    "test_oss_list_objects_content_parse_negative": Case(
        oss_list_objects_parse_from_body,
        LISTING,
        {"<R><Contents><Invalid/></Contents></R>": page("object_list", oss_list_object_content_t())},
    ),
    "test_oss_list_objects_prefix_parse_negative": Case(
        oss_list_objects_parse_from_body,
        LISTING,
        {
            "<R><CommonPrefixes><Invalid/></CommonPrefixes></R>": page(
                "common_prefix_list", oss_list_object_common_prefix_t()
            )
        },
    ),
    "test_oss_list_objects_parse_from_body_negative": Case(
        oss_list_objects_parse_from_body,
        LISTING,
        {
            FOREIGN: NOT_MORE,
            "<ListBucketResult><Name>oss-example</Name><Prefix>Prefix</Prefix><Marker>Marker</Marker>"
            "<MaxKeys>100</MaxKeys><Delimiter>/</Delimiter><IsTruncated>false</IsTruncated>"
            f"<NextMarker>nextMarker</NextMarker>{OBJECTS[0][0]}{OBJECTS[1][0]}</ListBucketResult>": {
                **NOT_MORE,
                "marker": "nextMarker",
                "object_list": [fields for _, fields in OBJECTS],
            },
        },
    ),
    "test_oss_list_buckets_parse_from_body_negative": Case(
        oss_list_buckets_parse_from_body,
        {"params": partial(old, oss_list_buckets_params_t)},
        {
            FOREIGN: {"params": NOT_MORE},
            "<ListAllMyBucketsResult><Buckets><Bucket></Bucket></Buckets></ListAllMyBucketsResult>": {
                "params": page("bucket_list", oss_list_bucket_content_t())
            },
            "<ListAllMyBucketsResult>  <Owner><ID>512**</ID>  <DisplayName>51264</DisplayName></Owner>  <Buckets>"
            "<Bucket><CreationDate>2015-12-17T18:12:43.000Z</CreationDate><ExtranetEndpoint></ExtranetEndpoint>"
            "<IntranetEndpoint></IntranetEndpoint><Location>oss-cn-shanghai</Location><Name>app-base-oss</Name>"
            "<StorageClass>Standard</StorageClass></Bucket></Buckets></ListAllMyBucketsResult>": {
                "params": {**NOT_MORE, "owner_id": "512**", "owner_name": "51264", "bucket_list": [BUCKET]}
            },
        },
    ),
    "test_oss_get_bucket_info_parse_from_body_negative": Case(
        oss_get_bucket_info_parse_from_body, {"bucket_info": partial(old, oss_bucket_info_t)}
    ),
    "test_oss_get_bucket_stat_parse_from_body_negative": Case(
        oss_get_bucket_stat_parse_from_body, {"bucket_stat": partial(old, oss_bucket_stat_t)}
    ),
    "test_oss_get_bucket_website_parse_from_body_negative": Case(
        oss_get_bucket_website_parse_from_body, {"website_config": partial(old, oss_website_config_t)}
    ),
    "test_oss_get_bucket_referer_config_parse_from_body_negative": Case(
        oss_get_bucket_referer_config_parse_from_body,
        {"referer_config": partial(old, oss_referer_config_t)},
        {
            FOREIGN: UNTOUCHED,
            "<RefererConfiguration>    <AllowEmptyReferer>false</AllowEmptyReferer>    <RefererList>"
            "        <Referer>http://abc.com</Referer>        <Referer>http://www.*.com</Referer>    </RefererList>"
            "</RefererConfiguration>": {
                "referer_config": {
                    "allow_empty_referer": 0,
                    "referer_list": [{"referer": "http://abc.com"}, {"referer": "http://www.*.com"}],
                }
            },
        },
    ),
    "test_oss_cors_rule_content_parse_negative": Case(
        oss_get_bucket_cors_parse_from_body,
        {"rule_list": new_list},
        {"<R><CORSRule><Invalid/></CORSRule></R>": {"rule_list": [entry(oss_create_cors_rule(None))]}},
    ),
    "test_oss_get_bucket_cors_parse_from_body_negative": Case(
        oss_get_bucket_cors_parse_from_body,
        {"rule_list": new_list},
        {
            FOREIGN: UNTOUCHED,
            "<CORSConfiguration>    <CORSRule>      <AllowedOrigin>abc</AllowedOrigin>"
            "      <AllowedMethod>GET</AllowedMethod>      <AllowedHeader>*</AllowedHeader>"
            "      <ExposeHeader>x-oss-test</ExposeHeader>      <MaxAgeSeconds>100</MaxAgeSeconds>    </CORSRule>"
            "</CORSConfiguration>": {
                "rule_list": [
                    {
                        "allowed_origin_list": [{"rule": "abc"}],
                        "allowed_method_list": [{"rule": "GET"}],
                        "allowed_head_list": [{"rule": "*"}],
                        "expose_head_list": [{"rule": "x-oss-test"}],
                        "max_age_seconds": 100,
                    }
                ]
            },
        },
    ),
    "test_oss_list_parts_content_parse_negative": Case(
        oss_list_parts_parse_from_body,
        PARTS,
        {"<R><Part><Invalid/></Part></R>": page("part_list", oss_list_part_content_t())},
    ),
    "test_oss_list_parts_parse_from_body_negative": Case(oss_list_parts_parse_from_body, PARTS, {FOREIGN: NOT_MORE}),
    "test_oss_list_multipart_uploads_content_parse_negative": Case(
        oss_list_multipart_uploads_parse_from_body,
        UPLOADS,
        {"<R><Upload><Invalid/></Upload></R>": page("upload_list", oss_list_multipart_upload_content_t())},
    ),
    "test_oss_list_multipart_uploads_parse_from_body_negative": Case(
        oss_list_multipart_uploads_parse_from_body, UPLOADS, {FOREIGN: NOT_MORE}
    ),
    "test_oss_upload_id_parse_from_body_negative": Case(oss_upload_id_parse_from_body, {"upload_id": TEXT}),
    "test_oss_lifecycle_rule_content_parse_negative": Case(
        oss_lifecycle_rules_parse_from_body,
        RULES,
        {"<R><Rule><Invalid/></Rule></R>": {"lifecycle_rule_list": [entry(oss_create_lifecycle_rule_content(None))]}},
    ),
    "test_oss_live_channel_info_parse_from_body_negative": Case(
        oss_live_channel_info_parse_from_body,
        {"info": partial(old, oss_live_channel_configuration_t)},
        {
            FOREIGN: UNTOUCHED,
            "<LiveChannelConfiguration></LiveChannelConfiguration>": UNTOUCHED,
            "<LiveChannelConfiguration><Target></Target></LiveChannelConfiguration>": UNTOUCHED,
        },
    ),
    "test_oss_live_channel_stat_video_content_parse": Case(
        oss_live_channel_stat_parse_from_body,
        STAT,
        {"<R><Video><Invalid/></Video></R>": UNTOUCHED, f"<R>{VIDEO}</R>": {"stat": {"video_stat": VIDEO_FIELDS}}},
    ),
    "test_oss_live_channel_stat_audio_content_parse": Case(
        oss_live_channel_stat_parse_from_body,
        STAT,
        {"<R><Audio><Invalid/></Audio></R>": UNTOUCHED, f"<R>{AUDIO}</R>": {"stat": {"audio_stat": AUDIO_FIELDS}}},
    ),
    "test_oss_live_channel_stat_parse_from_body_negative": Case(
        oss_live_channel_stat_parse_from_body,
        STAT,
        {
            FOREIGN: UNTOUCHED,
            "<LiveChannelStat></LiveChannelStat>": UNTOUCHED,
            "<LiveChannelStat>  <Status>Live</Status>  <ConnectedTime>2016-08-25T06:25:15.000Z</ConnectedTime>"
            f"  <RemoteAddr>10.1.2.3:47745</RemoteAddr>  {VIDEO}  {AUDIO}</LiveChannelStat>": {"stat": LIVE},
        },
    ),
    "test_oss_list_live_channel_parse_from_body_negative": Case(
        oss_list_live_channel_parse_from_body,
        CHANNELS,
        {
            FOREIGN: NOT_MORE,
            "<LiveChannel></LiveChannel>": NOT_MORE,
            "<ListLiveChannelResult>  <Prefix></Prefix>  <Marker></Marker>  <MaxKeys>1</MaxKeys>"
            "  <IsTruncated>true</IsTruncated>  <NextMarker>channel-0</NextMarker>  <LiveChannel>"
            "<Name>channel-0</Name><Description></Description><Status>disabled</Status>"
            "<LastModified>2016-07-30T01:54:21.000Z</LastModified>"
            "<PublishUrls><Url>rtmp://b.oss.example.com/live/channel-0</Url></PublishUrls>"
            "<PlayUrls><Url>http://b.oss.example.com/channel-0/playlist.m3u8</Url></PlayUrls>"
            "  </LiveChannel></ListLiveChannelResult>": {
                "truncated": 1,
                "next_marker": "channel-0",
                "live_channel_list": [
                    {
                        "name": "channel-0",
                        "description": "",
                        "status": "disabled",
                        "last_modified": "2016-07-30T01:54:21.000Z",
                        "publish_url_list": [{"publish_url": "rtmp://b.oss.example.com/live/channel-0"}],
                        "play_url_list": [{"play_url": "http://b.oss.example.com/channel-0/playlist.m3u8"}],
                    }
                ],
            },
        },
    ),
    "test_oss_live_channel_history_content_parse": Case(
        oss_live_channel_history_parse_from_body,
        RECORDS,
        {
            "<R><LiveRecord><Invalid/></LiveRecord></R>": {"live_record_list": [entry(oss_live_record_content_t())]},
            f"<R><LiveRecord>{PUSHES[0][0]}</LiveRecord></R>": {"live_record_list": [PUSHES[0][1]]},
        },
    ),
    "test_oss_live_channel_history_parse_from_body": Case(
        oss_live_channel_history_parse_from_body,
        RECORDS,
        {
            FOREIGN: UNTOUCHED,
            f"<H>{''.join(f'<LiveRecord>{xml}</LiveRecord>' for xml, _ in PUSHES)}</H>": {
                "live_record_list": [fields for _, fields in PUSHES]
            },
        },
    ),
    "test_oss_create_live_channel_parse_from_body": Case(oss_create_live_channel_parse_from_body, URLS),
    "test_oss_publish_url_parse": Case(
        oss_create_live_channel_parse_from_body,
        URLS,
        {"<R><PlayUrls><Url>u</Url></PlayUrls></R>": {"play_url_list": [{"play_url": "u"}]}},
    ),
    "test_oss_play_url_parse": Case(
        oss_create_live_channel_parse_from_body,
        URLS,
        {"<R><PublishUrls><Url>u</Url></PublishUrls></R>": {"publish_url_list": [{"publish_url": "u"}]}},
    ),
    "test_oss_get_tagging_parse_from_body_negative": Case(
        oss_get_tagging_parse_from_body,
        {"tag_list": new_list},
        {FOREIGN: UNTOUCHED, "<Tagging></Tagging>": UNTOUCHED, "<Tagging><TagSet/></Tagging>": UNTOUCHED},
    ),
    "test_oss_lifecycle_rules_parse_from_body_negative": Case(oss_lifecycle_rules_parse_from_body, RULES),
    "test_oss_lifecycle_rule_tag_parse_negative": Case(
        oss_lifecycle_rules_parse_from_body,
        RULES,
        {
            "<R><Rule><Tag><Invalid/></Tag></Rule></R>": {
                "lifecycle_rule_list": [
                    entry(oss_create_lifecycle_rule_content(None), tag_list=[entry(oss_tag_content_t())])
                ]
            }
        },
    ),
    "test_oss_delete_objects_parse_from_body_negative": Case(
        oss_delete_objects_parse_from_body,
        {"object_list": new_list},
        {
            FOREIGN: UNTOUCHED,
            "<DeleteResult>    <Deleted>    </Deleted>    <Deleted>       <Key>test.jpg</Key>    </Deleted>"
            "</DeleteResult>": {"object_list": [{"key": None}, {"key": "test.jpg"}]},
        },
    ),
}


@pytest.mark.parametrize("tried", CASES.values(), ids=CASES.keys())
def test_parse(tried: Case) -> None:
    pool = aos_pool_t()
    aos_pool_create(pool, None)
    wanted = [("invalid", AOSE_XML_PARSE_ERROR, UNTOUCHED)]
    wanted += [(PROLOG + document, AOSE_OK, changes) for document, changes in tried.documents.items()]
    for document, code, changes in wanted:
        for p in (pool, None):
            results = {name: make() for name, make in tried.results.items()}
            before = plain(results)
            assert tried.parse(p, new_list(document), **results) == code
            assert plain(results) == changed(before, changes), document
        assert tried.parse(None, new_list(document), **dict.fromkeys(tried.results)) == code, "NULL results"
    aos_pool_destroy(pool)


def test_get_xmldoc_negative() -> None:
    with pytest.raises(xml.XmlError):
        xml.parse(b"invalid")
    siblings = new_list(PROLOG + PUSHES[0][0])
    assert oss_live_channel_history_parse_from_body(None, siblings, new_list()) == AOSE_XML_PARSE_ERROR


def test_get_xmlnode_value() -> None:
    """A text, a number of 32 and of 64 bits, a truth: as they are without their element, then with it."""
    log, channel = old(oss_logging_config_content_t), old(oss_live_channel_configuration_t)
    stat, referers = old(oss_bucket_stat_t), old(oss_referer_config_t)

    def read(inner: str) -> tuple[Any, ...]:
        node = new_list(f"{PROLOG}<Invalid>{inner}</Invalid>")
        assert oss_logging_parse_from_body(None, node, log) == AOSE_OK
        assert oss_live_channel_info_parse_from_body(None, node, channel) == AOSE_OK
        assert oss_get_bucket_stat_parse_from_body(None, node, stat) == AOSE_OK
        assert oss_get_bucket_referer_config_parse_from_body(None, node, referers) == AOSE_OK
        return str(log.prefix), channel.target.frag_count, stat.storage_in_bytes, referers.allow_empty_referer

    assert read("") == ("old", 2, 2, 2)
    assert read(
        "<LoggingEnabled><TargetPrefix>p</TargetPrefix></LoggingEnabled><Target><FragCount>-5</FragCount></Target>"
        "<Storage>4294967296</Storage><AllowEmptyReferer>true</AllowEmptyReferer>"
    ) == ("p", -5, 2**32, 1)


def test_build_bucket_logging_body_negative() -> None:
    rule, body = oss_create_logging_rule_content(None), new_list()
    rule.target_bucket = rule.prefix = ""
    build_bucket_logging_body(None, rule, body)
    assert content(body).decode() == f"{BUILT}<BucketLoggingStatus><LoggingEnabled /></BucketLoggingStatus>\n"


def test_build_bucket_storage_class_negative() -> None:
    body = new_list()
    build_bucket_storage_class(None, OSS_STORAGE_CLASS_BUTT, body)
    assert aos_list_empty(body) == 1
    build_bucket_storage_class(None, OSS_STORAGE_CLASS_STANDARD, body)
    assert b"<StorageClass>Standard</StorageClass>" in content(body)


def test_oss_build_select_object_body() -> None:
    body = new_list()
    oss_build_select_object_body(None, None, None, body)
    oss_build_select_object_body(None, aos_string_t("select 1"), None, body)
    assert aos_list_empty(body) == 1
    oss_build_select_object_body(None, None, oss_create_select_object_params(None), body)
    assert b"<SelectRequest><Expression></Expression>" in content(body)


def test_oss_build_create_select_object_meta_body() -> None:
    body = new_list()
    oss_build_create_select_object_meta_body(None, None, body)
    assert aos_list_empty(body) == 1


@pytest.mark.parametrize(
    ("tier", "day", "name"),
    [(OSS_TIER_BULK, 3, "Bulk"), (OSS_TIER_EXPEDITED, 10, "Expedited"), (OSS_TIER_STANDARD, 1, "Standard")],
)
def test_oss_build_restore_object_body(tier: int, day: int, name: str) -> None:
    body = new_list()
    oss_build_restore_object_body(None, tier, day, body)
    assert f"<Days>{day}</Days>\n<JobParameters><Tier>{name}</Tier></JobParameters>" in content(body).decode()


def test_oss_get_bucket_info_parse_from_body_pasitive() -> None:
    info = oss_bucket_info_t()
    for grant, more, storage_class in (
        ("private", "", None),
        ("public-read", "<StorageClass>Archive</StorageClass>\n", "Archive"),
    ):
        document = (
            f"{PROLOG}<BucketInfo>\n<Bucket>\n<CreationDate>2013-07-31T10:56:21.000Z</CreationDate>\n"
            "<ExtranetEndpoint>oss-cn-hangzhou.example.com</ExtranetEndpoint>\n"
            "<IntranetEndpoint>oss-cn-hangzhou-internal.example.com</IntranetEndpoint>\n"
            "<Location>oss-cn-hangzhou</Location>\n<Name>oss-example</Name>\n<Owner>\n"
            "<DisplayName>username</DisplayName>\n<ID>27183473914****</ID>\n</Owner>\n<AccessControlList>\n"
            f"<Grant>{grant}</Grant>\n</AccessControlList>\n<Comment>test</Comment>\n{more}</Bucket>\n</BucketInfo>\n"
        )
        assert oss_get_bucket_info_parse_from_body(None, new_list(document), info) == AOSE_OK
        assert list(plain(info).values()) == [
            *("2013-07-31T10:56:21.000Z", "oss-cn-hangzhou.example.com", "oss-cn-hangzhou-internal.example.com"),
            *("oss-cn-hangzhou", "27183473914****", "username", grant, storage_class),
        ]
