"""The service (``oss_api.h``): all that a program needs.

``from oss.oss_api import *`` brings what the C header declares and what its includes bring: strings, lists, tables,
pools, buffers, statuses, the service's structs and constructors. It also brings ``aos_http_io`` and ``aos_log``, which
C programs get by other includes.

What most calls have in common: ``options`` has the configuration, the controller and the pool. ``headers`` go with the
request and ``params`` to its query; both tables stay as they were, and NULL is none. ``resp_headers``, unless NULL, is
filled with the answer's headers. ``progress_callback``, unless NULL, is called with the bytes so far and the bytes in
all. The status that is returned is OK for a 2xx answer; otherwise it has the HTTP status with the service's code and
message, or an AOSE_* with what went wrong here.

What differs from the C SDK stands with the functions, in ``oss_bucket``,
``oss_object``, ``oss_multipart``, ``oss_live`` and ``oss_resumable``.

What a parameter is, unless a function says otherwise:

:param options: configuration, controller and pool of the call
:param bucket: name of the bucket: 3 to 63 of a-z, 0-9 and -, no - at either end
:param object: name of the object, 1 to 1023 bytes of UTF-8; no slash in front
:param filepath: path of the local file
:param headers: headers to send along; None for none. Not changed here
:param params: query parameters to send along; None for none. Not changed here
:param clt_params: part size, threads and checkpoint
:param progress_callback: called with the bytes moved and the bytes in all; may be None
:param resp_headers: gets the headers of the answer
:param resp_body: gets the body of the answer, as a list of ``aos_buf_t``
:param upload_id: id of the multipart upload
:param position: offset at which to append: the object's present size, in bytes
:param buffer: the body as a list of ``aos_buf_t``
:param append_file: path of the local file
:param part_list: ``oss_complete_part_content_t`` or ``oss_list_part_content_t``, in the order of their numbers
:param oss_acl: who may use the bucket or object
:param live_channel: name of the live channel
:param init_crc: CRC64 of what the object holds already
:param filename: path of the local file
:param sym_object: name of the symbolic link
:param target_object: the object that the link points to
:param expression: SQL statement, such as ``select * from ossobject``
:param select_params: how the CSV and the result are laid out; None for the service's settings
:param part_num: number of the part, 1 to 10000
:param upload_file: file, first byte, and the byte after the last
:param play_list_name: name of the playlist
:param expires: end of the validity, seconds since the epoch
:param rule_list: rules, ``oss_cors_rule_t``
:param lifecycle_rule_list: rules, ``oss_lifecycle_rule_content_t``
:param referer_config: who may link to the bucket
:param website_config: index and error page
:param signed_url: a URL that carries its signature
:param tag_list: tags, ``oss_tag_content_t``
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aos import aos_http_io, aos_log, aos_util
from aos.aos_http_io import *
from aos.aos_log import *
from aos.aos_util import *
from oss import oss_bucket, oss_live, oss_multipart, oss_object, oss_resumable, oss_util
from oss.oss_bucket import *
from oss.oss_live import *
from oss.oss_multipart import *
from oss.oss_object import *
from oss.oss_resumable import *
from oss.oss_util import *

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot evaluate this
    _declared = (oss_bucket, oss_object, oss_multipart, oss_live, oss_resumable)
    _included = (oss_util, aos_util, aos_http_io, aos_log)
    __all__: list[str] = []
    __all__.extend(sorted(set().union(*(module.__all__ for module in _declared + _included))))
