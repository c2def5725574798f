"""The environment (``apr_env.h``)."""

from __future__ import annotations

import os

from aos._c.args import required
from aos._c.contract import check_arguments
from aos._c.refs import aos_ref_t
from aos._c.text import decode, encode, text_of
from aos.apr_file_io import APR_ENOENT
from aos.apr_pools import aos_pool_t

__all__ = ["apr_env_get"]


def apr_env_get(value: aos_ref_t[str | None], envvar: str, pool: aos_pool_t | None) -> int:
    """apr_status_t apr_env_get(char **value, const char *envvar, apr_pool_t *pool)

    Puts the value of an environment variable into ``value``. Returns 0, or APR_ENOENT when there is none.

    :param value: gets the value
    :param envvar: name of the variable
    """
    found = os.environb.get(encode(text_of(envvar, "envvar") or ""))
    if found is None:
        return APR_ENOENT
    required(value, aos_ref_t, "value").value = decode(found)
    return 0


check_arguments(globals())
