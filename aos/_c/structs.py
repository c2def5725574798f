"""C structs as Python classes: the one piece of machinery behind every ``*_t`` of the port.

A struct is declared as in its C header, field by field, and below each field stands what it means::

    class oss_object_key_t(CStruct):
        node = node_field()
        "its place in a list of keys"
        key = string_field()
        "name of an object"

Editors show that text; ``help()``, ``explain`` and the reference read it in the source when they are asked.

``T()`` is the zeroed C struct: integers are 0, pointers None, embedded structs and lists fresh in each instance.
An unknown field is an AttributeError. Assigning to an embedded struct copies into it, a pointer is shared.
Structs compare by identity and are always true, as pointers to them are in C.

``T.c_fields`` has the fields in C's order; each knows its name, meaning and C type, and whether C's struct lacks it.
Strings and lists have fields of their own kind, which stand beside their classes.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from aos._c.contract import ArgumentError, one_of
from aos._c.fork import imported
from aos._c.redact import kept_secret, shown
from aos._c.text import text_of

T = TypeVar("T")

__all__ = [
    "CStruct",
    "CallbackField",
    "Field",
    "IntegerField",
    "MessageField",
    "PointerField",
    "StructField",
    "TextField",
    "callback_field",
    "index_of",
    "int32_field",
    "int64_field",
    "int_field",
    "message_field",
    "pointer_field",
    "struct_field",
    "text_field",
    "uint32_field",
    "uint64_field",
]


def index_of(value: Any, what: str = "value") -> int:
    """Returns the int that an argument stands for; a float or a bool, of which C compilers warn, is a TypeError."""
    if type(value) is int:
        return value
    if isinstance(value, (bool, float)) or not hasattr(value, "__index__"):
        raise ArgumentError(f"{what} must be an int, not {type(value).__name__}")
    return operator.index(value)


class Field:
    """One field of a struct: what it means, and what may be assigned to it.

    It takes the value's place in the class; in an instance the value lives in the slot ``_<name>``. ``owner`` is the
    struct that declares it, ``python_type`` the type of the value, as documentation has it.
    """

    name: str
    slot: str
    owner: type
    zero: object = None
    python_type: str

    def __init__(self, c_type: str = "", python_only: bool = False) -> None:
        self.c_type, self.python_only = c_type, python_only

    @property
    def meaning(self) -> str:
        """The text below the field; empty where there is no source to read it in."""
        texts: dict[str, str] = imported("aos._c.below").texts_below(self.owner.__module__, self.owner.__qualname__)
        return texts.get(self.name, "")

    def bind(self, name: str) -> None:
        """Gives the field its name, and so its slot."""
        self.name, self.slot = name, "_" + name

    def getter(self) -> Callable[[Any], Any]:
        """Returns a function that reads the field of an instance."""
        return operator.attrgetter(self.slot)

    def __set__(self, instance: Any, value: Any) -> None:
        raise NotImplementedError

    def description(self) -> str:
        """Returns what ``help()`` shows of the field."""
        return f"{self.meaning} (Python-only)".lstrip() if self.python_only else self.meaning

    def named(self, instance: object) -> str:
        """Returns the field's full name, for messages."""
        return f"{type(instance).__name__}.{self.name}"

    def copy(self, instance: Any, other: Any) -> None:
        """Copies the field from another struct, as C's struct assignment does."""
        setattr(instance, self.slot, getattr(other, self.slot))


class IntegerField(Field):
    """An integer of so many bits. What does not fit is refused, or wraps where the C type has no sign."""

    zero = 0
    python_type = "int"

    def __init__(self, bits: int, signed: bool, c_type: str, python_only: bool = False) -> None:
        super().__init__(c_type, python_only)
        self.low, self.high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)

    if TYPE_CHECKING:

        def __get__(self, instance: CStruct, owner: type) -> int: ...

    def __set__(self, instance: CStruct, value: int) -> None:
        if type(value) is not int or not self.low <= value <= self.high:
            value = self.fitted(instance, value)
        setattr(instance, self.slot, value)

    def fitted(self, instance: CStruct, value: object) -> int:
        """Returns the number that is stored for a value."""
        number = index_of(value, self.named(instance))
        if not self.low:
            return number & self.high
        if not self.low <= number <= self.high:
            raise ValueError(f"{self.named(instance)}: {number} does not fit between {self.low} and {self.high}")
        return number


class TextField(Field):
    """``char *``: a str or None (NULL). No repr shows a ``secret`` one."""

    python_type = "str | None"

    def __init__(self, c_type: str = "char *", python_only: bool = False, *, secret: bool = False) -> None:
        super().__init__(c_type, python_only)
        self.secret = secret

    if TYPE_CHECKING:

        def __get__(self, instance: CStruct, owner: type) -> str | None: ...

    def __set__(self, instance: CStruct, value: object) -> None:
        if self.secret:
            value = kept_secret(value)  # before anything fails
        if value is not None and (type(value) is not str or not value.isascii()):
            value = text_of(value, self.named(instance))
        setattr(instance, self.slot, kept_secret(value) if self.secret else value)


class MessageField(TextField):
    """A ``char *`` that says what went wrong, maybe in a peer's words.

    It is stored without control characters (line feeds may stay where it has ``lines``) and without the secrets that
    were sent.
    """

    def __init__(self, python_only: bool = False, *, lines: bool = False) -> None:
        super().__init__(python_only=python_only)
        self.lines = lines

    def __set__(self, instance: CStruct, value: object) -> None:
        text = text_of(value, self.named(instance))
        setattr(instance, self.slot, text and shown(text, lines=self.lines))


class PointerField(Field, Generic[T]):
    """``T *``: shares the object; NULL reads as None (typed as ``T``, since C leaves that check to the reader too)."""

    def __init__(self, kind: type[T] | None, c_type: str = "", python_only: bool = False) -> None:
        self.kind: type[Any] = kind or object
        pointed = "void" if self.kind is object else self.kind.__name__
        super().__init__(c_type or f"{pointed} *", python_only)
        self.python_type = f"{self.kind.__name__} | None"

    if TYPE_CHECKING:

        def __get__(self, instance: CStruct, owner: type) -> T: ...

    def __set__(self, instance: CStruct, value: T | None) -> None:
        if value is not None and not isinstance(value, self.kind):
            raise TypeError(f"{self.named(instance)} must be {one_of(self.kind)} or None, not {type(value).__name__}")
        setattr(instance, self.slot, value)


class CallbackField(Field):
    """A function pointer: any callable or None."""

    python_type = "Callable[..., Any] | None"

    if TYPE_CHECKING:

        def __get__(self, instance: CStruct, owner: type) -> Callable[..., Any]: ...

    def __set__(self, instance: CStruct, value: Callable[..., Any] | None) -> None:
        if value is not None and not callable(value):
            raise TypeError(f"{self.named(instance)} must be callable or None, not {type(value).__name__}")
        setattr(instance, self.slot, value)


class StructField(Field, Generic[T]):
    """A struct by value: always there, assigned by copying into it."""

    def __init__(self, kind: type[T], python_only: bool = False) -> None:
        super().__init__(kind.__name__, python_only)
        self.kind, self.python_type = kind, kind.__name__

    def make(self, instance: Any) -> T:
        """Makes the struct that stands in a new instance."""
        return self.kind()

    if TYPE_CHECKING:

        def __get__(self, instance: CStruct, owner: type) -> T: ...

    def __set__(self, instance: CStruct, value: T) -> None:
        try:
            getattr(instance, self.slot).assign(value)
        except TypeError:
            kind = type(value).__name__
            raise TypeError(f"{self.named(instance)} must be {one_of(self.kind)}, not {kind}") from None

    def copy(self, instance: Any, other: Any) -> None:
        getattr(instance, self.slot).assign(getattr(other, self.slot))


# ---- the words of a struct's definition ----


def int_field(*, c_type: str = "int", python_only: bool = False) -> IntegerField:
    """Declares an ``int`` or an enum."""
    return IntegerField(32, True, c_type, python_only)


def int32_field(*, c_type: str = "int32_t", python_only: bool = False, default: int = 0) -> IntegerField:
    """Declares an ``int32_t``, which is ``default`` in a new struct; in C's fields that is 0."""
    field = IntegerField(32, True, c_type, python_only)
    field.zero = default
    return field


def uint32_field() -> IntegerField:
    """Declares a ``uint32_t``, which is stored modulo 2**32."""
    return IntegerField(32, False, "uint32_t")


def int64_field(*, c_type: str = "int64_t", python_only: bool = False) -> IntegerField:
    """Declares an ``int64_t``, one of APR's types of that size, or an offset where C has a pointer into memory."""
    return IntegerField(64, True, c_type, python_only)


def uint64_field() -> IntegerField:
    """Declares a ``uint64_t``, which is stored modulo 2**64."""
    return IntegerField(64, False, "uint64_t")


def text_field(*, c_type: str = "char *", secret: bool = False) -> TextField:
    """Declares a ``char *``: a text or None (NULL). No repr shows a ``secret`` one."""
    return TextField(c_type, secret=secret)


def message_field(*, lines: bool = False, python_only: bool = False) -> MessageField:
    """Declares a text that is fit to be printed; it has one line, or with ``lines`` maybe several."""
    return MessageField(python_only, lines=lines)


def pointer_field(kind: type[T], *, c_type: str = "", python_only: bool = False) -> PointerField[T]:
    """Declares a pointer to a ``kind``; for ``object`` it may point to anything."""
    return PointerField(kind, c_type, python_only)


def callback_field(c_type: str) -> CallbackField:
    """Declares a pointer to a function of the caller's."""
    return CallbackField(c_type)


def struct_field(kind: type[T]) -> StructField[T]:
    """Declares a struct that stands inside the struct."""
    return StructField(kind)


class FieldProperty(property):
    """A field in its class: read without a Python call, and described when its ``__doc__`` is asked for."""

    __slots__ = ("field",)
    field: Field

    @property
    def __doc__(self) -> str | None:
        return self.field.description() or None

    @__doc__.setter
    def __doc__(self, text: str | None) -> None:
        """Ignores that of the getter, which ``property`` would put here."""


class CStructType(type):
    """Turns the fields of a class body into slots."""

    c_fields: tuple[Field, ...]
    c_zeros: tuple[tuple[str, object], ...]
    c_structs: tuple[StructField[Any], ...]

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> CStructType:
        own = {key: value for key, value in namespace.items() if isinstance(value, Field)}
        for key, value in own.items():
            value.bind(key)
            namespace[key] = made = FieldProperty(value.getter(), value.__set__)
            made.field = value
        inherited = {item.name: item for base in bases if isinstance(base, CStructType) for item in base.c_fields}
        slots = dict.fromkeys(item.slot for item in own.values() if item.name not in inherited)
        namespace["__slots__"] = (*namespace.get("__slots__", ()), *slots)
        cls = super().__new__(mcs, name, bases, namespace)
        for value in own.values():
            value.owner = cls
        cls.c_fields = tuple((inherited | own).values())
        cls.c_zeros = tuple((item.slot, item.zero) for item in cls.c_fields if not isinstance(item, StructField))
        cls.c_structs = tuple(item for item in cls.c_fields if isinstance(item, StructField))
        return cls


class CStruct(metaclass=CStructType):
    """Base class of every struct."""

    c_fields: ClassVar[tuple[Field, ...]]
    c_zeros: ClassVar[tuple[tuple[str, object], ...]]
    c_structs: ClassVar[tuple[StructField[Any], ...]]

    def __init__(self) -> None:
        for slot, zero in self.c_zeros:
            setattr(self, slot, zero)
        for item in self.c_structs:
            setattr(self, item.slot, item.make(self))

    def assign(self, other: object) -> None:
        """Copies all fields, as C's ``*self = *other`` does."""
        if type(other) is not type(self):
            raise TypeError(f"{one_of(type(self))} cannot be assigned from {type(other).__name__}")
        for item in self.c_fields:
            item.copy(self, other)

    def __copy__(self) -> Any:
        twin = type(self)()
        twin.assign(self)
        return twin

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{f.name}={getattr(self, f.slot)!r}' for f in self.c_fields)})"
