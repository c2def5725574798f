"""Error codes of the service: HTTP status, default message and the error document."""

from __future__ import annotations

from collections.abc import Sequence

from oss.local_server.xmldoc import Value, document

__all__ = ["OssError", "error_document"]

# code -> (HTTP status, message)
ERRORS: dict[str, tuple[int, str]] = {
    "AccessDenied": (403, "AccessDenied"),
    "BucketAlreadyExists": (
        409,
        "The requested bucket name is not available. The bucket namespace is shared by all users of the system. "
        "Please select a different name and try again.",
    ),
    "BucketNotEmpty": (409, "The bucket has objects. Please delete them first."),
    "CallbackFailed": (203, "Error status : 502."),
    "EntityTooLarge": (400, "Your proposed upload exceeds the maximum allowed size."),
    "EntityTooSmall": (400, "Your proposed upload smaller than the minimum allowed size."),
    "FileAlreadyExists": (409, "The object you specified already exists and can not be overwritten."),
    "FileImmutable": (409, "The object you specified is immutable."),
    "IllegalVersionIdArgument": (400, "Invalid version id specified."),
    "IncompleteBody": (400, "The request body terminated unexpectedly."),
    "InternalError": (500, "We encountered an internal error. Please try again."),
    "InvalidAccessKeyId": (403, "The OSS Access Key Id you provided does not exist in our records."),
    "InvalidArgument": (400, "Invalid argument."),
    "InvalidBucketName": (400, "The specified bucket is not valid."),
    "InvalidCsvLine": (400, "A line of the CSV is not valid."),
    "InvalidSelectMeta": (400, "The select meta is not valid."),
    "InvalidSqlParameter": (400, "The SQL expression is not valid."),
    "InvalidDigest": (400, "The Content-MD5 you specified was invalid."),
    "InvalidObjectName": (400, "The specified object is not valid."),
    "InvalidObjectState": (403, "The operation is not valid for the object's state"),
    "InvalidPart": (
        400,
        "One or more of the specified parts could not be found or the specified entity tag might not have "
        "matched the part's entity tag.",
    ),
    "InvalidPartOrder": (
        400,
        "The list of parts was not in ascending order. Parts list must specified in order by part number.",
    ),
    "InvalidRange": (416, "The requested range cannot be satisfied."),
    "InvalidRequest": (400, "The request is invalid."),
    "InvalidSecurityToken": (403, "The security token you provided is invalid."),
    "InvalidStorageClass": (400, "The storage class you specified is invalid."),
    "InvalidTag": (400, "The tag is invalid."),
    "InvalidTargetBucketForLogging": (
        400,
        "The target bucket for logging does not exist, is not owned by you, or is not in the same location.",
    ),
    "KeyTooLongError": (400, "Your key is too long."),
    "MalformedXML": (
        400,
        "The XML you provided was not well-formed or did not validate against our published schema.",
    ),
    "MethodNotAllowed": (405, "The specified method is not allowed against this resource."),
    "MissingArgument": (400, "Missing Some Required Arguments."),
    "MissingContentLength": (411, "You must provide the Content-Length HTTP header."),
    "NoSuchBucket": (404, "The specified bucket does not exist."),
    "NoSuchCORSConfiguration": (404, "The CORS Configuration does not exist."),
    "NoSuchKey": (404, "The specified key does not exist."),
    "NoSuchLifecycle": (404, "No Row found in Lifecycle Table."),
    "NoSuchLiveChannel": (404, "The specified live channel does not exist."),
    "NoSuchTagSet": (404, "The TagSet does not exist."),
    "NoSuchUpload": (
        404,
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted "
        "or completed.",
    ),
    "NoSuchWebsiteConfiguration": (404, "The specified bucket does not have a website configuration."),
    "NotImplemented": (501, "A header you provided implies functionality that is not implemented."),
    "NotModified": (304, "Not Modified"),
    "NotSymlink": (400, "The object is not symlink"),
    "ObjectNotAppendable": (409, "The object is not appendable"),
    "PartNotSequential": (400, "The parts of a sequential upload must be sent in order."),
    "PositionNotEqualToLength": (409, "Position is not equal to file length"),
    "PreconditionFailed": (412, "At least one of the pre-conditions you specified did not hold."),
    "RequestHeaderFieldsTooLarge": (431, "The request header is too large."),
    "RequestTimeTooSkewed": (403, "The difference between the request time and the current time is too large."),
    "RestoreAlreadyInProgress": (409, "The restore operation is in progress."),
    "OperationNotSupported": (400, "The operation is not supported for this resource"),
    "SecurityTokenExpired": (403, "The security token you provided has expired."),
    "SignatureDoesNotMatch": (
        403,
        "The request signature we calculated does not match the signature you provided. "
        "Check your key and signing method.",
    ),
    "SymlinkTargetNotExist": (404, "The symlink target object does not exist"),
    "InvalidTargetType": (400, "The symbolic link target is itself a symbolic link."),
    "TooManyBuckets": (400, "You have attempted to create more buckets than allowed."),
    "TooManyRequests": (429, "Please reduce your request rate."),
    "UriTooLong": (414, "The request URI is too long."),
}

# The service's numbers for the causes of errors, and a placeholder for those that are not known here
_CAUSES = {
    "AccessDenied": "0003-00000001",
    "InvalidAccessKeyId": "0002-00000902",
    "NoSuchBucket": "0015-00000101",
    "NoSuchKey": "0026-00000001",
    "SignatureDoesNotMatch": "0002-00000040",
}
_UNKNOWN_CAUSE = "9999-00000{status}"


class OssError(Exception):
    """Raised to answer a request with an error document.

    ``detail`` and ``extra`` are further elements of the document, ``headers`` further response headers."""

    def __init__(
        self,
        code: str,
        message: str | None = None,
        *,
        status: int | None = None,
        headers: list[tuple[str, str]] | None = None,
        detail: Sequence[tuple[str, Value]] = (),
        **extra: Value,
    ) -> None:
        default_status, default_message = ERRORS.get(code, (400, code))
        self.code = code
        self.message = default_message if message is None else message
        self.status = default_status if status is None else status
        self.headers = headers or []
        self.detail = [*detail, *extra.items()]
        super().__init__(f"{self.status} {code}: {self.message}")

    @property
    def cause(self) -> str:
        """The service's number for the cause of the error (EC)."""
        return _CAUSES.get(self.code) or _UNKNOWN_CAUSE.format(status=self.status)


def error_document(error: OssError, request_id: str, host_id: str) -> bytes:
    """The XML document for an error."""
    return document(
        "Error",
        [
            ("Code", error.code),
            ("Message", error.message),
            ("RequestId", request_id),
            ("HostId", host_id),
            *error.detail,
            ("EC", error.cause),
        ],
    )
