"""``getopt`` and ``getopt_long``, which ``unistd.h`` and ``getopt.h`` declare.

``optarg``, ``optind``, ``opterr`` and ``optopt`` are this module's: ``from oss.c_runtime import getopt``, then
``getopt.getopt(argc, argv, "b:o:")`` and ``getopt.optarg``. As in glibc, what is no option is moved behind those that
are, unless the options begin with ``+`` or ``-``, or ``POSIXLY_CORRECT`` is set; messages go to stderr while ``opterr``
is not 0.

What a parameter is:

:param argc: how many arguments
:param argv: the arguments: a list, or a pointer to an array
:param options: letters; ``:`` after one that has a value, ``::`` where it may have one
:param longopts: the long options, up to one without a name
:param index: gets the place of the long option that was found; may be None
"""

from __future__ import annotations

import os
from typing import Any

from aos._c.refs import aos_ref_t
from oss.c_runtime.pointers import Text, pointer_of, string_at
from oss.c_runtime.stdio import fprintf, stderr

__all__ = [
    "getopt",
    "getopt_long",
    "getopt_long_only",
    "no_argument",
    "optarg",
    "opterr",
    "optind",
    "option",
    "optional_argument",
    "optopt",
    "required_argument",
]

no_argument, required_argument, optional_argument = 0, 1, 2

optarg: Any = None
optind, opterr, optopt = 1, 1, ord("?")


class option:
    """``struct option``: a long option."""

    def __init__(
        self, name: Text | None = None, has_arg: int = 0, flag: aos_ref_t[int] | None = None, val: int = 0
    ) -> None:
        self.name, self.has_arg, self.flag, self.val = name, has_arg, flag, val


class _Scan:
    """Where the scan is: in a group of letters, and which arguments before ``optind`` are no options."""

    def __init__(self) -> None:
        self.letters: Any = None
        self.first_other = self.last_other = 0


_scan = _Scan()


def getopt(argc: int, argv: Any, options: Text) -> int:
    """Returns the next option's letter, ``?`` or ``:`` for one that is wrong, -1 after the last."""
    return _next(argc, argv, options, None, None, False)


def getopt_long(argc: int, argv: Any, options: Text, longopts: Any, index: aos_ref_t[int] | None) -> int:
    """Returns as ``getopt``; for a long option its ``val``, or 0 after storing that in its ``flag``."""
    return _next(argc, argv, options, longopts, index, False)


def getopt_long_only(argc: int, argv: Any, options: Text, longopts: Any, index: aos_ref_t[int] | None) -> int:
    """Returns as ``getopt_long``; long options may begin with one ``-``."""
    return _next(argc, argv, options, longopts, index, True)


def _exchange(argv: Any) -> None:
    """Moves the arguments that are no options behind the options that were found after them."""
    first, middle, end = _scan.first_other, _scan.last_other, optind
    moved = [argv[place] for place in [*range(middle, end), *range(first, middle)]]
    for place, argument in enumerate(moved, first):
        argv[place] = argument
    _scan.first_other, _scan.last_other = first + end - middle, end


def _skip_others(argc: int, argv: Any) -> None:
    """Goes to the next option, and leaves behind what is none."""
    global optind
    if _scan.first_other != _scan.last_other != optind:
        _exchange(argv)
    elif _scan.last_other != optind:
        _scan.first_other = optind
    while optind < argc and not _is_option(argv[optind]):
        optind += 1
    _scan.last_other = optind


def _end_options(argc: int, argv: Any) -> None:
    """Goes behind ``--``, after which nothing is an option."""
    global optind
    optind += 1
    if _scan.first_other != _scan.last_other != optind:
        _exchange(argv)
    elif _scan.first_other == _scan.last_other:
        _scan.first_other = optind
    _scan.last_other = optind = argc


def _advance(argc: int, argv: Any, order: str) -> int | None:
    """Goes to the next argument that is an option; a result, -1 or 1, where there is none."""
    global optind, optarg
    _scan.last_other, _scan.first_other = min(_scan.last_other, optind), min(_scan.first_other, optind)
    if order == "permute":
        _skip_others(argc, argv)
    if optind != argc and string_at(argv[optind]) == b"--":
        _end_options(argc, argv)
    if optind == argc:
        if _scan.first_other != _scan.last_other:
            optind = _scan.first_other
        return -1
    if _is_option(argv[optind]):
        return None
    if order == "require":
        return -1
    optarg = argv[optind]
    optind += 1
    return 1


def _is_option(argument: Any) -> bool:
    text = string_at(argument)
    return text.startswith(b"-") and len(text) > 1


def _next(argc: int, argv: Any, options: Text, longopts: Any, index: aos_ref_t[int] | None, only: bool) -> int:
    global optarg, optind, _scan
    if argc < 1:
        return -1
    optarg = None
    known = string_at(options)
    if optind == 0:
        optind, _scan = 1, _Scan()
    if _scan.first_other == 0:
        _scan.first_other = _scan.last_other = optind
    order = {b"-": "in order", b"+": "require"}.get(
        known[:1], "require" if "POSIXLY_CORRECT" in os.environ else "permute"
    )
    known = known[1:] if known[:1] in b"-+" else known
    quiet = not opterr or known.startswith(b":")
    if _scan.letters is None:
        status = _advance(argc, argv, order)
        if status is not None:
            return status
        text = string_at(argv[optind])
        if longopts is not None and text.startswith(b"--"):
            return _long(argc, argv, 2, longopts, index, known, quiet, "--")
        if longopts is not None and only and (len(text) > 2 or text[1:2] not in known):
            found = _long(argc, argv, 1, longopts, index, known, quiet, "-")
            if found != -1:
                return found
        _scan.letters = pointer_of(argv[optind]) + 1
    return _short(argc, argv, known, quiet)


def _complain(quiet: bool, argv: Any, format: str, *args: Any) -> None:
    if not quiet:
        fprintf(stderr, "%s: " + format + "\n", argv[0], *args)


def _short(argc: int, argv: Any, known: bytes, quiet: bool) -> int:
    """Takes the next letter of a group."""
    global optarg, optind, optopt
    letter: int = _scan.letters[0] & 0xFF
    _scan.letters += 1
    rest = _scan.letters
    if not rest[0]:
        optind += 1
        _scan.letters = None
    place = known.find(letter)
    if place < 0 or letter in b":;":
        _complain(quiet, argv, "invalid option -- '%c'", letter)
        optopt = letter
        return ord("?")
    if known[place + 1 : place + 2] != b":":
        return letter
    if rest[0]:
        optarg = rest
        optind += 1
    elif known[place + 2 : place + 3] == b":":
        optarg = None
    elif optind == argc:
        _complain(quiet, argv, "option requires an argument -- '%c'", letter)
        optopt = letter
        letter = ord(":" if known.startswith(b":") else "?")
    else:
        optarg = argv[optind]
        optind += 1
    _scan.letters = None
    return letter


def _choose(name: bytes, longopts: Any) -> list[int]:
    """Returns the places of the long options that a name, or its beginning, means; one where it is clear."""
    every, place = [], 0
    while (entry := longopts[place]).name is not None:
        every.append((string_at(entry.name), entry))
        place += 1
    exact = [place for place, (full, _) in enumerate(every) if full == name]
    if exact:
        return exact[:1]
    found = [place for place, (full, _) in enumerate(every) if full.startswith(name)]
    meant = {(every[place][1].has_arg, every[place][1].flag, every[place][1].val) for place in found}
    return found[:1] if len(meant) == 1 else found


def _long(
    argc: int, argv: Any, dashes: int, longopts: Any, index: aos_ref_t[int] | None, known: bytes, quiet: bool, head: str
) -> int:
    """Takes a long option."""
    global optarg, optind, optopt
    text = pointer_of(argv[optind]) + dashes
    name, equals, _ = string_at(text).partition(b"=")
    found = _choose(name, longopts)
    if not found and dashes == 1 and name[:1] in known:
        return -1
    optind += 1
    if len(found) != 1:
        optopt = 0
        if found:
            possible = "".join(
                f" '{head}{string_at(longopts[place].name).decode('utf-8', 'replace')}'" for place in found
            )
            _complain(quiet, argv, "option '%s%s' is ambiguous; possibilities:%s", head, text, possible)
        else:
            _complain(quiet, argv, "unrecognized option '%s%s'", head, text)
        return ord("?")
    chosen = longopts[found[0]]
    if equals and not chosen.has_arg:
        _complain(quiet, argv, "option '%s%s' doesn't allow an argument", head, chosen.name)
        optopt = chosen.val
        return ord("?")
    if equals:
        optarg = text + len(name) + 1
    elif chosen.has_arg == required_argument:
        if optind >= argc:
            _complain(quiet, argv, "option '%s%s' requires an argument", head, chosen.name)
            optopt = chosen.val
            return ord(":" if known.startswith(b":") else "?")
        optarg = argv[optind]
        optind += 1
    if index is not None:
        index.value = found[0]
    if chosen.flag is not None:
        chosen.flag.value = chosen.val
        return 0
    return int(chosen.val)
