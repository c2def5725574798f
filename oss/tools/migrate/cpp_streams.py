"""Streams of C++: to the console, to files and texts, and from them."""

from __future__ import annotations

from collections.abc import Sequence

from oss.tools.migrate.asked import is_pointer
from oss.tools.migrate.c_types import (
    BOOL,
    CType,
    Float,
    Function,
    Int,
    Pointer,
    Ref,
    Std,
    Struct,
    is_byte,
    is_char,
    pointee,
)
from oss.tools.migrate.context import Hoist
from oss.tools.migrate.cpp_containers import CONTAINERS
from oss.tools.migrate.cpp_files import path_method
from oss.tools.migrate.cpp_members import MEMBERS
from oss.tools.migrate.cpp_objects import family
from oss.tools.migrate.cpp_texts import TEXTS, piece
from oss.tools.migrate.cpp_types import EMPTY_HANDED, STREAMS, WRITTEN, is_string, plain
from oss.tools.migrate.cpp_variants import VARIANTS, CppVariants
from oss.tools.migrate.formats import Hole, alone
from oss.tools.migrate.nodes import Decl, Node, bare, walk
from oss.tools.migrate.spelling import literal
from oss.tools.migrate.values import (
    ATOM,
    COMPARISON,
    NOT,
    SHIFT,
    Range,
    Untranslatable,
    Value,
    integer,
)  # fmt: skip

__all__ = ["CppStreams"]

_CONSOLES = {"cout": "", "cerr": "file=sys.stderr", "clog": "file=sys.stderr"}
_ENDS = ("endl", "flush")
_FLAGS = ("dec", "hex", "oct", "fixed", "scientific", "defaultfloat", "left", "right", "internal", "boolalpha",
          "noboolalpha", "uppercase", "nouppercase", "showbase", "noshowbase", "showpos", "noshowpos", "showpoint",
          "noshowpoint")  # fmt: skip
_SETTERS = ("setw", "setfill", "setprecision")
_FORMATTING = ("width", "precision", "fill", "setf", "unsetf", "flags", "put", "write")
_ENDING = ("reset", "pop_back", "pop_front", "pop", "clear", "erase", "resize", "assign", "emplace", "remove",
           "remove_if")  # fmt: skip
"""The methods that end what something owns."""
_SPEAKING = frozenset(
    ["printf", "fprintf", "vprintf", "vfprintf", "puts", "fputs", "putchar", "putc", "fputc", "fwrite", "perror",
     "write", "fflush", "system", "exit", "_exit", "quick_exit", "abort", "terminate", "at", "value", "substr",
     "stoi", "stol", "stoll", "stoul", "stoull", "stod", "stof", "join"]
)  # fmt: skip
"""What writes, or may end what runs: C functions, and functions and methods of C++."""


def _is_flag(node: Node) -> bool:
    """Whether what a stream is asked for is a setting, which changes nothing of how it is read."""
    if node.name in ("hex", "oct"):
        raise Untranslatable("numbers that are read in another base")
    return node.name in ("ws", *_FLAGS)


class CppStreams(CppVariants):
    """The part of the C++ writer that reads and writes streams."""

    def truth(self, node: Node) -> Value | None:
        inner = bare(node)
        if (stream := self.stream_state(inner)) is not None:
            return stream
        if inner.kind == "method" and inner.name == "operator bool":
            made = self(inner.kid(0))
            if isinstance(made.type, Std) and made.type.name in EMPTY_HANDED:
                return Value(f"{made.at(COMPARISON + 1)} is not None", "bool", COMPARISON, range=Range(0, 1))
        if inner.kind == "method" and inner.decl is not None and inner.decl.python == "__bool__":
            made = self(inner)
            if made.code.startswith("bool("):
                return Value(made.code[len("bool(") : -1], "truth", ATOM, range=Range(0, 1))
        return super().truth(node)

    def text_piece(self, arguments: Sequence[Node]) -> str:
        return piece(self, arguments)

    def std_method(self, owner: Node, arguments: list[Node], node: Node) -> Value:
        assert isinstance(owner.type, Std)
        if self.edge(node) is not None:
            return self.edge_value(node)
        if (back := self.back_value(node)) is not None:
            return back
        made = self(owner)
        if owner.type.name == "atomic" and node.name.startswith("operator "):
            of = owner.type.of[0]
            whole = Range(of.low, of.high) if isinstance(of, Int) else None
            return Value(f"{made.at(ATOM)}.load()", "int", ATOM, of, whole)
        if is_string(owner.type) and node.name in TEXTS:
            return TEXTS[node.name](self, made, arguments, node)
        if owner.type.name == "directory_entry" and node.name.startswith("operator "):
            return Value(f"{made.at(ATOM)}.path()", "std", ATOM, Std("path"))
        if owner.type.name == "path" and (found := path_method(self, made, owner, arguments, node)) is not None:
            return found
        method = (
            VARIANTS.get(owner.type.name, {}).get(node.name)
            or CONTAINERS.get(owner.type.name, {}).get(node.name)
            or MEMBERS.get(owner.type.name, {}).get(node.name)
            or MEMBERS.get(family(owner.type), {}).get(node.name)
        )
        if method is None:
            raise Untranslatable(f"no counterpart of std::{owner.type.name}::{node.name}()")
        return method(self, made, arguments, node)

    # what is read

    def stream_state(self, node: Node) -> Value | None:
        """Whether a stream is well, after what is read from it."""
        if node.kind == "method" and node.name == "operator bool":
            made = self.state_of(bare(node.kid(0)))
            return None if made is None else Value(f"not {made}.fail()", "bool", NOT, range=Range(0, 1))
        if node.kind == "operator" and node.name == "!" and len(node.kids) == 1:
            made = self.state_of(bare(node.kid(0)))
            return None if made is None else Value(f"{made}.fail()", "truth", ATOM, range=Range(0, 1))
        return None

    def state_of(self, node: Node) -> str | None:
        """A stream, once what is read from it is read."""
        kind = plain(node.type)
        if not isinstance(kind, Std) or kind.name not in (*STREAMS, "ios", "iostream"):
            return None
        if node.kind == "call" and node.name == "getline":
            stream, line, *end = [kid for kid in node.kids[1:] if kid is not None]
            name = self.stream(stream)
            codes = [self(line).code, *([self.letter_text(end[0])] if end else [])]
            self.context.hoist(f"{self.target(line)} = {name}.getline({', '.join(codes)})")
            return name
        if node.kind == "operator" and node.name == ">>" and node.decl is None:
            stream, row = node.kid(0), node.kid(1)
            name = self.state_of(bare(stream)) or self.stream(stream)
            if bare(stream).kind == "operator" and bare(stream).decl is not None:
                name = self.simple_name(Value(name))
            if bare(row).kind == "call" and bare(row).name == "quoted":
                text = bare(row).kid(1)
                self.context.hoist(f"{self.target(text)} = {name}.quoted({self(text).code})")
            elif not _is_flag(bare(row)):
                self.context.hoist(f"{self.target(row)} = {name}.{self.reader(row)}")
            return name
        if node.kind == "operator" and node.name == ">>":
            return self(node).at(ATOM)
        if node.kind == "operator" and node.name == "<<":
            self.context.hoist(*self.printed(*(self.chain(node) or (node, []))))
            return self.stream(self.first_stream(node))
        if node.kind == "method":
            name = self.stream(node.kid(0))
            self.context.hoist(*self.read_rows(node, name))
            return name
        return self.stream(node)

    @staticmethod
    def first_stream(node: Node) -> Node:
        while node.kind == "operator" and node.name == "<<":
            node = node.kid(0)
        return node

    def read_rows(self, node: Node, name: str) -> list[str]:
        """A method that gives the stream itself."""
        arguments = [kid for kid in node.kids[1:] if kid is not None]
        if node.name == "get" and len(arguments) == 1:
            return [f"{self.target(arguments[0])} = {name}.getc({self(arguments[0]).code})"]
        made = self.std_method(node.kid(0), arguments, node)
        return [made.code] if made.form != "none" or made.of == "effect" else []

    def stream(self, node: Node) -> str:
        return self(node).at(ATOM)

    def reader(self, node: Node) -> str:
        """How a piece of a stream is read into a variable."""
        kind = plain(node.type)
        if kind == BOOL and any(part.name == "boolalpha" for body in self.bodies() for part in walk(body)):
            raise Untranslatable("a word that is read as a bool")
        return self.reader_of(kind, integer(self(node)).code)

    @staticmethod
    def reader_of(kind: CType, old: str) -> str:
        if is_string(kind):
            return f"word({old})"
        if isinstance(kind, Int) and is_char(kind):
            return f"letter({old})"
        if kind == BOOL:
            return f"truth({old})"
        if isinstance(kind, Int) and kind.bits >= 16:
            limits = "" if (kind.bits, kind.signed) == (32, True) else f", {kind.low}, {kind.high}"
            return f"integer({old}{limits})"
        if isinstance(kind, Float) and kind.bits == 64:
            return f"real({old})"
        raise Untranslatable("what is read from a stream")

    # what is written

    @property
    def formatting(self) -> bool:
        """Whether streams of the program have a format of their own, or go on to functions."""
        if not hasattr(self, "_formatting"):
            self._formatting = any(self._formats(part) for body in self.bodies() for part in walk(body))
        return self._formatting

    def _formats(self, part: Node) -> bool:
        if part.kind == "name" and part.decl is not None and part.decl.system and part.name in (*_FLAGS, *_SETTERS):
            return True
        if part.kind == "method" and part.name in _FORMATTING and isinstance(part.kid(0).type, Std):
            return bare(part.kid(0)).name in _CONSOLES
        if part.kind == "operator" and part.name == "<<" and part.decl is not None and not part.decl.system:
            return True
        kinds = [plain(decl.type) for decl in part.decls if isinstance(decl.type, (Ref, Pointer))]
        kinds += [plain(decl.type) for decl in (part.decl,) if decl is not None and decl.scope == "param"]
        return any(isinstance(kind, Std) and kind.name == "ostream" for kind in kinds)

    def speaks(self, node: Node | None) -> bool:
        """Whether an expression may write to the console, or end what runs."""
        return any(self._speaks(part) for part in walk(node))

    def _speaks(self, part: Node) -> bool:
        if part.kind in ("throw", "unknown", "delete", "new", "lambda"):
            return part.kind != "lambda"
        if self._ends_speak and self._ends_something(part):
            return True
        if part.kind == "operator" and part.decl is None:
            kind = plain(part.kid(0).type)
            return part.name == "()" or (part.name in ("<<", ">>") and isinstance(kind, Std))
        if part.kind in ("method", "call", "construct", "operator"):
            name = bare(part.kid(0)).name if part.kind == "call" else part.name
            decl = bare(part.kid(0)).decl if part.kind == "call" else part.decl
            if decl is None or decl.system:
                return (
                    name in _SPEAKING or any(map(self._calls_back, part.kids[1:])) or self._makes_speaking(name, part)
                )
            if decl.scope not in ("function", "method"):
                return True
            return any(self._body_speaks(item) for item in self._meant(decl))
        return False

    @property
    def _ends_speak(self) -> bool:
        """Whether a destructor of the program may write to the console."""
        known: dict[Decl, bool] = self.__dict__.setdefault("_speaking", {})
        ends = [end for made in self.context.program.classes.values() for end in made.method("close")]
        return any(known.get(end, False) or self._body_speaks(end) for end in ends if end.body is not None)

    def _ends_something(self, part: Node) -> bool:
        """Whether an object may end: a variable, or what a pointer or a container owns."""
        if any(self.ends(decl.type) for decl in part.decls):
            return True
        changes = (part.kind == "operator" and part.name == "=") or (part.kind == "method" and part.name in _ENDING)
        return changes and bool(part.kids) and self.ends(plain(part.kid(0).type))

    def _makes_speaking(self, name: str, part: Node) -> bool:
        """Whether the library makes an object whose constructor may write to the console."""
        if not name.startswith(("make_", "emplace", "try_emplace")) or not part.kids:
            return False
        kind = plain(part.type if part.kind == "call" else part.kid(0).type)
        names = [item.name for item in kind.of if isinstance(item, Struct)] if isinstance(kind, Std) else []
        made = [self.context.program.classes[name] for name in names if name in self.context.program.classes]
        return any(self._body_speaks(maker) for known in made for maker in known.method("__init__"))

    def _calls_back(self, argument: Node | None) -> bool:
        """Whether a function that a library is given, to call it, may write to the console."""
        inner = bare(argument) if argument is not None else None
        if inner is not None and inner.kind == "unary" and inner.name == "&":
            inner = bare(inner.kid(0))
        if inner is None or inner.decl is None or inner.kind not in ("name", "member"):
            return False
        kind = plain(inner.type)
        kind = kind.to if isinstance(kind, Pointer) else kind
        if isinstance(kind, Function) and inner.decl.scope == "function":
            return self._body_speaks(inner.decl)
        return isinstance(kind, Function) or (isinstance(kind, Std) and kind.name == "function")

    def _meant(self, decl: Decl) -> list[Decl]:
        """What a call may run: a method may be one that overrides."""
        if decl.scope != "method" or decl.name == "__init__":
            return [decl]
        classes = self.context.program.classes.values()
        return [decl, *(item for made in classes for item in made.method(decl.name) if item is not decl)]

    def _body_speaks(self, decl: Decl) -> bool:
        known: dict[Decl, bool] = self.__dict__.setdefault("_speaking", {})
        if decl not in known:
            known[decl] = False  # while it is being asked
            values = [value for _, value in decl.inits]
            made = self.context.program.classes.get(decl.owner) if decl.name == "__init__" else None
            values += [field.init for field in made.fields] if made is not None else []
            missing = decl.body is None and not decl.extern and decl.name != "__init__"
            owns = any(self.ends(item.type) for item in decl.params) and self._ends_speak
            known[decl] = missing or owns or self.speaks(decl.body) or any(self.speaks(value) for value in values)
        return known[decl]

    def chain(self, node: Node) -> tuple[Node, list[Node]] | None:
        """The stream and the operands of ``stream << a << b``."""
        rows: list[Node] = []
        while node.kind == "operator" and node.name == "<<" and node.decl is None and len(node.kids) == 2:
            rows.insert(0, node.kid(1))
            node = node.kid(0)
        kind = plain(node.type)
        return (node, rows) if isinstance(kind, Std) and kind.name in WRITTEN and rows else None

    def printed(self, stream: Node, rows: list[Node]) -> list[str]:
        """``print`` of what goes to a stream."""
        console = stream.kind == "name" and stream.name in _CONSOLES and (stream.decl is None or stream.decl.system)
        if not console or self.formatting or any(is_byte(plain(row.type)) and self.any_letter(row) for row in rows):
            return self.chained(stream, rows)
        found: list[str] = []
        group: list[str | Hole] = []
        kept = self.context.before, self.context.after
        for row in rows:
            self.context.before, self.context.after = [], []
            speaks = bool(group) and self.speaks(row)
            piece = self.streamed(row)
            if group and (speaks or self.context.before):
                found += self._print(stream, group)
                group = []
            found += self.context.before
            group.append(piece)
            if self.context.after:
                found += [*self._print(stream, group), *self.context.after]
                group = []
        self.context.before, self.context.after = kept
        return [*found, *(self._print(stream, group) if group else [])]

    def _print(self, stream: Node, group: list[str | Hole]) -> list[str]:
        """One ``print``."""
        where = _CONSOLES[stream.name]
        flushed = isinstance(group[-1], Hole) and group[-1].code in _ENDS
        pieces: list[str | Hole] = []
        for row in group:
            if isinstance(row, Hole) and row.code in _ENDS:
                pieces += ["\n"] if row.code == "endl" else []
            else:
                pieces.append(row)
        ends = bool(pieces) and isinstance(pieces[-1], str) and pieces[-1].endswith("\n")
        if ends:
            pieces[-1] = str(pieces[-1])[:-1]
        now = "flush=True" if flushed and not where and (self.ends_hard or not ends) else ""
        parts = self._joined(pieces)
        tail = ["" if ends else 'end=""', where, now]
        if parts is None:
            shown = [
                literal(piece)
                if isinstance(piece, str)
                else piece.code
                if not piece.spec
                else f"format({piece.code}, {literal(piece.spec)})"
                for piece in pieces
                if piece
            ]
            codes = [*shown, 'sep=""', *tail]
        else:
            if parts.startswith('f"') and "{" not in parts:
                parts = parts[1:]
            parts = alone(parts) or parts
            codes = ["" if parts in ('""', 'f""') else parts, *tail]
        return [f"print({', '.join(code for code in codes if code)})"]

    @property
    def ends_hard(self) -> bool:
        """Whether the program may end without writing what waits."""
        if not hasattr(self, "_ends_hard"):
            names = {"abort", "_exit", "quick_exit", "terminate", "at", "stoi", "stol", "stod", "stoul", "stoll",
                     "stoull", "value", "fork", "raise", "kill", "__assert", "substr"}  # fmt: skip
            self._ends_hard = any(
                part.kind == "throw" or (part.kind in ("name", "method") and part.name in names)
                for body in self.bodies()
                for part in walk(body)
            )
        return self._ends_hard

    @property
    def unwinds_always(self) -> bool:
        """Whether every block is left in order: nothing ends the program by ``exit`` or by what nobody catches."""
        if not hasattr(self, "_unwinds"):
            exits = any(
                part.kind == "name" and part.name in ("exit", "quick_exit", "_exit")
                for body in self.bodies()
                for part in walk(body)
            )
            self._unwinds = not exits and not self.ends_hard
        return self._unwinds

    def chained(self, stream: Node, rows: list[Node]) -> list[str]:
        """``stream << a << b`` itself; what needs statements of its own stands in several."""
        try:
            with self.context.purely():
                return [self._after(self.stream_code(stream), rows)]
        except Hoist:
            pass
        found: list[str] = []
        kept = self.context.before, self.context.after
        for row in rows:
            self.context.before, self.context.after = [], []
            head = self.stream(self.first_stream(stream)) if found else self.stream_code(stream)
            code = self._after(head, [row])
            found += [*self.context.before, code, *self.context.after]
        self.context.before, self.context.after = kept
        return found

    def _after(self, code: str, rows: list[Node]) -> str:
        return " << ".join([code, *(self.operand(row) for row in rows)])

    def stream_code(self, node: Node) -> str:
        """An expression that is a stream."""
        if node.kind == "operator" and node.name == "<<":
            if node.decl is not None:
                return self(node).at(ATOM)
            found = self.chain(node)
            if found is None:
                raise Untranslatable("what goes to a stream is not known")
            return self._after(self.stream_code(found[0]), found[1])
        return self(node).at(ATOM)

    def operand(self, node: Node) -> str:
        """An operand of ``<<`` where the stream has a format."""
        inner = bare(node)
        if inner.kind == "name" and inner.decl is not None and inner.decl.system:
            if inner.name in _FLAGS:
                return f"ios.{inner.name}"
            if inner.name in _ENDS:
                return inner.name
        if inner.kind == "call" and bare(inner.kid(0)).name in _SETTERS:
            name, argument = bare(inner.kid(0)).name, inner.kid(1)
            code = self.letter_text(argument) if name == "setfill" else self.number(argument).code
            return f"{name}({code})"
        if inner.kind == "method" and inner.name == "rdbuf" and len(inner.kids) == 1:
            return f"{self.stream(inner.kid(0))}.rest()"
        return self.shown_operand(node)

    def shown_operand(self, node: Node) -> str:
        """A value that goes to a stream with a format."""
        kind = plain(node.type)
        if isinstance(kind, Int) and kind.bits == 1:
            made = self.condition(node)
            return made.at(SHIFT + 1) if made.form == "bool" else f"bool({made.code})"
        row = self.streamed(node)
        if isinstance(row, str):
            return literal(row)
        if isinstance(kind, Int) and kind.signed and kind.bits in (16, 64) and self._based:
            found = self.range(node)
            if found is None or found.low < 0:
                return f"{'wide' if kind.bits == 64 else 'narrow'}({row.code})"
        last = self.last_hole
        return last.at(SHIFT + 1) if last is not None and last.code == row.code else f"({row.code})"

    last_hole: Value | None = None

    @property
    def _based(self) -> bool:
        """Whether numbers of the program are shown otherwise than decimal."""
        return any(
            part.kind == "name" and part.name in ("hex", "oct") and part.decl is not None and part.decl.system
            for body in self.bodies() for part in walk(body)
        )  # fmt: skip

    def hole(self, made: Value, spec: str = "") -> Hole:
        self.last_hole = made
        return Hole(made.code, spec)

    def _as_text(self, inner: Node, node: Node, kind: Std) -> str | None:
        """What stands for an object of the library that is no string."""
        name = bare(inner.kid(0)).name if inner.kind == "call" else ""
        if name in ("quoted", "put_time"):
            kids = [kid for kid in inner.kids[1:] if kid is not None]
            times = [is_pointer(kid.type) and not is_char(pointee(kid.type)) for kid in kids]
            codes = [(self(kid) if time else self.string(kid)).code for kid, time in zip(kids, times, strict=True)]
            return f"{name}({', '.join(codes)})"
        words = {"bitset": "to_string", "path": "quoted"}
        return f"{self(node).at(ATOM)}.{words[kind.name]}()" if kind.name in words else None

    def streamed(self, node: Node) -> str | Hole:
        """What stands in a text for an operand of ``<<``."""
        inner = bare(node)
        if inner.name in _ENDS and inner.kind == "name" and inner.decl is not None and inner.decl.system:
            return Hole(inner.name)
        if inner.kind == "string" and not inner.macro:
            return str(inner.value).split("\0")[0]
        if inner.kind == "char" and isinstance(inner.value, int) and 0 < inner.value < 128 and is_char(node.type):
            return chr(inner.value)
        kind = plain(node.type)
        if isinstance(kind, Std) and (code := self._as_text(inner, node, kind)) is not None:
            return self.hole(Value(code, "std", ATOM, Std("string")))
        if is_string(kind):
            return self.hole(self.string(node))
        if is_pointer(kind) and is_char(pointee(kind)):
            made = self(node)
            shown = self.adapted(made, "text")
            return self.hole(Value(f"given({shown.code})", "text", ATOM, kind) if made.nullable else shown)
        if isinstance(kind, Int) and kind.bits == 8:
            return self.hole(Value(self.letter_text(node), "std", ATOM, Std("string")))
        made = integer(self(node))
        if isinstance(kind, Int) and made.form == "int":
            return self.hole(made)
        if isinstance(kind, Float) and made.form == "float":
            return self.hole(made, "g")
        raise Untranslatable("what goes to a stream is not known")
