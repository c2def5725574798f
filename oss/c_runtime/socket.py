"""``sys/socket.h``, ``netinet/in.h``, ``arpa/inet.h`` and ``netdb.h``: sockets of the families INET, INET6 and UNIX.

Sockets are descriptors: ``read``, ``write`` and ``close`` of ``unistd`` work on them. Ports and addresses in a
``sockaddr_in`` are in network order, as C has them. A function that fails returns -1 and sets ``errno``.

What a parameter is, unless a function says otherwise:

:param fd: the socket
:param address: an address, or room for one
:param size: C's size of the address; of no account here
:param buf: what is filled, or sent
:param length: how many bytes
:param flags: MSG_* flags
:param family: AF_INET or AF_INET6
:param text: an address as text
:param level: SOL_SOCKET or a protocol
:param option: the option
"""

from __future__ import annotations

import errno as names
import os
import socket as python
import struct
from collections.abc import Callable
from socket import (
    AF_INET,
    AF_INET6,
    AF_UNIX,
    AF_UNSPEC,
    AI_CANONNAME,
    AI_NUMERICHOST,
    AI_PASSIVE,
    INADDR_ANY,
    INADDR_BROADCAST,
    INADDR_LOOPBACK,
    INADDR_NONE,
    IPPROTO_IP,
    IPPROTO_TCP,
    IPPROTO_UDP,
    MSG_DONTWAIT,
    MSG_NOSIGNAL,
    MSG_PEEK,
    MSG_WAITALL,
    NI_MAXHOST,
    NI_MAXSERV,
    NI_NUMERICHOST,
    NI_NUMERICSERV,
    SHUT_RD,
    SHUT_RDWR,
    SHUT_WR,
    SO_BROADCAST,
    SO_ERROR,
    SO_KEEPALIVE,
    SO_RCVBUF,
    SO_RCVTIMEO,
    SO_REUSEADDR,
    SO_REUSEPORT,
    SO_SNDBUF,
    SO_SNDTIMEO,
    SOCK_DGRAM,
    SOCK_STREAM,
    SOL_SOCKET,
    SOMAXCONN,
    TCP_KEEPCNT,
    TCP_KEEPIDLE,
    TCP_KEEPINTVL,
    TCP_NODELAY,
)
from typing import Any, TypeVar

from aos._c.refs import aos_ref_t
from aos._c.text import decode
from oss.c_runtime.errno import errno, failed
from oss.c_runtime.pointers import Memory, Text, pointer_of, ptr, string_at
from oss.c_runtime.time import timeval

R = TypeVar("R")

__all__ = [
    "accept",
    "addrinfo",
    "bind",
    "connect",
    "freeaddrinfo",
    "gai_strerror",
    "getaddrinfo",
    "getpeername",
    "getsockname",
    "getsockopt",
    "htonl",
    "htons",
    "in_addr",
    "inet_addr",
    "inet_aton",
    "inet_ntoa",
    "inet_ntop",
    "inet_pton",
    "listen",
    "ntohl",
    "ntohs",
    "recv",
    "recvfrom",
    "send",
    "sendto",
    "setsockopt",
    "shutdown",
    "sockaddr_in",
    "sockaddr_other",
    "socket",
    "socketpair",
]
__all__ += [
    "AF_INET",
    "AF_INET6",
    "AF_UNIX",
    "AF_UNSPEC",
    "AI_CANONNAME",
    "AI_NUMERICHOST",
    "AI_PASSIVE",
    "INADDR_ANY",
    "INADDR_BROADCAST",
    "INADDR_LOOPBACK",
    "INADDR_NONE",
    "IPPROTO_IP",
    "IPPROTO_TCP",
    "IPPROTO_UDP",
    "MSG_DONTWAIT",
    "MSG_NOSIGNAL",
    "MSG_PEEK",
    "MSG_WAITALL",
    "NI_MAXHOST",
    "NI_MAXSERV",
    "NI_NUMERICHOST",
    "NI_NUMERICSERV",
    "SHUT_RD",
    "SHUT_RDWR",
    "SHUT_WR",
    "SOCK_DGRAM",
    "SOCK_STREAM",
    "SOL_SOCKET",
    "SOMAXCONN",
    "SO_BROADCAST",
    "SO_ERROR",
    "SO_KEEPALIVE",
    "SO_RCVBUF",
    "SO_RCVTIMEO",
    "SO_REUSEADDR",
    "SO_REUSEPORT",
    "SO_SNDBUF",
    "SO_SNDTIMEO",
    "TCP_KEEPCNT",
    "TCP_KEEPIDLE",
    "TCP_KEEPINTVL",
    "TCP_NODELAY",
]


class in_addr:
    """``struct in_addr``: an IPv4 address in network order."""

    def __init__(self) -> None:
        self.s_addr = 0


class sockaddr_in:
    """``struct sockaddr_in``: an IPv4 address and a port, both in network order."""

    by_value = ("sin_addr",)

    def __init__(self, sin_family: int = 0, sin_port: int = 0, sin_addr: in_addr | None = None) -> None:
        self.sin_family, self.sin_port = sin_family, sin_port
        self.sin_addr = sin_addr or in_addr()


class sockaddr_other:
    """An address of another family, as Python has it; what ``getaddrinfo`` gives for IPv6."""

    def __init__(self, family: int = 0, name: Any = None) -> None:
        self.sa_family, self.name = family, name


def htons(n: int) -> int:
    """Swaps the bytes of a 16-bit number."""
    return int.from_bytes((n & 0xFFFF).to_bytes(2, "little"), "big")


def htonl(n: int) -> int:
    """Swaps the bytes of a 32-bit number."""
    return int.from_bytes((n & 0xFFFFFFFF).to_bytes(4, "little"), "big")


ntohs, ntohl = htons, htonl


def _name(address: Any) -> Any:
    """Returns an address as Python has it."""
    if isinstance(address, sockaddr_in):
        return python.inet_ntoa(struct.pack("<I", address.sin_addr.s_addr)), ntohs(address.sin_port)
    return address.name


def _fill(address: Any, family: int, name: Any) -> None:
    if family == python.AF_INET and address is not None:
        address.sin_family, address.sin_port = int(family), htons(name[1])
        address.sin_addr.s_addr = struct.unpack("<I", python.inet_aton(name[0]))[0]
    elif address is not None:
        address.sa_family, address.name = int(family), name


def _do(fd: int, function: Callable[[python.socket], R], otherwise: R) -> R:
    """Calls a function with a socket; what it returns, or ``otherwise`` and errno."""
    if fd < 0:
        errno.value = names.EBADF
        return otherwise
    try:
        sock = python.socket(fileno=fd)
        try:
            return function(sock)
        finally:
            sock.detach()
    except (OSError, OverflowError) as error:
        failed(error)
        return otherwise


def _try(fd: int, function: Callable[[python.socket], object]) -> int:
    def call(sock: python.socket) -> int:
        function(sock)
        return 0

    return _do(fd, call, -1)


def socket(domain: int, type: int, protocol: int) -> int:
    """Makes a socket: its descriptor.

    :param domain: AF_INET, AF_INET6 or AF_UNIX
    :param type: SOCK_STREAM or SOCK_DGRAM
    :param protocol: 0 for the usual one
    """
    try:
        fd = python.socket(domain, type, protocol).detach()
    except OSError as error:
        return failed(error)
    os.set_inheritable(fd, True)
    return fd


def socketpair(domain: int, type: int, protocol: int, ends: Any) -> int:
    """Makes two sockets that are connected to each other.

    :param domain: AF_UNIX
    :param type: SOCK_STREAM or SOCK_DGRAM
    :param protocol: 0 for the usual one
    :param ends: gets their descriptors
    """
    try:
        pair = python.socketpair(domain, type, protocol)
    except OSError as error:
        return failed(error)
    for index, end in enumerate(pair):
        ends[index] = end.detach()
        os.set_inheritable(ends[index], True)
    return 0


def bind(fd: int, address: Any, size: int) -> int:
    """Gives a socket an address."""
    return _try(fd, lambda sock: sock.bind(_name(address)))


def connect(fd: int, address: Any, size: int) -> int:
    """Connects a socket."""
    return _try(fd, lambda sock: sock.connect(_name(address)))


def listen(fd: int, backlog: int) -> int:
    """Has a socket accept connections.

    :param backlog: how many may wait
    """
    return _try(fd, lambda sock: sock.listen(backlog))


def accept(fd: int, address: Any, size: aos_ref_t[int] | None) -> int:
    """Accepts a connection: its descriptor.

    :param address: gets the address of the other side; may be None
    """

    def accepted(sock: python.socket) -> int:
        other, name = sock.accept()
        _fill(address, other.family, name)
        os.set_inheritable(other.fileno(), True)
        return other.detach()

    return _do(fd, accepted, -1)


def getsockname(fd: int, address: Any, size: aos_ref_t[int] | None) -> int:
    """Stores the address of a socket."""
    return _try(fd, lambda sock: _fill(address, sock.family, sock.getsockname()))


def getpeername(fd: int, address: Any, size: aos_ref_t[int] | None) -> int:
    """Stores the address of the other side."""
    return _try(fd, lambda sock: _fill(address, sock.family, sock.getpeername()))


def setsockopt(fd: int, level: int, option: int, value: Any, size: int) -> int:
    """Sets an option of a socket.

    :param value: a timeval, or the address of a number
    """
    given = struct.pack("qq", value.tv_sec, value.tv_usec) if isinstance(value, timeval) else int(value.value)
    return _try(fd, lambda sock: sock.setsockopt(level, option, given))


def getsockopt(fd: int, level: int, option: int, value: aos_ref_t[int], size: aos_ref_t[int] | None) -> int:
    """Stores an option of a socket.

    :param value: gets the number
    """

    def read(sock: python.socket) -> None:
        value.value = sock.getsockopt(level, option)

    return _try(fd, read)


def recv(fd: int, buf: Memory, length: int, flags: int) -> int:
    """Receives bytes: how many, 0 at the end."""
    return recvfrom(fd, buf, length, flags, None, None)


def recvfrom(fd: int, buf: Memory, length: int, flags: int, address: Any, size: aos_ref_t[int] | None) -> int:
    """Receives bytes: how many, 0 at the end.

    :param address: gets where they come from; may be None
    """

    def received(sock: python.socket) -> int:
        data, name = sock.recvfrom(length, flags)
        pointer_of(buf).memory(len(data))[:] = data
        if name:
            _fill(address, sock.family, name)
        return len(data)

    return _do(fd, received, -1)


def send(fd: int, buf: Text, length: int, flags: int) -> int:
    """Sends bytes: how many."""
    return _do(fd, lambda sock: sock.send(string_at(buf, length), flags), -1)


def sendto(fd: int, buf: Text, length: int, flags: int, address: Any, size: int) -> int:
    """Sends bytes to an address: how many."""
    if address is None:
        return send(fd, buf, length, flags)
    return _do(fd, lambda sock: sock.sendto(string_at(buf, length), flags, _name(address)), -1)


def shutdown(fd: int, how: int) -> int:
    """Ends one direction, or both.

    :param how: SHUT_RD, SHUT_WR or SHUT_RDWR
    """
    return _try(fd, lambda sock: sock.shutdown(how))


# ---- addresses as text ----


def inet_aton(text: Text, address: in_addr) -> int:
    """Stores an IPv4 address: 1, or 0 for what is none."""
    try:
        address.s_addr = struct.unpack("<I", python.inet_aton(decode(string_at(text))))[0]
    except OSError:
        return 0
    return 1


def inet_addr(text: Text) -> int:
    """Returns an IPv4 address; INADDR_NONE, 0xFFFFFFFF, for what is none."""
    address = in_addr()
    return address.s_addr if inet_aton(text, address) else 0xFFFFFFFF


def inet_ntoa(address: in_addr) -> ptr[Any]:
    """Returns an IPv4 address as text."""
    return ptr(python.inet_ntoa(struct.pack("<I", address.s_addr)))


def inet_pton(family: int, text: Text, address: Any) -> int:
    """Stores an address: 1, 0 for what is none, -1 and errno for an unknown family.

    :param address: an in_addr, or room for the bytes
    """
    try:
        data = python.inet_pton(family, decode(string_at(text)))
    except OSError as error:
        return failed(error) if error.errno == names.EAFNOSUPPORT else 0
    if isinstance(address, in_addr):
        address.s_addr = int.from_bytes(data, "little")
    else:
        pointer_of(address).memory(len(data))[:] = data
    return 1


def inet_ntop(family: int, address: Any, text: Memory, size: int) -> ptr[Any] | None:
    """Stores an address as text; None and errno where it does not fit.

    :param address: an in_addr, or its bytes
    :param text: what is filled
    :param size: how many bytes of it may be filled
    """
    if isinstance(address, in_addr):
        data = struct.pack("<I", address.s_addr)
    else:
        data = bytes(pointer_of(address).memory(16 if family == python.AF_INET6 else 4))
    try:
        words = python.inet_ntop(family, data).encode() + b"\0"
    except (OSError, ValueError):
        errno.value = names.EAFNOSUPPORT
        return None
    if len(words) > size:
        errno.value = names.ENOSPC
        return None
    to = pointer_of(text)
    to.memory(len(words))[:] = words
    return to


# ---- names ----


class addrinfo:
    """``struct addrinfo``: an address that a name has, and the next one."""

    def __init__(self, ai_flags: int = 0, ai_family: int = 0, ai_socktype: int = 0, ai_protocol: int = 0) -> None:
        self.ai_flags, self.ai_family = ai_flags, ai_family
        self.ai_socktype, self.ai_protocol, self.ai_addrlen = ai_socktype, ai_protocol, 0
        self.ai_addr: Any = None
        self.ai_canonname: ptr[Any] | None = None
        self.ai_next: addrinfo | None = None


def getaddrinfo(host: Text | None, service: Text | None, hints: addrinfo | None, result: aos_ref_t[Any]) -> int:
    """Looks a name up: 0, or the number of an error for ``gai_strerror``.

    :param host: the name, or an address; None for this machine
    :param service: name or number of the port; may be None
    :param hints: what is wanted; may be None
    :param result: gets the first address
    """
    wanted = hints or addrinfo()
    try:
        found = python.getaddrinfo(
            None if host is None else decode(string_at(host)),
            None if service is None else decode(string_at(service)),
            wanted.ai_family,
            wanted.ai_socktype,
            wanted.ai_protocol,
            wanted.ai_flags,
        )
    except python.gaierror as error:
        return error.errno or python.EAI_FAIL
    last: addrinfo | None = None
    for family, kind, protocol, canonical, name in found:
        item = addrinfo()
        item.ai_family, item.ai_socktype, item.ai_protocol = int(family), int(kind), protocol
        item.ai_addr = sockaddr_in() if family == python.AF_INET else sockaddr_other()
        item.ai_addrlen = 16 if family == python.AF_INET else 28
        _fill(item.ai_addr, family, name)
        item.ai_canonname = ptr(canonical) if canonical else None
        if last is None:
            result.value = item
        else:
            last.ai_next = item
        last = item
    return 0


def freeaddrinfo(result: addrinfo | None) -> None:
    """Does nothing here.

    :param result: what ``getaddrinfo`` gave
    """


_GAI_WORDS = {
    -1: "Bad value for ai_flags",
    -2: "Name or service not known",
    -3: "Temporary failure in name resolution",
    -4: "Non-recoverable failure in name resolution",
    -6: "ai_family not supported",
    -7: "ai_socktype not supported",
    -8: "Servname not supported for ai_socktype",
    -10: "Memory allocation failure",
    -11: "System error",
}


def gai_strerror(number: int) -> ptr[Any]:
    """Returns the words for an error of ``getaddrinfo``.

    :param number: what it returned
    """
    return ptr(_GAI_WORDS.get(number, "Unknown error"))
