"""The settings of requests, from the options, the environment, or a configuration file of ossutil.

The three texts of a key belong together, so they are taken from one place: the program that is named to give them, else
the environment if it has an id or a secret, else the file. A command line never has them.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from aos._c.text import decode, path_bytes
from oss._command.credentials import Answer, CredentialsCommand
from oss._command.text import UsageError, printable
from oss._request.sign import now_in_seconds

__all__ = ["Proxy", "Setting", "Settings", "resolve"]

DEFAULT_FILE = "~/.ossutilconfig"
_KEY_MODES = ("", "ak", "ststoken")
_REGION = re.compile(r"(?:https?://)?(?:[^/]*\.)?oss-([a-z]{2}-[a-z0-9-]+?)(?:-internal)?\.aliyuncs\.com(?:[:/].*)?")
_REGION_NAME = re.compile(r"(?!oss-)[a-z0-9-]+")
_PROXY = re.compile(r"(?:https?|socks(?:4a?|5h?))://(?:[^\s/?#:\[\]]+|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.IGNORECASE)
_LARGEST_FILE = 1 << 20
_LOOK_AGAIN = 10  # seconds for which the keys in a file are taken to be the same


class Setting(NamedTuple):
    """A value, and where it comes from."""

    value: str | None
    origin: str = "not set"


NOT_SET = Setting(None)


class Row(NamedTuple):
    """One setting: its option, its variable, and its name in a file, in lower case and without ``-`` and ``_``. An
    empty text counts as not set, unless ``may_be_empty``."""

    option: str | None
    variable: str
    key: str | None
    may_be_empty: bool = False

    def is_set_by(self, value: str | None) -> bool:
        """Tells whether a value sets it."""
        return bool(value) or (self.may_be_empty and value is not None)


ROWS = {
    "endpoint": Row("endpoint", "OSS_ENDPOINT", "endpoint"),
    "region": Row("region", "OSS_REGION", "region"),
    "proxy": Row("proxy", "OSS_PROXY", None, may_be_empty=True),
    "credentials_command": Row("credentials_command", "OSS_CREDENTIALS_COMMAND", None),
}
KEYS = {
    "access_key_id": Row(None, "OSS_ACCESS_KEY_ID", "accesskeyid"),
    "access_key_secret": Row(None, "OSS_ACCESS_KEY_SECRET", "accesskeysecret"),
    "session_token": Row(None, "OSS_SESSION_TOKEN", "ststoken"),
}


class Proxy(NamedTuple):
    """A proxy; ``place`` is where it is, without user and password."""

    place: str
    user: str
    password: str

    @classmethod
    def parse(cls, text: str) -> Proxy:
        """Reads a proxy's URL. Raises UsageError, whose message leaves the text out, as it may contain a password."""
        scheme, found, rest = text.partition("://")
        credentials, _, host = (rest if found else text).rpartition("@")
        user, _, password = credentials.partition(":")
        place = f"{scheme if found else 'http'}://{host.rstrip('/')}"
        if not _PROXY.fullmatch(place):
            raise UsageError("the proxy is not of the form [SCHEME://][user:password@]host:port")
        return cls(place, unquote(user), unquote(password))


class Settings(NamedTuple):
    """All settings, each with its origin, and ``warnings`` for the user about them.

    ``renew`` gives the keys of now, where they may change while the command runs.
    """

    found: dict[str, Setting]
    cname: bool
    warnings: list[str]
    renew: Callable[[], Answer] | None

    def value(self, name: str) -> str | None:
        """A setting's value; None when it is not set."""
        return self.found[name].value

    @property
    def signature(self) -> int:
        return 4 if self.value("signature") == "v4" else 1

    @property
    def proxy(self) -> Proxy | None:
        text = self.value("proxy")
        return Proxy.parse(text) if text else None

    def check(self) -> Settings:
        """The settings themselves. Raises UsageError when no request can be made with them."""
        if not self.value("endpoint"):
            raise UsageError("no endpoint is known: give --endpoint or --region, or set OSS_ENDPOINT or OSS_REGION")
        missing = [KEYS[name].variable for name in ("access_key_id", "access_key_secret") if not self.value(name)]
        if missing and not self.value("credentials_command"):
            what = "no keys are" if len(missing) == 2 else "only half of the key is"
            raise UsageError(f"{what} known: set {' and '.join(missing)}, or use a configuration file")
        region = self.value("region")
        if self.signature == 4 and not region:
            raise UsageError("V4 signatures need a region: give --region or set OSS_REGION")
        if region and not _REGION_NAME.fullmatch(region):
            raise UsageError(f"{printable(region)} is no region such as cn-hangzhou ({self.found['region'].origin})")
        return self


def resolve(options: argparse.Namespace, bucket: str | None = None) -> Settings:
    """Finds all settings; ``bucket`` selects those that the file has for one bucket. Raises UsageError."""
    warnings: list[str] = []
    file = _File.chosen(options, warnings)
    found = {name: _first(row, options, file) for name, row in ROWS.items()}
    in_environment = any(os.environ.get(KEYS[name].variable) for name in ("access_key_id", "access_key_secret"))
    renew: Callable[[], Answer] | None = None
    if command := found["credentials_command"].value:
        renew = CredentialsCommand(command)
        found |= dict.fromkeys(KEYS, NOT_SET)
    elif in_environment:
        found |= {name: _variable(row) for name, row in KEYS.items()}
    else:
        renew = _FileKeys(options, file)
        found |= {name: file.setting_of(row) for name, row in KEYS.items()}
        file.check_mode()
    cname = bool(options.cname)
    if found["endpoint"].origin not in ("--endpoint", "OSS_ENDPOINT"):
        found["endpoint"], is_cname = file.endpoint_of(bucket, found["endpoint"])
        cname = cname or is_cname
    _complete(found, options)
    if options.proxy and "@" in options.proxy:
        raise UsageError("a proxy's password is not taken from the command line; set OSS_PROXY")
    if found["proxy"].value:
        Proxy.parse(found["proxy"].value)
    found["configuration file"] = Setting(file.path, file.origin) if file.path else NOT_SET
    found["profile"] = Setting(file.profile, file.profile_origin) if file.profile else NOT_SET
    return Settings(found, cname, warnings, renew)


def _first(row: Row, options: argparse.Namespace, file: _File) -> Setting:
    given = getattr(options, row.option) if row.option else None
    if row.is_set_by(given):
        return Setting(given, f"--{row.option}".replace("_", "-"))
    return _variable(row) if row.is_set_by(os.environ.get(row.variable)) else file.setting_of(row)


def _variable(row: Row) -> Setting:
    value = os.environ.get(row.variable)
    return Setting(value, row.variable) if row.is_set_by(value) else NOT_SET


def _complete(found: dict[str, Setting], options: argparse.Namespace) -> None:
    """Derives what is not set: the endpoint from the region or the reverse, the scheme, the signature's version."""
    endpoint, region = found["endpoint"], found["region"]
    if endpoint.value is None and region.value is not None:
        found["endpoint"] = Setting(f"https://oss-{region.value}.aliyuncs.com", "from the region")
    elif endpoint.value is not None and region.value is None:
        known = _REGION.fullmatch(endpoint.value)
        if known:
            found["region"] = Setting(known[1], "from the endpoint")
    if endpoint.value is not None and "://" not in endpoint.value:
        found["endpoint"] = Setting(f"https://{endpoint.value}", endpoint.origin)
    if options.signature:
        found["signature"] = Setting(options.signature, "--signature")
    else:
        known_region = found["region"].value is not None
        found["signature"] = Setting(*(("v4", "there is a region") if known_region else ("v1", "no region is known")))


class _File:
    """A configuration file of ossutil 1 or 2; without a path, an empty one."""

    def __init__(self, path: str | None, origin: str, warnings: list[str]) -> None:
        self.path, self.origin, self.warnings = path, origin, warnings
        self.sections: dict[str, dict[str, str]] = {}
        self.values: dict[str, str] = {}
        self.profile: str | None = None
        self.profile_origin = ""

    @classmethod
    def chosen(cls, options: argparse.Namespace, warnings: list[str]) -> _File:
        """The requested file and profile, or the default ones. Raises UsageError when a requested one is missing."""
        choices = (
            (options.config, "--config"),
            (decode(os.environb.get(b"OSSUTIL_CONFIG_FILE", b"")), "OSSUTIL_CONFIG_FILE"),
        )
        path, origin = next((choice for choice in choices if choice[0]), (None, ""))
        if path is None and os.path.exists(_expanded(DEFAULT_FILE)):
            path, origin = DEFAULT_FILE, "the usual place"
        file = cls(path, origin, warnings)
        if path is not None:
            file._read(_expanded(path))
        if not file._choose(options.profile, "--profile"):
            file._choose(os.environ.get("OSSUTIL_PROFILE"), "OSSUTIL_PROFILE")
        if file.profile is None:
            file._choose_usual()
        return file

    def _read(self, path: bytes) -> None:
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                text = file.read(_LARGEST_FILE)
        except OSError as error:
            raise UsageError(f"{printable(self.path)}: {error.strerror}") from None
        self.sections = dict(_sections(text))

    def _choose(self, name: str | None, origin: str) -> bool:
        if not name:
            return False
        wanted = name.lower()
        for section in (f"profile {wanted}", wanted):
            if section in self.sections:
                self._take(section)
                self.profile, self.profile_origin = name, origin
                return True
        raise UsageError(f"there is no profile {printable(name)} in {printable(self.path or DEFAULT_FILE)}")

    def _choose_usual(self) -> None:
        for section in ("default", "profile default", "credentials"):
            if section in self.sections:
                self._take(section)
                self.profile, self.profile_origin = section, self.path or ""
                return
        if any(self.sections.values()):
            self.warnings.append(f"{printable(self.path)} has no section [default] or [Credentials]; see --profile")

    def _take(self, section: str) -> None:
        """Adds the settings of a profile, and of the profiles that it names as its source."""
        seen: set[str] = set()
        while section in self.sections and section not in seen:
            seen.add(section)
            self.values = {**_normal(self.sections[section]), **self.values}
            source = _normal(self.sections[section]).get("sourceprofile", "").lower()
            section = next((name for name in (f"profile {source}", source) if name in self.sections), "")
        mode = self.values.get("mode", "").lower()
        if mode not in _KEY_MODES:
            self.warnings.append(f"{printable(self.path)}: keys of the mode {printable(mode)} are not known here")

    def setting_of(self, row: Row) -> Setting:
        value = self.values.get(row.key or "")
        return Setting(value, f"{self.path} [{self.profile}]") if value else NOT_SET

    def endpoint_of(self, bucket: str | None, usual: Setting) -> tuple[Setting, bool]:
        """The endpoint of a bucket, and whether it is the bucket's own domain."""
        for section, cname in (("bucket-cname", True), ("bucket-endpoint", False)):
            value = self.sections.get(section, {}).get((bucket or "").lower())
            if value:
                return Setting(value, f"{self.path} [{section}]"), cname
        return usual, False

    def check_mode(self) -> None:
        """Adds a warning when other users can read the keys in the file."""
        if self.path is None or not self.values.get("accesskeysecret"):
            return
        try:
            mode = os.stat(_expanded(self.path)).st_mode
        except OSError:
            return
        if mode & 0o077:
            self.warnings.append(f"{printable(self.path)} has keys and others can read it; chmod 600 would end that")


def _expanded(path: str) -> bytes:
    """A path for the system, with the user's folder for ``~``."""
    return os.path.expanduser(path_bytes(path))


class _FileKeys:
    """The keys of a file, which is read again now and then, since another program may replace it by one with new keys.
    One that has none, or cannot be read, is taken to be on its way from one content to the next."""

    def __init__(self, options: argparse.Namespace, file: _File) -> None:
        self.options = options
        self._take(file)

    def _take(self, file: _File) -> None:
        key_id, secret, token = (file.setting_of(row).value for row in KEYS.values())
        if key_id and secret:
            self.keys = key_id, secret, token

    def __call__(self) -> Answer:
        with contextlib.suppress(UsageError):
            self._take(_File.chosen(self.options, []))
        return (*self.keys, now_in_seconds() + _LOOK_AGAIN)


def _sections(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The sections of a file, names in lower case; lines that are neither sections nor ``key = value`` are ignored."""
    name, values = "", dict[str, str]()
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            yield name, values
            name, values = " ".join(line[1:-1].lower().split()), {}
        elif "=" in line and line[0] not in "#;":
            key, _, value = line.partition("=")
            values[key.strip().lower()] = value.strip()
    yield name, values


def _normal(values: dict[str, str]) -> dict[str, str]:
    return {re.sub("[-_ ]", "", key): value for key, value in values.items()}
