"""Pointers of several owners: where owners come and go, and what of it cannot be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from oss.tools.migrate.c_types import Array, CType, Pointer, Ref, Std, Struct
from oss.tools.migrate.cpp_copies import has_owner, moved
from oss.tools.migrate.cpp_deleters import Deleters
from oss.tools.migrate.cpp_moves import CppMoves
from oss.tools.migrate.cpp_raises import Raises
from oss.tools.migrate.cpp_types import plain
from oss.tools.migrate.nodes import STATEMENTS, ClassDef, Decl, Node, bare, walk
from oss.tools.migrate.values import Untranslatable

__all__ = ["CppOwners"]

_OWNERS_STAY = ("make_shared", "make_unique", "make_pair", "move", "forward", "swap", "sort", "stable_sort", "find_if",
                "find", "count_if", "count", "any_of", "all_of", "none_of", "for_each", "static_pointer_cast",
                "dynamic_pointer_cast", "begin", "end", "size", "distance", "next", "prev", "advance", "ref", "cref",
                "max_element", "min_element", "accumulate", "iter_swap", "reverse", "rotate")  # fmt: skip
"""The functions of the library that leave each owner one of what it owned, or exchange them."""


class CppOwners(CppMoves):
    """The part of the C++ writer that knows who owns an object."""

    def first_owner(self, code: str, kind: Std, made: CType | None = None) -> str:
        """A new object and its owner; what ends it is that of the class that it is made as."""
        if kind.name != "shared_ptr" or not self.counting:
            return code
        of = made or kind.of[0]
        if not isinstance(of, Struct) and self.ends(of):
            raise Untranslatable("a pointer with several owners to what holds objects that clean up")
        return f"owned({code}, {of.name}.close)" if isinstance(of, Struct) and self.ends(of) else f"owned({code})"

    @property
    def deleters(self) -> Deleters:
        if not hasattr(self, "_deleters"):
            self._deleters = Deleters(self.bodies())
        return self._deleters

    def asks_owners(self, classes: list[ClassDef]) -> bool:
        if self.deleters.shared:
            return True
        methods = [method for made in classes for method in made.methods]
        functions = [*self.context.uses.functions.values(), *methods]
        bodies = [body for item in functions for body in (item.body, *(value for _, value in item.inits))]
        kinds = {field.type for made in classes for field in made.fields}
        kinds |= {decl.type for item in functions for decl in item.params}
        for part in (part for body in bodies for part in walk(body)):
            kinds |= {part.type, *(decl.type for decl in part.decls)}
            if part.kind == "method" and part.name == "use_count":
                return True
        every = {made.name: made for made in classes}
        return any(self._watched(kind, every) for kind in kinds)

    def _watched(self, kind: CType, every: dict[str, ClassDef]) -> bool:
        """Whether a type has a pointer of several owners to what cleans up, or one that owns nothing."""
        if isinstance(kind, (Ref, Pointer)):
            return self._watched(kind.to, every)
        if isinstance(kind, Array):
            return self._watched(kind.of, every)
        if not isinstance(kind, Std):
            return False
        if kind.name == "weak_ptr":
            return True
        if kind.name == "shared_ptr":
            of = kind.of[0]
            if self.ends(of) or (isinstance(of, Struct) and any(self._heir(made, of.name, every) for made in every)):
                return True
        return any(self._watched(item, every) for item in kind.of)

    def _heir(self, name: str, base: str, every: dict[str, ClassDef]) -> bool:
        """Whether a class that cleans up is made of another one."""
        return self.ends(Struct(name)) and _made_of(name, base, every)

    def kept_as_given(self, parameter: Decl | None) -> bool:
        """Whether a constructor does nothing with an owner that it is given but to copy it into a field.

        Then the field may as well get the owner itself: nobody sees that there was one more for a while.
        """
        if parameter is None or parameter.scope != "param" or not isinstance(parameter.type, Std):
            return False
        if parameter.type.name != "shared_ptr":
            return False
        known: dict[Decl, bool] = self.__dict__.setdefault("_as_given", {})
        if parameter not in known:
            known[parameter] = any(self._keeps_as_given(item, parameter) for item in self.takers(parameter))
        return known[parameter]

    def _keeps_as_given(self, maker: Decl, parameter: Decl) -> bool:
        if maker.name != "__init__" or maker in self._made_in_passing():
            return False
        rows = [part for body in (maker.body, *(value for _, value in maker.inits)) for part in walk(body)]
        given = [value for name, value in maker.inits if not name.startswith("class ") and _copies(value, parameter)]
        mentions = [part for part in rows if part.kind == "name" and part.decl is parameter]
        return len(given) == len(mentions) == 1 and not any(map(_may_ask, rows))

    def _made_in_passing(self) -> set[Decl]:
        """The constructors of objects that are a part of a longer expression, where more may be asked."""
        if not hasattr(self, "_passing"):
            self._passing: set[Decl] = {
                inner.decl
                for body in self.bodies()
                for part in walk(body)
                if part.kind in ("call", "method", "operator", "member", "construct") and _is_own(part)
                for kid in part.kids
                for inner in walk(kid)
                if inner.kind == "construct" and inner.decl is not None
            }
        return self._passing

    def bodies(self) -> Sequence[Node | None]:
        """All that the program runs."""
        raise NotImplementedError

    def takers(self, parameter: Decl) -> list[Decl]:
        """The functions and methods whose parameter it is."""
        own = self.context.uses.functions.get(parameter.owner)
        methods = [item for made in self.context.program.classes.values() for item in made.methods]
        return [item for item in (own, *methods) if item is not None and parameter in item.params]

    def has_its_own_way(self, parameter: Decl) -> bool:
        """Whether a function, or a method of that name, does more with a parameter than look at what it leads to."""
        name = parameter.owner.rpartition(".")[2]
        takers = self.takers(parameter)
        at = next((item.params.index(parameter) for item in takers), 0)
        same = [item for made in self.context.program.classes.values() for item in made.methods if item.name == name]
        rows = {id(item): item for item in (*takers, *same) if at < len(item.params)}.values()
        return not takers or any(_sets_owner(item, item.params[at]) for item in rows)

    def takes(self, parameter: Decl) -> bool:
        """Whether a function ends what a parameter owns; else the one that calls it does, at its statement's end."""
        kind = parameter.type
        if not self.ends(kind):
            return False
        if isinstance(kind, Std) and kind.name == "shared_ptr":
            return self.kept_as_given(parameter) or self.has_its_own_way(parameter)
        return True

    def ends_taken(self, parameter: Decl) -> bool:
        """Whether something is done with a parameter when a function, or one of that name, ends."""
        name = parameter.owner.rpartition(".")[2]
        takers = self.takers(parameter)
        at = next((item.params.index(parameter) for item in takers), 0)
        same = [item for made in self.context.program.classes.values() for item in made.methods if item.name == name]
        rows = {id(item): item for item in (*takers, *same) if at < len(item.params)}.values()
        return any(self.owns_parameter(item, item.params[at]) for item in rows)

    def owns_parameter(self, function: Decl, parameter: Decl) -> bool:
        """Whether a function has to end a parameter: it is not certain that it gives it away at once."""
        if function.body is None or not self.takes(parameter) or self.kept_as_given(parameter):
            return False
        if isinstance(parameter.type, Struct) and self.noticed(parameter.type):
            return True
        rows = [*(value for _, value in function.inits), *function.body.kids]
        return self._gone(rows, parameter) is not True

    def _gone(self, rows: Sequence[Node | None], parameter: Decl) -> bool | None:
        """Whether statements give a parameter away whatever they do; None: they leave it, and go on."""
        for item in rows:
            if item is None:
                continue
            if _gives_away(item, parameter):
                return not (self.catches and self.raises.may(item))
            found = self._both_ways(item, parameter) if item.kind == "if" else None
            if found is not None:
                return found
            if self.catches and self.raises.may(item.kid(0) if item.kind == "if" else item):
                return False
            if item.kind != "if" and any(part.kind in ("return", "goto") for part in walk(item)):
                return False
        return None

    def _both_ways(self, item: Node, parameter: Decl) -> bool | None:
        """What both branches do; where the parameter is nothing there is nothing to give away."""
        branches = [_rows(kid) for kid in item.kids[1:]]
        if len(branches) == 1:
            branches.append([])
        empty = _null_branch(item.kid(0), parameter)
        found = [self._gone(rows, parameter) for index, rows in enumerate(branches) if index != empty]
        if False in found or len(set(found)) > 1:
            return False
        return found[0]

    @property
    def raises(self) -> Raises:
        """What may throw."""
        if not hasattr(self, "_raises"):
            self._raises = Raises(self.context.program.classes)
        return self._raises

    @property
    def catches(self) -> bool:
        """Whether the program catches anything."""
        raise NotImplementedError

    def owners_known(self, name: str, node: Node) -> None:
        """Refuses a function of the library that may copy, or drop, pointers that own objects."""
        if name not in _OWNERS_STAY and any(self._leads_to_owner(kid.type) for kid in node.kids[1:] if kid is not None):
            raise Untranslatable(f"{name}() of pointers that own objects that clean up")

    def _leads_to_owner(self, kind: CType) -> bool:
        kind = plain(kind)
        if not isinstance(kind, Std) or kind.name in ("weak_ptr", "function"):
            return False
        if has_owner(kind):
            return self.ends(kind)
        return any(self._leads_to_owner(item) for item in kind.of)

    def given_unseen(self, function: Node, arguments: Sequence[Node]) -> None:
        """Refuses a function that is not known here, where it may take an owner."""
        own = bare(function).decl
        if own is not None and own.init is not None and bare(own.init).kind == "lambda":
            return  # which is refused where it takes one
        if any(has_owner(plain(item.type)) and self.ends(plain(item.type)) for item in arguments):
            raise Untranslatable("a function, not known here, that is given an object that cleans up")


def _gives_away(item: Node | None, parameter: Decl) -> bool:
    """Whether a statement certainly moves a parameter into something else, or returns it."""
    if item is None or item.kind in STATEMENTS - {"expression", "return", "declare"}:
        return False
    if item.kind == "return" and item.kids and _core(item.kid(0)).decl is parameter:
        return True
    return any(
        source is not None and bare(source).decl is parameter
        for part in _certain(item)
        if _keeps(part)
        for source in (moved(bare(kid)) for kid in part.kids if kid is not None)
    )


def _rows(node: Node | None) -> Sequence[Node | None]:
    if node is None:
        return ()
    return node.kids if node.kind == "block" else (node,)


def _null_branch(test: Node, parameter: Decl) -> int | None:
    """Which branch of an ``if`` is for a parameter that is nothing."""
    inner, opposite = bare(test), 1
    if inner.kind == "unary" and inner.name == "!":
        inner, opposite = bare(inner.kid(0)), 0
    if inner.kind == "method" and inner.name == "operator bool":
        inner = bare(inner.kid(0))
    elif inner.kind == "operator" and inner.name in ("==", "!=") and len(inner.kids) == 2:
        opposite = int(inner.name == "!=")
        inner = bare(inner.kid(0))
    else:
        return None
    return opposite if inner.kind == "name" and inner.decl is parameter else None


def _keeps(part: Node) -> bool:
    """Whether something has what moves into it: no reference does."""
    if part.kind == "construct":
        return part.decl is None or isinstance(part.type, Std)
    return part.decl is None and (part.kind == "method" or (part.kind == "operator" and part.name == "="))


def _certain(node: Node) -> Iterator[Node]:
    """The parts of a statement that are evaluated whatever happens."""
    yield node
    if node.kind in ("cond", "lambda") or (node.kind == "binary" and node.name in ("&&", "||")):
        return
    for kid in [*node.kids, *(decl.init for decl in node.decls)]:
        if kid is not None:
            yield from _certain(kid)


def _core(node: Node) -> Node:
    inner = bare(node)
    while inner.kind == "construct" and len(inner.kids) == 1:
        inner = bare(inner.kid(0))
    return moved(inner) or inner


def _copies(value: Node | None, parameter: Decl) -> bool:
    """Whether a value is a copy of a parameter, of the same type."""
    inner = bare(value) if value is not None else None
    while inner is not None and inner.kind in ("construct", "list") and len(inner.kids) == 1:
        if plain(inner.type) != parameter.type:
            return False
        inner = bare(inner.kid(0))
    return inner is not None and inner.kind == "name" and inner.decl is parameter


def _may_ask(part: Node) -> bool:
    """Whether something may ask how many own an object, or may fail."""
    if part.kind in ("throw", "lambda", "new") or (
        part.kind == "method" and part.name in ("use_count", "lock", "expired")
    ):
        return True
    decl = part.decl
    if part.kind == "call":
        return bare(part.kid(0)).name not in ("move", "to_string")
    return part.kind in ("method", "operator", "construct") and decl is not None and not decl.system


def _is_own(part: Node) -> bool:
    """Whether a part of an expression is no object of the library that is made."""
    return part.kind != "construct" or isinstance(part.type, Struct)


def _sets_owner(function: Decl, parameter: Decl) -> bool:
    """Whether a function sets a parameter, lets it move, returns it, or gives it to a lambda."""
    for part in (row for body in (function.body, *(value for _, value in function.inits)) for row in walk(body)):
        if part.kind == "lambda" and any(item.decl is parameter for item in walk(part)):
            return True
        if part.kind == "return" and part.kids:
            inner = bare(part.kid(0))
            while inner.kind == "construct" and len(inner.kids) == 1:
                inner = bare(inner.kid(0))
            if inner.decl is parameter:
                return True
        names = [bare(kid).decl for kid in part.kids if kid is not None]
        if parameter not in names:
            continue
        if part.kind == "call" or (part.kind == "operator" and part.name == "=" and names[0] is parameter):
            decl = bare(part.kid(0)).decl if part.kind == "call" else None
            if decl is None or decl.system or decl is parameter or _takes_to_set(decl, names.index(parameter) - 1):
                return True
        if part.kind == "method" and names[0] is parameter and part.name in ("reset", "swap"):
            return True
    return False


def _takes_to_set(function: Decl, index: int) -> bool:
    """Whether a function has a reference to an argument that it may set."""
    if not 0 <= index < len(function.params):
        return True
    kind = function.params[index].type
    return isinstance(kind, Ref) and not kind.const


def _made_of(name: str, base: str, every: Mapping[str, ClassDef]) -> bool:
    known = every.get(name)
    return known is not None and any(row == base or _made_of(row or "", base, every) for row in known.bases)
