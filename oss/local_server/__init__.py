"""An OSS service on loopback, for trying and testing without an account.

``python -m oss.local_server --root DIR --port N`` runs it; ``LocalServer`` runs it inside a program. Nothing of the SDK
imports it, and of the SDK it uses only the CRC-64."""

from oss.local_server.faults import Fault
from oss.local_server.server import LocalServer

__all__ = ["Fault", "LocalServer"]
