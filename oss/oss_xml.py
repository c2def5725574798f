"""The service's XML documents (``oss_xml.h``), built and read by the tables of ``oss._xml_tables``.

Different from the C SDK: see ``oss._xml_build``, ``oss._xml_parse`` and ``oss._xml_checkpoint``, which say it function
by function. What takes or gives Mini-XML nodes does not exist; ``aos._xml`` has what a program needs to read XML of
its own. The functions of ``oss_resumable.h``, included by the C header, are in ``oss.oss_resumable``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aos import aos_status
from aos.aos_status import *
from oss import _checkpoint_types, _xml_build, _xml_checkpoint, _xml_parse, oss_define
from oss._checkpoint_types import *
from oss._xml_build import *
from oss._xml_checkpoint import *
from oss._xml_parse import *
from oss.oss_define import *

if not TYPE_CHECKING:  # which follows the star imports, and cannot read this
    __all__ = []
    __all__ += _xml_build.__all__
    __all__ += _xml_parse.__all__
    __all__ += _xml_checkpoint.__all__
    __all__ += _checkpoint_types.__all__
    __all__ += oss_define.__all__
    __all__ += aos_status.__all__
    __all__ = list(dict.fromkeys(__all__))
