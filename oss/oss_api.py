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

if not TYPE_CHECKING:  # which follows the star imports, and cannot read this
    _declared = (oss_bucket, oss_object, oss_multipart, oss_live, oss_resumable)
    _included = (oss_util, aos_util, aos_http_io, aos_log)
    __all__: list[str] = []
    __all__.extend(sorted(set().union(*(module.__all__ for module in _declared + _included))))
