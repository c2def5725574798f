"""Names, numbers and structs of the service (``oss_define.h``).

``from oss.oss_define import *`` also brings what the C header includes: strings, lists, the transport's types.

Different from the C SDK: ``OSS_CANNONICALIZED_HEADER_SOURCE`` and ``OSS_CANNONICALIZED_HEADER_OBJECT``, declared there
without ever being given a value, are the names of the headers they stand for. The empty markers ``PARAM_IN``,
``PARAM_OUT``, ``OSS_CPP_START`` and ``OSS_CPP_END`` do not exist. Secrets are masked in a struct's repr.

What a parameter is, unless a function says otherwise:

:param STATUS: status that is changed
:param RES: AOSE_* value for its ``code``
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aos import aos_list, aos_transport
from aos import aos_string as _aos_string
from aos._c.contract import check_arguments
from aos.aos_list import *
from aos.aos_status import (
    AOS_INCONSISTENT_ERROR_CODE,
    AOS_OPEN_FILE_ERROR_CODE,
    AOS_XML_PARSE_ERROR_CODE,
    aos_status_set,
    aos_status_t,
)
from aos.aos_string import *
from aos.aos_transport import *
from oss._define import constants, live, select, structs
from oss._define.constants import *
from oss._define.live import *
from oss._define.select import *
from oss._define.structs import *

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot evaluate this
    __all__ = [
        "aos_file_error_status_set",
        "aos_inconsistent_error_status_set",
        "aos_xml_error_status_set",
    ]
    __all__ += constants.__all__
    __all__ += structs.__all__
    __all__ += live.__all__
    __all__ += select.__all__
    __all__ += _aos_string.__all__
    __all__ += aos_list.__all__
    __all__ += aos_transport.__all__
    __all__ = list(dict.fromkeys(__all__))


def aos_xml_error_status_set(STATUS: aos_status_t, RES: int) -> None:
    """aos_xml_error_status_set(STATUS, RES)

    Makes ``STATUS`` that of a document that cannot be parsed, with the code ``RES``.
    """
    aos_status_set(STATUS, RES, AOS_XML_PARSE_ERROR_CODE, None)


def aos_file_error_status_set(STATUS: aos_status_t, RES: int) -> None:
    """aos_file_error_status_set(STATUS, RES)

    Makes ``STATUS`` that of a file that cannot be opened or examined, with the code ``RES``.
    """
    aos_status_set(STATUS, RES, AOS_OPEN_FILE_ERROR_CODE, None)


def aos_inconsistent_error_status_set(STATUS: aos_status_t, RES: int) -> None:
    """aos_inconsistent_error_status_set(STATUS, RES)

    Makes ``STATUS`` that of data whose checksum is wrong, with the code ``RES``.
    """
    aos_status_set(STATUS, RES, AOS_INCONSISTENT_ERROR_CODE, None)


check_arguments(globals())
