"""The errors that functions have of their own."""

from __future__ import annotations

__all__ = ["ERRORS"]

_ERRORS = """
oss_resumable_download_file: 412: ``PreconditionFailed``: the object was replaced meanwhile; the next call begins anew
oss_resumable_download_file: -976: ``OpenFileFail``: the temporary file cannot have the size of the object
oss_resumable_download_file: -978: ``InconsistentError``: the CRC64 of the whole is not the service's; nothing is kept
oss_resumable_download_file: -981: ``RenameFileFail``, ``WriteFileFail``: the file cannot be written, or not be renamed
oss_resumable_download_file: -985: ``OpenFileFail``: the temporary file or the checkpoint cannot be made
oss_resumable_download_file: -992: ``HttpIoError``: a part was cut short; the next call goes on if there is a checkpoint
oss_resumable_download_file: -996: ``ServerError``: the HEAD lacks what is needed, or a part is not the range asked for
oss_resumable_download_file: -997: the pool was destroyed during the download
oss_resumable_upload_file: -978: ``InconsistentError``: the file was changed meanwhile, or a CRC64 is not the service's
oss_resumable_upload_file: -985: ``OpenFileFail``: the file cannot be opened, or the checkpoint cannot be made
oss_resumable_upload_file: -992: ``HttpIoError``: a part was not taken; the next call goes on if there is a checkpoint
oss_get_object_to_file: -978: ``InconsistentError``: the CRC64 of what came is not the service's
oss_get_object_to_file: -981: ``RenameFileFail``: the temporary file cannot be given its name
oss_get_object_to_file: -985: ``OpenFileFail``: the temporary file cannot be made
oss_put_object_from_file: -978: ``InconsistentError``: the CRC64 of what was sent is not the service's
oss_put_object_from_file: -985: ``OpenFileFail``: the file cannot be opened
"""

ERRORS = [tuple(line.split(": ", 2)) for line in _ERRORS.strip("\n").splitlines()]
"""Function, code and meaning."""
