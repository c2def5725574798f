"""Objects (``oss_object.c``): the part of ``oss_api.h`` about single objects.

Different from the C SDK:

* The caller's header and parameter tables stay as they were; what a function adds to a copy of them (content type and
  MD5 of a select, the copy source) replaces a header of that name instead of standing beside it.
* The CRC64 is compared only after a 2xx, so that an error keeps its own code and message; it is not compared for a
  signed URL with ``x-oss-process`` in it.
* A download to a file that cannot be given its name is AOSE_FILE_WRITE_ERROR ``RenameFileFail``; a download by URL
  goes by way of the temporary file too. A callback that raises leaves no temporary file.
* An unknown restore tier is refused. The Content-MD5 of a select or create-meta request is that of its body.
* ``oss_get_object_meta_by_url``, which the C SDK declares without having it, exists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from oss._call import object_get, object_more, object_put, object_select
from oss._call.object_get import *
from oss._call.object_more import *
from oss._call.object_put import *
from oss._call.object_select import *

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot evaluate this
    __all__ = []
    __all__ += object_get.__all__
    __all__ += object_more.__all__
    __all__ += object_put.__all__
    __all__ += object_select.__all__
