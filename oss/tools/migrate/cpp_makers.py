"""C++ objects of the library: how each is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from oss.tools.migrate.c_types import (
    Array,
    CType,
    Float,
    Function,
    Int,
    Pointer,
    Ref,
    Std,
    Struct,
    Void,
    pointee,
)
from oss.tools.migrate.cpp_copies import has_owner, moved
from oss.tools.migrate.cpp_deleters import frees
from oss.tools.migrate.cpp_files import path_code
from oss.tools.migrate.cpp_functors import functor
from oss.tools.migrate.cpp_sorted import sorted_next, total
from oss.tools.migrate.cpp_through import CppThrough
from oss.tools.migrate.cpp_types import (
    MAPS,
    POINTERS,
    boxes,
    is_string,
    plain,
)  # fmt: skip
from oss.tools.migrate.names import python_field, type_name
from oss.tools.migrate.nodes import Decl, Node, bare, is_null, walk
from oss.tools.migrate.ranges import LENGTH
from oss.tools.migrate.values import (
    ATOM,
    PRODUCT,
    Range,
    Untranslatable,
    Value,
    stored,
)  # fmt: skip

__all__ = ["CppMakers"]


_BOTH = {"in": "r", "in out": "r+", "in out trunc": "w+", "out": "w", "out trunc": "w", "app": "a", "app out": "a",
         "app in": "a+", "app in out": "a+"}  # fmt: skip


class CppMakers(CppThrough):
    """The part of the C++ writer that makes objects of the library."""

    def make_string(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments:
            return Value('""', "std", ATOM, kind, constant="")
        if len(arguments) == 1:
            if moved(bare(arguments[0])) is not None and is_string(plain(arguments[0].type)):
                return self.copied(arguments[0])
            if bare(arguments[0]).kind == "list":
                codes = [self.number(kid).code for kid in bare(arguments[0]).kids if kid is not None]
                return Value(f"text_of([{', '.join(codes)}])", "std", ATOM, kind)
            source = moved(bare(arguments[0]))
            return self.string(arguments[0]) if source is None else self.moved_from(source)
        code = self.text_piece(arguments)
        return Value(code, "std", PRODUCT if " * " in code else ATOM, kind)

    def make_list(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments:
            return self.zero_of(kind)
        made = self._list_of(kind, arguments)
        if self.is_linked(kind) and not (isinstance(arguments[0].type, Std) and len(arguments) == 1):
            return Value(f"linked({made.code})", "std", ATOM, kind)
        return made

    def _list_of(self, kind: Std, arguments: list[Node]) -> Value:
        first = bare(arguments[0])
        of = kind.of[0]
        if first.kind == "list":
            kids = [kid for kid in first.kids if kid is not None]
            if kind.name == "array":
                return self.make_array(kind, kids)
            if self.noticed(of):
                raise Untranslatable("objects that are copied out of braces")
            codes = [self.element_for(of, kid).code for kid in kids]
            return Value(f"[{', '.join(codes)}]", "std", ATOM, kind)
        if isinstance(first.type, Std) and len(arguments) == 1:
            return self.copied(arguments[0])
        if isinstance(plain(arguments[0].type), Int) and len(arguments) <= 2:
            if len(arguments) == 2 and self.ends(of):
                raise Untranslatable("several elements that clean up")
            value = self.element_value(arguments[1]) if len(arguments) == 2 else self.zero_of(of)
            count = self.container_size(arguments[0])
            if kind.name == "vector" and self.noticed(of):
                rows = f"({value.code} for _ in range({count.code}))"
                return Value(self.moving_list(of, rows), "std", ATOM, kind)
            if not self.immutable(of):
                return Value(f"[{self.copy_code(value, of)} for _ in range({count.code})]", "std", ATOM, kind)
            return Value(f"[{value.code}] * {count.at(PRODUCT + 1)}", "std", PRODUCT, kind)
        if len(arguments) == 2:
            rows = self.unordered(arguments, of) or self.copied_span(arguments[0], arguments[1], of)
            return Value(rows if rows.startswith("[") else f"list({rows})", "std", ATOM, kind)
        raise Untranslatable("a container of a part of another")

    def container_size(self, node: Node, what: str = "") -> Value:
        """How many elements a container will have; ``what`` is what C++ says where they are too many."""
        made = self.number(self.unsized(node))
        if made.range is not None and made.range.low >= 0:
            return made
        told = f', "{what}"' if what else ""
        return Value(f"counted({made.code}{told})", "int", ATOM, node.type, Range(0, LENGTH))

    def text_piece(self, arguments: Sequence[Node]) -> str:
        """The text that arguments stand for."""
        raise NotImplementedError

    def copied_span(self, first: Node, last: Node, kind: CType) -> str:
        """Copies of what is between two iterators."""
        raise NotImplementedError

    def element_for(self, kind: CType, node: Node) -> Value:
        """A value in braces as an element of a type."""
        if bare(node).kind == "list":
            return self.initial(kind, bare(node), None)
        if isinstance(kind, Std) and kind.name in POINTERS and is_null(node):
            return Value("None", "std", ATOM, kind)
        maker = self.library_maker(kind) if isinstance(kind, Std) and kind.name in ("function", "variant") else None
        if maker is not None and isinstance(kind, Std) and plain(node.type) != kind:
            return maker(kind, [node])
        return self.element_value(node)

    def make_array(self, kind: Std, kids: list[Node]) -> Value:
        """``std::array``, the rest of which is zero."""
        of, size = kind.of[0], kind.of[1]
        assert isinstance(size, Array) and size.count is not None
        nested = len(kids) == 1 and bare(kids[0]).kind == "list"
        if nested and (not isinstance(of, (Struct, Std)) or bare(kids[0]).type == size):
            kids = [kid for kid in bare(kids[0]).kids if kid is not None]
        codes = [self.element_for(of, kid).code for kid in kids if kid.kind != "unknown"]
        left = size.count - len(codes)
        if left and (left > 64 or not self.immutable(of)):
            raise Untranslatable("a long array with some values")
        codes += [self.zero_of(of).code] * left if left else []
        return Value(f"[{', '.join(codes)}]", "std", ATOM, kind)

    def make_path(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments:
            return Value("fs_path()", "std", ATOM, kind)
        first = plain(arguments[0].type)
        if isinstance(first, Std) and first.name in ("path", "directory_entry"):
            return Value(path_code(self, arguments[0]), "std", ATOM, kind)
        return Value(f"fs_path({self.string(arguments[0]).code})", "std", ATOM, kind)

    def make_directory_iterator(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments:
            raise Untranslatable("the end of a directory")
        codes = [path_code(self, arguments[0]), *(self(argument).code for argument in arguments[1:])]
        return Value(f"{kind.name}({', '.join(codes)})", "std", ATOM, kind)

    make_recursive_directory_iterator = make_directory_iterator

    def make_error_code(self, kind: Std, arguments: list[Node]) -> Value:
        return self.copied(arguments[0]) if arguments else Value("error_code()", "std", ATOM, kind)

    def make_tree(self, kind: Std, arguments: list[Node]) -> Value:
        """A map or a set of the runtime."""
        raise NotImplementedError

    def make_functor(self, kind: Std, arguments: list[Node]) -> Value:
        return Value(functor(kind), "std", 0, Std("function"))

    def make_queue(self, kind: Std, arguments: list[Node]) -> Value:
        return self.whole_copy(kind, arguments) if arguments else Value("[]", "std", ATOM, kind)

    make_stack = make_queue

    def make_priority_queue(self, kind: Std, arguments: list[Node]) -> Value:
        return self._queue_of(kind, arguments, "")

    def _queue_of(self, kind: Std, arguments: list[Node], less: str) -> Value:
        """A queue with an order of Python; of a range, where equal elements are the same."""
        if len(arguments) == 2 and plain(arguments[0].type) == plain(arguments[1].type) and total(kind.of[0]):
            items = self.copied_span(arguments[0], arguments[1], kind.of[0])
            return Value(f"priority_queue({less or 'None'}, {items})", "std", ATOM, kind)
        if len(arguments) == 1 and plain(arguments[0].type) == kind:
            return self.copied(arguments[0])
        if any(not isinstance(of := plain(row.type), Std) or of.name not in ("less", "greater") for row in arguments):
            raise Untranslatable("a queue that is made in such a way")
        return Value(f"priority_queue({less})", "std", ATOM, kind)

    def make_priority_queue_by(self, kind: Std, arguments: list[Node]) -> Value:
        """A queue with an order of the program."""
        order = kind.of[1]
        if arguments and plain(arguments[0].type) == kind:
            return self.copied(arguments[0])
        if isinstance(order, Struct) and len(arguments) == 1 and plain(arguments[0].type) == order:
            return Value(f"priority_queue({self.copied(arguments[0]).code})", "std", ATOM, kind)
        if isinstance(order, Struct) and not arguments:
            return Value(f"priority_queue({order.name}())", "std", ATOM, kind)
        if len(arguments) == 1 and isinstance(order, Std) and order.name == "function":
            return Value(f"priority_queue({self.function_code(arguments[0], kind.of[:1] * 2)})", "std", ATOM, kind)
        raise Untranslatable("a queue with an order that is not known")

    def make_priority_queue_greater(self, kind: Std, arguments: list[Node]) -> Value:
        return self._queue_of(kind, arguments, "lambda a, b: a > b")

    def make_tuple(self, kind: Std, arguments: list[Node]) -> Value:
        if len(arguments) == 1 and plain(arguments[0].type) == kind:
            return self.copied(arguments[0])
        if not arguments:
            return self.zero_of(kind)
        if len(arguments) == 1 and bare(arguments[0]).kind == "list":
            arguments = [kid for kid in bare(arguments[0]).kids if kid is not None]
        codes = [
            (self.string(argument) if is_string(of) else stored(self.element_value(argument))).code
            for argument, of in zip(arguments, kind.of, strict=True)
        ]
        return Value(f"({', '.join(codes)}{',' if len(codes) == 1 else ''})", "std", ATOM, kind)

    def hashed(self, kind: Std) -> None:
        """Refuses keys that Python cannot find again by what they hold."""
        if kind.of and (not self.immutable(kind.of[0]) or isinstance(kind.of[0], (Float, Pointer))):
            raise Untranslatable(f"a std::{kind.name} of such keys")

    def make_map(self, kind: Std, arguments: list[Node]) -> Value:
        self.hashed(kind)
        if not arguments:
            return Value("{}", "std", ATOM, kind)
        first = bare(arguments[0])
        if first.kind == "list":
            rows = []
            for item in first.kids:
                pair = bare(item) if item is not None else None
                if pair is None or pair.kind not in ("construct", "list") or len(pair.kids) != 2:
                    raise Untranslatable("a map with values in braces")
                key, value = (self.element_for(of, pair.kid(index)).code for index, of in enumerate(kind.of))
                rows.append(f"{key}: {value}")
            return Value(f"{{{', '.join(rows)}}}", "std", ATOM, kind)
        if (items := self.range_into_map(kind, arguments, backwards=True)) is not None:
            return Value(f"dict({items})", "std", ATOM, kind)
        return self.whole_copy(kind, arguments)

    def whole_copy(self, kind: Std, arguments: list[Node]) -> Value:
        """A container as a copy of another one, and not of a part, or with a size or an order of its own."""
        if len(arguments) != 1 or plain(arguments[0].type) != kind:
            raise Untranslatable("a container of a part of another")
        return self.copied(arguments[0])

    def range_into_map(self, kind: Std, arguments: list[Node], *, backwards: bool = False) -> str | None:
        """The pairs between two iterators, of the type that a map has; a map takes the first of those with one key.

        ``backwards``: they go where the last with one key counts.
        """
        given = plain(arguments[0].type)
        pair = given.of[0] if len(arguments) == 2 and isinstance(given, Std) and given.of else None
        if pair != Std("pair", kind.of[:2]) or plain(arguments[1].type) != given:
            return None
        whole = self.whole_of(*arguments)
        if whole is None or not isinstance(of := plain(whole.type), Std) or not all(map(self.immutable, kind.of[:2])):
            return None
        if of.name in MAPS:
            return self.any_items(whole)
        return f"reversed({self.items(whole)})" if backwards and of.name != "ordered_map" else self.items(whole)

    def unordered(self, arguments: list[Node], of: CType) -> str | None:
        """All that a container without an order has, where it goes into a variable that is sorted next."""
        whole, function = self.whole_of(*arguments), self.context.function
        kind = plain(whole.type) if whole is not None else None
        if whole is None or function is None or not isinstance(kind, Std) or not kind.name.startswith("unordered"):
            return None
        for spot in (part for part in walk(function.body) if part.kind == "declare"):
            for decl in spot.decls:
                given = bare(decl.init) if decl.init is not None else None
                if given is None or given.kind != "construct" or not any(kid is arguments[0] for kid in given.kids):
                    continue
                if self.immutable(of) and sorted_next(function.body, spot, decl, unique=kind.name == "unordered_map"):
                    return self.any_items(whole)
        return None

    def whole_of(self, first: Node, last: Node) -> Node | None:
        """The container that two iterators are the ends of."""
        raise NotImplementedError

    def any_items(self, owner: Node) -> str:
        """The elements of a container, in whatever order."""
        raise NotImplementedError

    def items(self, owner: Node) -> str:
        """The elements of a container, in their order."""
        raise NotImplementedError

    def make_set(self, kind: Std, arguments: list[Node]) -> Value:
        self.hashed(kind)
        if not arguments:
            return Value("set()", "std", ATOM, kind)
        first = bare(arguments[0])
        if len(arguments) == 2 and (whole := self.whole_of(arguments[0], arguments[1])) is not None:
            return Value(f"set({self.any_items(whole)})", "std", ATOM, kind)
        if first.kind == "list" and first.kids:
            return Value(
                f"{{{', '.join(self.element_value(kid).code for kid in first.kids if kid)}}}", "std", ATOM, kind
            )
        if len(arguments) == 2 and plain(arguments[0].type) == plain(arguments[1].type):
            return Value(f"set({self.copied_span(arguments[0], arguments[1], kind.of[0])})", "std", ATOM, kind)
        if len(arguments) == 1 and plain(arguments[0].type) == Std("initializer_list", kind.of[:1]):
            return Value(f"set({self(arguments[0]).code})", "std", ATOM, kind)
        return self.whole_copy(kind, arguments)

    def make_pointer(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments or is_null(arguments[0]):
            return Value("None", "std", ATOM, kind)
        inner = bare(arguments[0])
        if isinstance(kind.of[0], Array) and inner.kind == "newarray":
            return self.owned_array(kind, kind.of[0].of, inner.kid(0))
        if inner.kind == "new" and isinstance(kind.of[0], (Int, Float)):
            return Value(self.first_owner(f"ref({self.scalar(inner).code})", kind), "std", ATOM, kind)
        if len(arguments) > 1 and kind.name == "shared_ptr":
            made, end = self.copied(arguments[0]), self.function_code(arguments[1])
            return Value(f"owned({made.code}, {end})", "std", ATOM, kind)
        made = replace(self.copied(arguments[0]), form="std", type=kind)
        given = plain(arguments[0].type)
        if kind.name != "shared_ptr" or not self.counting or given == kind or _is_owner(given):
            return made
        if inner.kind != "new":
            return self.shared_later(made, kind, given)
        return replace(made, code=self.first_owner(made.code, kind, pointee(inner.type)), level=ATOM)

    def shared_later(self, made: Value, kind: Std, given: CType) -> Value:
        """An object of a ``unique_ptr`` that gets several owners."""
        of = given.of[0] if isinstance(given, Std) and given.name == "unique_ptr" and not frees(given) else None
        if not isinstance(of, Struct):
            raise Untranslatable("an object that gets several owners later")
        if not self.ends(of):
            return replace(made, code=f"owned({made.code})", level=ATOM)
        end = f"{of.name}.close" if not self.derived(of.name) else "lambda item: item.close()"
        return replace(made, code=f"owned({made.code}, {end})", level=ATOM)

    def make_weak_ptr(self, kind: Std, arguments: list[Node]) -> Value:
        """What owns nothing: the object itself, of which it is known how many own it."""
        if not arguments or is_null(arguments[0]):
            return Value("None", "std", ATOM, kind)
        if moved(bare(arguments[0])) is not None:
            raise Untranslatable("a std::weak_ptr that moves")
        return replace(self(arguments[0]), type=kind)

    def owned_array(self, kind: Std, of: CType, count: Node) -> Value:
        """An array that a pointer owns."""
        size = self.number(self.unsized(count))
        if isinstance(of, (Int, Float)):
            return Value(f"array({self.element_name(of)}, {size.code})", "std", ATOM, kind)
        if self.ends(of) or isinstance(of, Pointer):
            raise Untranslatable("an array of such elements")
        return Value(f"ptr([{self.zero_of(of).code} for _ in range({size.code})])", "std", ATOM, kind)

    def scalar(self, node: Node) -> Value:
        """The number that ``new int(5)`` has."""
        value = bare(node.kid(0)) if node.kids else None
        kind = pointee(node.type)
        if value is None or kind is None:
            return self.zero(kind) if kind is not None else Value("0")
        kids = [kid for kid in value.kids if kid is not None] if value.kind in ("list", "construct") else [value]
        return stored(self(kids[0])) if kids else self.zero(kind)

    def make_function(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments or is_null(arguments[0]):
            return Value("None", "std", ATOM, kind)
        self.plain_function(bare(arguments[0]))
        given, of = plain(arguments[0].type), kind.of[0] if kind.of else None
        if isinstance(given, Struct):
            return replace(self.copied(arguments[0]), form="std", type=kind)
        if not isinstance(of, Function) or given == kind:
            return replace(self.copied(arguments[0]), form="std", type=kind)
        code = self.function_code(arguments[0], of.params, of.result if not isinstance(of.result, Void) else None)
        level = ATOM if code.replace(".", "").isidentifier() else 0
        return Value(code, "std", level, kind)

    def make_pair(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments:
            return self.zero_of(kind)
        if len(arguments) == 1:
            inner = bare(arguments[0])
            if inner.kind == "list" and len(inner.kids) == 2:
                arguments = [inner.kid(0), inner.kid(1)]
            else:
                return self.copied(arguments[0])
        if len(arguments) != 2:
            raise Untranslatable("a pair without values")
        codes = []
        for argument, of in zip(arguments, kind.of, strict=True):
            made = self.string(argument) if is_string(of) else self.element_for(of, argument)
            codes.append(made.code)
        return Value(f"({', '.join(codes)})", "std", ATOM, kind)

    def make_exception(self, kind: Std, arguments: list[Node]) -> Value:
        return Value(
            f"{kind.name}({', '.join(self.string(argument).code for argument in arguments)})", "std", ATOM, kind
        )

    def make_stream(self, kind: Std, arguments: list[Node]) -> Value:
        if kind.name not in ("ofstream", "ifstream", "fstream", "ostringstream", "istringstream", "stringstream"):
            raise Untranslatable(f"a std::{kind.name}")
        return Value(f"{kind.name}({self.opening(kind, arguments)})", "std", ATOM, kind)

    def opening(self, kind: Std, arguments: list[Node]) -> str:
        """What a stream is made of, or opened with."""
        if not arguments:
            return ""
        mode = ""
        if kind.name == "fstream":
            mode = f', "{self.both_ways(arguments[1:])}"'
        elif len(arguments) == 2 and kind.name == "ofstream":
            mode = self.mode(arguments[1])
        elif len(arguments) == 2:
            words = self.modes(arguments[1])
            if words - {"in", "binary", "ate"} or (words and kind.name != "ifstream"):
                raise Untranslatable("a stream that is opened in such a way")
            mode = ', "end"' if "ate" in words else ""
        return f"{self.string(arguments[0]).code}{mode}"

    def both_ways(self, arguments: list[Node]) -> str:
        """How a file that may be read and written is opened."""
        words = self.modes(arguments[0]) - {"binary"} if arguments else {"in", "out"}
        mode = _BOTH.get(" ".join(sorted(words)))
        if mode is None:
            raise Untranslatable("a file that is opened in such a way")
        return mode

    @staticmethod
    def modes(node: Node) -> set[str]:
        return {part.name for part in walk(node) if part.kind == "name"}

    def mode(self, node: Node) -> str:
        """How a file is opened, as Python says it."""
        words = self.modes(node)
        if words <= {"out", "trunc", "binary"}:
            return ""
        if "app" in words and words <= {"app", "out", "binary"}:
            return ', "a"'
        raise Untranslatable("a file that is opened in such a way")

    def make_mutex(self, kind: Std, arguments: list[Node]) -> Value:
        return Value("threading.Lock()", "std", ATOM, kind)

    def make_recursive_mutex(self, kind: Std, arguments: list[Node]) -> Value:
        return Value("threading.RLock()", "std", ATOM, kind)

    def make_condition_variable(self, kind: Std, arguments: list[Node]) -> Value:
        return Value("condition_variable()", "std", ATOM, kind)

    def make_atomic(self, kind: Std, arguments: list[Node]) -> Value:
        of = kind.of[0]
        if not isinstance(of, Int):
            raise Untranslatable("an atomic that is no number")
        first = bare(arguments[0]) if arguments else None
        if first is not None and first.kind == "list":
            arguments = [kid for kid in first.kids if kid is not None]
        value = stored(self(arguments[0])).code if arguments else "0"
        name = type_name(of)
        return Value(f"atomic({name})" if value == "0" else f"atomic({name}, {value})", "std", ATOM, kind)

    def make_thread(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments:
            return Value("thread()", "std", ATOM, kind)
        if len(arguments) == 1 and plain(arguments[0].type) == kind:
            return self(arguments[0])
        if (first := bare(arguments[0])).kind == "lambda":
            self.run_once.add(id(first))
        return Value(f"thread({', '.join(self.thread_call(arguments))})", "std", ATOM, kind)

    @property
    def run_once(self) -> set[int]:
        """The lambdas that run once, and end then what they own."""
        raise NotImplementedError

    def thread_call(self, arguments: list[Node]) -> list[str]:
        """The function that a thread runs, and what it is given."""
        first = arguments[0]
        function = bare(first)
        if any(has_owner(plain(argument.type)) and self.ends(plain(argument.type)) for argument in arguments[1:]):
            raise Untranslatable("a pointer that a thread owns")
        if function.kind == "unary" and function.name == "&":
            function = bare(function.kid(0))
        decl = function.decl if function.kind == "name" else None
        if decl is not None and decl.scope == "method":
            owner = bare(arguments[1])
            owner = owner.kid(0) if owner.kind == "unary" and owner.name == "&" else owner
            codes = self.thread_arguments(arguments[2:], decl)
            return [f"{self.structure(owner)}.{self.method_of(decl)}", *codes]
        if decl is not None and decl.scope == "function":
            own = self.context.uses.functions.get(function.name)
            if own is None or own.system:
                raise Untranslatable("a thread whose function is not known")
            codes = self.thread_arguments(arguments[1:], own)
            return [self.context.name(own), *codes]
        if function.kind == "lambda":
            codes = [stored(self.element_value(argument)).code for argument in arguments[1:]]
            return [self(function).code, *codes]
        if isinstance(plain(first.type), Std) and plain(first.type).name == "function":  # type: ignore[union-attr]
            codes = [stored(self.element_value(argument)).code for argument in arguments[1:]]
            return [self(first).code, *codes]
        raise Untranslatable("a thread whose function is not known")

    def make_once_flag(self, kind: Std, arguments: list[Node]) -> Value:
        return Value("once_flag()", "std", ATOM, kind)

    def make_future(self, kind: Std, arguments: list[Node]) -> Value:
        return self(arguments[0]) if arguments else Value("future()", "std", ATOM, kind)

    def make_promise(self, kind: Std, arguments: list[Node]) -> Value:
        return self.copied(arguments[0]) if arguments else Value("promise()", "std", ATOM, kind)

    def make_packaged_task(self, kind: Std, arguments: list[Node]) -> Value:
        if len(arguments) == 1 and plain(arguments[0].type) == kind:
            return self.copied(arguments[0])
        codes = [stored(self(argument)).code for argument in arguments]
        return Value(f"packaged_task({', '.join(codes)})", "std", ATOM, kind)

    def method_of(self, decl: Decl) -> str:
        """What a method is called."""
        return decl.python or python_field(decl.name)

    def thread_arguments(self, arguments: Sequence[Node], own: Decl) -> list[str]:
        """What a thread is given: copies, but for ``std::ref``."""
        rows = []
        for argument, parameter in zip(arguments, own.params, strict=False):
            inner = bare(argument)
            if inner.kind == "call" and bare(inner.kid(0)).name in ("ref", "cref"):
                rows.append(self.passed(inner.kid(1), parameter))
                continue
            if boxes(parameter.type):
                raise Untranslatable("a reference to a copy that a thread has")
            kind = plain(parameter.type)
            if isinstance(kind, (Int, Float)):
                given = Node("convert", argument.place, kind, [argument]) if argument.type != kind else argument
                rows.append(self.passed(given, _by_value(parameter)))
                continue
            rows.append(self.passed(argument, _by_value(parameter)))
        return rows

    def make_nullopt_t(self, kind: Std, arguments: list[Node]) -> Value:
        return Value("None", "std", ATOM, kind)

    def make_optional(self, kind: Std, arguments: list[Node]) -> Value:
        if not arguments or bare(arguments[0]).name == "nullopt" or plain(arguments[0].type) == Std("nullopt_t"):
            return Value("None", "std", ATOM, kind)
        first = arguments[0]
        if plain(first.type) == kind:
            return self(first)
        return replace(self.optional_value(kind.of[0], first), form="std", type=kind)

    def optional_value(self, of: CType, node: Node) -> Value:
        """A value that an optional gets, as what the optional is of."""
        if is_string(of):
            return self.string(node)
        other = plain(node.type) != of
        if other and isinstance(of, (Int, Float)) and isinstance(plain(node.type), (Int, Float)):
            return stored(self(Node("convert", node.place, of, [node])))
        if other and isinstance(of, Std) and (maker := self.library_maker(of)) is not None and of.name == "variant":
            return maker(of, [node])
        return self.element_value(node)


def _by_value(parameter: Decl) -> Decl:
    """A parameter that takes a value where it takes a reference."""
    if not isinstance(parameter.type, Ref):
        return parameter
    return Decl(parameter.name, parameter.type.to, "param", parameter.place, owner=parameter.owner)


def _is_owner(kind: CType) -> bool:
    return isinstance(kind, Std) and kind.name == "shared_ptr"
