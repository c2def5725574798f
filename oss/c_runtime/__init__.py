"""What C has and Python lacks, for programs that ``oss.tools.migrate`` made from C, where plain Python would differ.

A program needs of it only what it imports; nothing here needs the tools. Where one thing is meant by both, the names
are C's, and a module has the name of the header: ``#include <string.h>`` is ``from oss.c_runtime.string import *``.

=================  =====================================================================================================
``pointers``       ``ptr``, a pointer into a block of memory; ``array``, ``ref`` and ``field``, what has an address
``numbers``        C's number types: conversion, size, how they lie in memory; division towards zero
``string``         ``mem*`` and ``str*``; ``strings.h`` is here as well
``stdlib``         ``malloc`` and ``free``, ``strtol``, ``qsort``, ``rand``, ``getenv``
``stdio``          ``FILE``, the printf and the scanf family, ``perror``, ``remove``, ``rename``
``errno``          ``errno.value``, ``strerror``
``ctype``          classes of characters
``math``           ``math.h``, ``locale``: ``locale.h``
``time``           calendar time, ``strftime``; ``sys/time.h`` is here as well
``unistd``         descriptors, sleeping, ``getopt``; ``fcntl.h``, ``getopt.h`` and ``libgen.h`` are here as well
``stat``           ``sys/stat.h``
``dirent``         directories
``pthread``        threads, mutexes, conditions
``signal``         signals
``syslog``         the system's log
``socket``         sockets; ``netdb.h`` and ``arpa/inet.h`` are here as well
``stdarg``         ``va_list``
``cjson``          the cJSON library
``evp``            OpenSSL's digests and HMAC
``apr``            what APR has and the SDK does not: threads, more of texts and times
=================  =====================================================================================================

**Pointers.** ``NULL`` is None. ``p[i]``, ``p + n``, ``q - p``, ``p < q`` and ``p[0] = c`` are as in C; ``p++`` is
``p += 1``, for a pointer is a value and never changes itself. ``p.value`` is ``p[0]``. Outside of its block, and after
``free``, each access is an IndexError. ``str(p)`` is the text up to its NUL. The SDK takes a pointer wherever it
takes bytes, a text, or something to fill.

**Numbers.** A C type is called to convert: ``uint8_t(300)`` is 44, ``int32_t(a * b)`` wraps. Sizes are those of 64-bit
Linux: ``int`` is ``int32_t``, ``long`` and ``long long`` are ``int64_t``; ``char`` has a sign.

**Texts.** A parameter that is a ``char *`` in C takes a ptr, a str (as UTF-8), or bytes-like; one that is filled takes
a ptr or a bytearray.

**Undefined behaviour.** What C leaves undefined and a program can come to notice (a pointer past its block, a missing
NUL, a block freed twice, a float too large for its integer) is an exception here, never another value.
"""
