"""The service's XML documents (``oss_xml.h``), built and read by the tables of ``oss._xml.tables``.

Different from the C SDK: see ``oss._xml.build``, ``oss._xml.parse`` and ``oss._xml.checkpoint``, which say it function
by function. What takes or gives Mini-XML nodes does not exist; ``aos._c.xml`` has what a program needs to read XML of
its own. The functions of ``oss_resumable.h``, included by the C header, are in ``oss.oss_resumable``.

What a parameter is, unless a function says otherwise:

:param bc: the answer's body, a list of ``aos_buf_t``
:param body: gets the document, as a list of ``aos_buf_t``
:param content: where the access log goes
:param storage_class: how the objects of a bucket are stored
:param storage_capacity: capacity in GB, -1 for none
:param object_list: objects, ``oss_object_key_t``
:param config: settings of a live channel
:param truncated: gets 1 when there are more entries, else 0
:param checkpoint: what the checkpoint file holds
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aos import aos_status
from aos.aos_status import *
from oss import oss_define
from oss._define import checkpoint as structs
from oss._define.checkpoint import *
from oss._xml import build, checkpoint, parse
from oss._xml.build import *
from oss._xml.checkpoint import *
from oss._xml.parse import *
from oss.oss_define import *

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot evaluate this
    __all__ = []
    __all__ += build.__all__
    __all__ += parse.__all__
    __all__ += checkpoint.__all__
    __all__ += structs.__all__
    __all__ += oss_define.__all__
    __all__ += aos_status.__all__
    __all__ = list(dict.fromkeys(__all__))
