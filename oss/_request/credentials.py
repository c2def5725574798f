"""Credentials of a signature: those of the configuration, or what its callback gives, which is asked again in time.

``oss_config_t.credentials_callback`` says what it returns. It runs in the thread that signs, one thread at a time;
others that find the last credentials still valid use those meanwhile.
"""

from __future__ import annotations

import contextlib
import re
import threading
from typing import Any

from aos._c.redact import MASK, SecretBytes, SecretText, hide
from aos._c.text import encode, text_of
from aos.aos_log import aos_warn_log
from aos.apr_tables import aos_table_t
from oss._define.credentials import NEVER, Credentials, Source, source_of
from oss._define.structs import oss_config_t
from oss._request.errors import StatusError, invalid_argument
from oss._request.sign import service_time

__all__ = ["credentials_of", "put_token", "renewed_credentials"]

RENEW_BEFORE = 60
"""Seconds before their end at which credentials are renewed, but at most a fifth of their life."""
_NAMED_SECRET = re.compile(r"(?i)((?:secret|token|password)[\"']?\s*[:=]\s*[\"']?)[^\s\"',;&})\]]+")


def credentials_of(config: oss_config_t) -> Credentials:
    """Returns who signs now; StatusError where id or secret are missing, or where the callback fails."""
    if (renewed := renewed_credentials(config)) is not None:
        return renewed
    for name in ("access_key_id", "access_key_secret"):
        if not getattr(config, name).data:
            raise invalid_argument(f"{name} is missing from the configuration.")
    secret = SecretBytes(encode(str(config.access_key_secret)))
    return Credentials(str(config.access_key_id), secret, config.sts_token.data)


def renewed_credentials(config: oss_config_t) -> Credentials | None:
    """Returns what the callback of a configuration gives now; None without a callback. StatusError."""
    source = source_of(config)
    return None if source.callback is None else _renewed(source, config)


def put_token(config: oss_config_t, credentials: Credentials, table: aos_table_t, name: str) -> None:
    """Sets the token in headers or parameters. Where a callback gave none, that of an earlier signature goes."""
    if credentials.token:
        table[name] = credentials.token
    elif config.credentials_callback is not None and name in table:
        del table[name]


def _renewed(source: Source, config: oss_config_t) -> Credentials:
    """Returns the last credentials, or new ones where those are about to expire. StatusError."""
    known, now = source.last, service_time(config)
    if now < known.renew_at:
        return known
    if source.asker == threading.get_ident():
        raise invalid_argument("credentials_callback makes a call that needs the credentials which it is to give")
    try:
        if not source.lock.acquire(blocking=now >= known.expires_at):
            return known
        if source.last is known:  # and no other thread has asked while this one waited
            source.last = _read(_asked(source, config), service_time(config))
        return source.last
    finally:
        with contextlib.suppress(RuntimeError):  # another thread has it
            source.lock.release()


def _asked(source: Source, config: oss_config_t) -> object:
    """Calls the callback. StatusError for an exception, whose message stays without the secrets that are known."""
    assert source.callback is not None
    source.asker = threading.get_ident()
    try:
        return source.callback()
    except Exception as error:
        texts = (source.last.token, config.access_key_secret.data, config.sts_token.data)
        secrets = (source.last.secret, *(encode(text) for text in texts if text))
        message = hide(f"credentials_callback raised {type(error).__name__}: {error}", *secrets)
        raise invalid_argument(_NAMED_SECRET.sub(rf"\1{MASK}", message)) from None
    finally:
        source.asker = 0


def _read(answer: object, now: int) -> Credentials:
    """Reads an answer of the callback. StatusError, which does not repeat it, for one that is none."""
    if not isinstance(answer, (tuple, list)) or len(answer) != 4:
        raise _unusable("must be a tuple (id, secret, token, expiry)")
    key_id, secret, token = map(_text, ("id", "secret", "token"), answer)
    if not key_id or not secret:
        raise _unusable(f"has no {'secret' if key_id else 'id'}")
    return Credentials(key_id, SecretBytes(encode(secret)), token and SecretText(token), *_times(answer[3], now))


def _text(what: str, value: Any) -> str | None:
    try:
        return text_of(value)
    except (TypeError, ValueError):
        raise _unusable(f"has a {type(value).__name__} for the {what}, which is no text") from None


def _times(expiry: Any, now: int) -> tuple[float, float]:
    """Returns when to ask again, and when the credentials end.

    Those that have ended already are used all the same, since the clock here may be wrong.
    """
    if expiry is None:
        return NEVER, NEVER
    if isinstance(expiry, bool) or not isinstance(expiry, (int, float)) or not expiry >= 0:
        raise _unusable("has an expiry that is no number of seconds since 1970")
    expires_at = min(expiry, NEVER)
    life = expires_at - now
    if life <= 0:
        aos_warn_log("credentials_callback gave credentials that have expired")
    return expires_at - min(RENEW_BEFORE, life / 5), expires_at


def _unusable(why: str) -> StatusError:
    return invalid_argument(f"credentials_callback: what it returned {why}")
