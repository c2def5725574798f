"""Bucket configuration: the ACL, facts about the bucket, and the documents that are put, read back and deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from oss.local_server.context import STORAGE_CLASSES, Call, iso_time, whole
from oss.local_server.errors import OssError
from oss.local_server.handlers_bucket import bucket_acl
from oss.local_server.handlers_object import TAG_TEXT, check_tags
from oss.local_server.http_message import Headers, Response
from oss.local_server.xmldoc import Node, Value, document

__all__ = ["CONFIGS", "acl_document", "get_acl", "get_info", "get_location", "get_stat", "put_acl", "tags_of"]


def acl_document(call: Call, grant: str) -> Response:
    owner = call.bucket().owner
    return call.reply(
        "AccessControlPolicy",
        [("Owner", [("ID", owner), ("DisplayName", owner)]), ("AccessControlList", [("Grant", grant)])],
    )


def get_acl(call: Call) -> Response:
    return acl_document(call, call.bucket().acl)


def put_acl(call: Call) -> Response:
    acl = bucket_acl(call)
    if not acl:
        raise OssError("InvalidArgument", "no such bucket access control exists", ArgumentName="x-oss-acl")
    call.store.execute("UPDATE buckets SET acl=? WHERE name=?", acl, call.bucket_name)
    return Response()


def get_location(call: Call) -> Response:
    return call.reply("LocationConstraint", f"oss-{call.server.region}")


def get_info(call: Call) -> Response:
    bucket, host = call.bucket(), call.server.endpoint_host
    return call.reply(
        "BucketInfo",
        [
            (
                "Bucket",
                [
                    ("CreationDate", iso_time(bucket.created)),
                    ("ExtranetEndpoint", host),
                    ("IntranetEndpoint", host),
                    ("Location", f"oss-{call.server.region}"),
                    ("Name", bucket.name),
                    ("StorageClass", bucket.storage_class),
                    ("DataRedundancyType", bucket.redundancy),
                    ("Owner", [("DisplayName", bucket.owner), ("ID", bucket.owner)]),
                    ("AccessControlList", [("Grant", bucket.acl)]),
                    ("Comment", ""),
                    ("ServerSideEncryptionRule", [("SSEAlgorithm", "None")]),
                ],
            )
        ],
    )


# The names that the statistics have for the storage classes.
_STAT_NAMES = {name: "InfrequentAccess" if name == "IA" else name for name in STORAGE_CLASSES}


def get_stat(call: Call) -> Response:
    def count(sql: str) -> int:
        row = call.store.row(sql + " WHERE bucket=?", call.bucket_name)
        return int(row[0] or 0) if row else 0

    by_class: list[tuple[str, Value]] = []
    for storage_class, name in _STAT_NAMES.items():
        what = f"FROM objects WHERE storage_class='{storage_class}' AND bucket=?"
        row = call.store.row(f"SELECT SUM(size), COUNT(*) {what}", call.bucket_name)
        size, number = (row[0] or 0, row[1]) if row else (0, 0)
        by_class += [(f"{name}Storage", size), (f"{name}ObjectCount", number)]
        if storage_class != "Standard":
            by_class.append((f"{name}RealStorage", size))
    return call.reply(
        "BucketStat",
        [
            ("Storage", count("SELECT SUM(size) FROM objects")),
            ("ObjectCount", count("SELECT COUNT(*) FROM objects")),
            ("MultipartUploadCount", count("SELECT COUNT(*) FROM uploads")),
            ("LiveChannelCount", count("SELECT COUNT(*) FROM channels")),
            ("LastModifiedTime", count("SELECT MAX(modified) FROM objects")),
            *by_class,
        ],
    )


# documents


@dataclass(frozen=True)
class Config:
    """A kind of document: its root element, its check, and the answer of a bucket that has none."""

    kind: str
    root: str
    check: Callable[[Call, Node], None]
    default: Value = None
    missing: str = ""  # the error when there is neither a document nor a default
    deletable: bool = True

    def put(self, call: Call) -> Response:
        node = call.xml(self.root)
        self.check(call, node)
        call.store.set_config(call.bucket_name, self.kind, document(self.root, node.pairs()))
        return Response()

    def get(self, call: Call) -> Response:
        stored = call.store.config(call.bucket_name, self.kind)
        if stored is None and self.missing:
            raise OssError(self.missing, BucketName=call.bucket_name)
        body = document(self.root, self.default) if stored is None else stored
        return Response(200, Headers([("Content-Type", "application/xml")]), body)

    def delete(self, call: Call) -> Response:
        call.store.set_config(call.bucket_name, self.kind, None)
        return Response(204)


def _malformed(detail: str) -> OssError:
    return OssError("MalformedXML", ErrorDetail=detail)


def _check_website(_call: Call, node: Node) -> None:
    if not any(node.find(name) for name in ("IndexDocument", "ErrorDocument", "RoutingRules")):
        raise _malformed("a website needs an index document")
    if node.find("IndexDocument") and not node.value("IndexDocument/Suffix"):
        raise OssError("InvalidArgument", "The index document's suffix is not valid.", ArgumentName="Suffix")
    if node.find("ErrorDocument") and not node.value("ErrorDocument/Key"):
        raise OssError("InvalidArgument", "The error document's key is not valid.", ArgumentName="Key")


def _complete(node: Node, name: str, text: str) -> None:
    """Add an element that the sender may leave out."""
    if node.find(name) is None:
        node.children.append(_leaf(name, text))


def _check_referer(_call: Call, node: Node) -> None:
    if node.value("AllowEmptyReferer") not in ("true", "false") or node.find("RefererList") is None:
        raise _malformed("AllowEmptyReferer and RefererList are required")
    _complete(node, "AllowTruncateQueryString", "true")


def _check_logging(call: Call, node: Node) -> None:
    enabled = node.find("LoggingEnabled")
    if enabled is None or not enabled.children:
        node.children.clear()
        return
    target = call.store.bucket(enabled.value("TargetBucket") or "")
    if target is None or target.owner != call.bucket().owner:
        raise OssError("InvalidTargetBucketForLogging", TargetBucket=enabled.value("TargetBucket"))


def _check_cors(_call: Call, node: Node) -> None:
    rules = node.all("CORSRule")
    if not 1 <= len(rules) <= 20:
        raise _malformed("between 1 and 20 rules are required")
    for rule in rules:
        methods = {method.text.strip() for method in rule.all("AllowedMethod")}
        if not methods or not rule.all("AllowedOrigin"):
            raise _malformed("AllowedOrigin and AllowedMethod are required")
        if not methods <= {"GET", "PUT", "DELETE", "POST", "HEAD"}:
            raise OssError("InvalidArgument", ArgumentName="AllowedMethod", ArgumentValue=",".join(sorted(methods)))
        for header in rule.all("AllowedHeader"):
            header.text = header.text.lower()
        if whole(rule.value("MaxAgeSeconds") or "0", 0, 999_999_999) is None:
            raise OssError("InvalidArgument", ArgumentName="MaxAgeSeconds", ArgumentValue=rule.value("MaxAgeSeconds"))
    _complete(node, "ResponseVary", "false")


_ACTIONS = ("Expiration", "AbortMultipartUpload", "Transition", "NoncurrentVersionExpiration")


def _check_lifecycle(call: Call, node: Node) -> None:
    rules = node.all("Rule")
    if not 1 <= len(rules) <= 1000:
        raise _malformed("between 1 and 1000 rules are required")
    for rule in rules:
        _check_rule(rule)
        if not rule.value("ID"):
            rule.children = [child for child in rule.children if child.name != "ID"]
            rule.children.insert(0, _leaf("ID", call.server.new_id()))
    if len({rule.value("ID") for rule in rules}) < len(rules):
        raise OssError("InvalidArgument", "Rule ID must be unique.", ArgumentName="ID")


def _check_rule(rule: Node) -> None:
    if rule.value("Status") not in ("Enabled", "Disabled"):
        raise _malformed("Status is Enabled or Disabled")
    if not any(action.children for name in _ACTIONS for action in rule.all(name)):
        raise _malformed("a rule needs an action")
    _check_moments(rule)
    if not all(TAG_TEXT.fullmatch(child.text) for tag in rule.all("Tag") for child in tag.children):
        raise OssError("InvalidTag")


def _check_moments(rule: Node) -> None:
    """Check the days and dates of a rule: not both kinds; colder classes come later, and expiration last."""
    moves = rule.all("Transition")
    if any(move.value("StorageClass") not in STORAGE_CLASSES[1:] for move in moves):
        raise OssError("InvalidArgument", "The storage class of a transition is not valid.")
    moves.sort(key=lambda move: STORAGE_CLASSES.index(move.value("StorageClass") or ""))
    actions = [*moves, *rule.all("Expiration")]
    kinds = {bool(action.find("Days")) for action in actions if action.find("Days") or _dated(action)}
    if len(kinds) > 1:
        raise OssError("InvalidRequest", "Days and dates cannot be mixed in one rule.")
    last = 0
    for action in [*actions, *rule.all("AbortMultipartUpload")]:
        if (text := action.value("Days")) is None:
            continue
        days = whole(text, 1, (1 << 31) - 1)
        if days is None:
            raise OssError("InvalidArgument", "'Days' for actions must be a positive integer.")
        if action.name != "AbortMultipartUpload" and days <= last:
            raise OssError("InvalidArgument", "'Days' of the actions of a rule must rise.")
        last = days


def _dated(action: Node) -> bool:
    return action.find("Date") is not None or action.find("CreatedBeforeDate") is not None


def _leaf(name: str, text: str) -> Node:
    node = Node(name)
    node.text = text
    return node


def _check_qos(_call: Call, node: Node) -> None:
    text = node.value("StorageCapacity") or ""
    if whole(text, -1, (1 << 63) - 1) is None:
        raise OssError("InvalidArgument", ArgumentName="StorageCapacity", ArgumentValue=text)


def tags_of(node: Node, of_bucket: bool = False) -> list[tuple[str, str]]:
    """The tags of a Tagging document."""
    tag_set = node.find("TagSet")
    if tag_set is None:
        raise _malformed("TagSet is required")
    return check_tags([(tag.value("Key") or "", tag.value("Value") or "") for tag in tag_set.all("Tag")], of_bucket)


def _check_tagging(_call: Call, node: Node) -> None:
    tags_of(node, of_bucket=True)


CONFIGS = [
    Config("website", "WebsiteConfiguration", _check_website, missing="NoSuchWebsiteConfiguration"),
    Config(
        "referer",
        "RefererConfiguration",
        _check_referer,
        default=[("AllowEmptyReferer", True), ("AllowTruncateQueryString", True), ("RefererList", "")],
        deletable=False,
    ),
    Config("logging", "BucketLoggingStatus", _check_logging, default=""),
    Config("cors", "CORSConfiguration", _check_cors, missing="NoSuchCORSConfiguration"),
    Config("lifecycle", "LifecycleConfiguration", _check_lifecycle, missing="NoSuchLifecycle"),
    Config("qos", "BucketUserQos", _check_qos, default=[("StorageCapacity", -1)], deletable=False),
    Config("tagging", "Tagging", _check_tagging, default=[("TagSet", "")]),
]
