"""A certificate authority of the tests' own, and what a server and a client need of it."""

from __future__ import annotations

import ssl
from pathlib import Path

import trustme

__all__ = ["Authority"]


class Authority:
    """A certificate authority with its file, and server settings for names."""

    def __init__(self, folder: Path) -> None:
        self.ca = trustme.CA()
        self.file = str(folder / "ca.pem")
        self.ca.cert_pem.write_to_path(self.file)

    def server(self, *names: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.ca.issue_cert(*names).configure_cert(context)
        return context

    def files(self, *names: str) -> tuple[str, str]:
        """Returns the files of a server's certificate and of its key, in the folder of the authority's."""
        issued = self.ca.issue_cert(*names)
        chain, key = (str(Path(self.file).with_name(name)) for name in ("server.pem", "server.key"))
        issued.cert_chain_pems[0].write_to_path(chain)
        issued.private_key_pem.write_to_path(key)
        return chain, key
