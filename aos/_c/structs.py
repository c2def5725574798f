"""C structs as Python classes: the one piece of machinery behind every ``*_t`` of the port.

A struct is declared as in its C header, field by field::

    class oss_object_key_t(c_struct):
        node = list_field()
        key = string_field()

``T()`` is the zeroed C struct: integers are 0, pointers None, embedded structs and lists fresh in each instance.
An unknown field is an AttributeError. Assigning to an embedded struct copies into it, a pointer is shared.
Structs compare by identity and are always true, as pointers to them are in C.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from aos._c.contract import ArgumentError
from aos._c.redact import kept_secret, shown
from aos._c.text import text_of

if TYPE_CHECKING:
    from aos.aos_list import _ListField
    from aos.aos_string import aos_string_t

T = TypeVar("T")

__all__ = [
    "CStruct",
    "CallbackField",
    "field",
    "index_of",
    "int32_field",
    "int64_field",
    "list_field",
    "MessageField",
    "PointerField",
    "string_field",
    "StructField",
    "TextField",
    "uint32_field",
    "uint64_field",
]


def index_of(value: object, what: str = "value") -> int:
    """The int behind a C integer argument; floats and bools are refused as a C compiler's warnings would have them."""
    if type(value) is int:
        return value
    if isinstance(value, (bool, float)) or not hasattr(value, "__index__"):
        raise ArgumentError(f"{what} must be an int, not {type(value).__name__}")
    return operator.index(value)


class field:
    """Base of the field descriptors; the value lives in the slot ``_<name>``."""

    name: str
    slot: str
    zero: object = None
    python_only = False
    """Whether C's struct lacks it."""

    def bind(self, name: str) -> None:
        """Tells the field its name, and so its slot."""
        self.name, self.slot = name, "_" + name

    def __set__(self, instance: Any, value: Any) -> None:
        raise NotImplementedError

    def named(self, instance: object) -> str:
        """The field's full name, for messages."""
        return f"{type(instance).__name__}.{self.name}"

    def copy(self, instance: Any, other: Any) -> None:
        """What C's struct assignment does to this field."""
        setattr(instance, self.slot, getattr(other, self.slot))


class _IntegerField(field):
    zero = 0

    def __init__(self, bits: int, signed: bool) -> None:
        self.low, self.high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)

    if TYPE_CHECKING:

        def __get__(self, instance: CStruct, owner: type) -> int: ...

    def __set__(self, instance: CStruct, value: int) -> None:
        if type(value) is not int or not self.low <= value <= self.high:
            value = self._fitted(instance, value)
        setattr(instance, self.slot, value)

    def _fitted(self, instance: CStruct, value: object) -> int:
        number = index_of(value, self.named(instance))
        if not self.low:
            return number & self.high
        if not self.low <= number <= self.high:
            raise ValueError(f"{self.named(instance)}: {number} does not fit between {self.low} and {self.high}")
        return number


def int32_field(*, python_only: bool = False) -> _IntegerField:
    """``int``, ``int32_t`` and the enums."""
    made = _IntegerField(32, True)
    made.python_only = python_only
    return made


def uint32_field() -> _IntegerField:
    """``uint32_t``: stored modulo 2**32."""
    return _IntegerField(32, False)


def int64_field() -> _IntegerField:
    """``int64_t``, ``apr_time_t``, ``long``."""
    return _IntegerField(64, True)


def uint64_field() -> _IntegerField:
    """``uint64_t``: stored modulo 2**64."""
    return _IntegerField(64, False)


class TextField(field):
    """``char *``: a str or None (NULL). No repr gives a ``secret`` one away."""

    def __init__(self, *, secret: bool = False) -> None:
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
    """A ``char *`` that says what went wrong, maybe in a peer's words: without control characters, but for line feeds
    where it may have ``lines``, and without the secrets that were sent."""

    def __init__(self, *, lines: bool = False, python_only: bool = False) -> None:
        super().__init__()
        self.lines, self.python_only = lines, python_only

    def __set__(self, instance: CStruct, value: object) -> None:
        text = text_of(value, self.named(instance))
        setattr(instance, self.slot, text and shown(text, lines=self.lines))


class PointerField(field, Generic[T]):
    """``T *``: shares the object; NULL reads as None (typed as ``T``, since C leaves that check to the reader too)."""

    def __init__(self, kind: type[T] | None = None) -> None:
        self.kind = kind

    if TYPE_CHECKING:

        def __get__(self, instance: CStruct, owner: type) -> T: ...

    def __set__(self, instance: CStruct, value: T | None) -> None:
        if value is not None and self.kind is not None and not isinstance(value, self.kind):
            raise TypeError(
                f"{self.named(instance)} must be a {self.kind.__name__} or None, not {type(value).__name__}"
            )
        setattr(instance, self.slot, value)


class CallbackField(field):
    """A function pointer: any callable or None."""

    if TYPE_CHECKING:

        def __get__(self, instance: CStruct, owner: type) -> Callable[..., Any]: ...

    def __set__(self, instance: CStruct, value: Callable[..., Any] | None) -> None:
        if value is not None and not callable(value):
            raise TypeError(f"{self.named(instance)} must be callable or None, not {type(value).__name__}")
        setattr(instance, self.slot, value)


class StructField(field, Generic[T]):
    """A struct by value: always there, assigned by copying into it."""

    def __init__(self, kind: type[T]) -> None:
        self.kind = kind

    def make(self, instance: Any) -> T:
        """The struct that stands in a new instance."""
        return self.kind()

    if TYPE_CHECKING:

        def __get__(self, instance: CStruct, owner: type) -> T: ...

    def __set__(self, instance: CStruct, value: Any) -> None:
        try:
            getattr(instance, self.slot).assign(value)
        except TypeError:
            kind = type(value).__name__
            raise TypeError(f"{self.named(instance)} must be a {self.kind.__name__}, not {kind}") from None

    def copy(self, instance: Any, other: Any) -> None:
        getattr(instance, self.slot).assign(getattr(other, self.slot))


class CStructType(type):
    """Turns the fields of a class body into slots."""

    c_fields: tuple[field, ...]
    c_zeros: tuple[tuple[str, object], ...]
    c_structs: tuple[StructField[Any], ...]

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> CStructType:
        own = {key: value for key, value in namespace.items() if isinstance(value, field)}
        for key, value in own.items():
            value.bind(key)
            # The same as the field itself, but reading is done without a Python call.
            namespace[key] = property(operator.attrgetter(value.slot), value.__set__, doc=value.__doc__)
        namespace["__slots__"] = (*namespace.get("__slots__", ()), *dict.fromkeys(item.slot for item in own.values()))
        cls = super().__new__(mcs, name, bases, namespace)
        inherited = next((base.c_fields for base in bases if isinstance(base, CStructType)), ())
        cls.c_fields = (*inherited, *own.values())
        cls.c_zeros = tuple((item.slot, item.zero) for item in cls.c_fields if not isinstance(item, StructField))
        cls.c_structs = tuple(item for item in cls.c_fields if isinstance(item, StructField))
        return cls


class CStruct(metaclass=CStructType):
    """Base class of every struct."""

    c_fields: ClassVar[tuple[field, ...]]
    c_zeros: ClassVar[tuple[tuple[str, object], ...]]
    c_structs: ClassVar[tuple[StructField[Any], ...]]

    def __init__(self) -> None:
        for slot, zero in self.c_zeros:
            setattr(self, slot, zero)
        for item in self.c_structs:
            setattr(self, item.slot, item.make(self))

    def assign(self, other: object) -> None:
        """C's ``*self = *other``."""
        if type(other) is not type(self):
            raise TypeError(f"a {type(self).__name__} cannot be assigned from {type(other).__name__}")
        for item in self.c_fields:
            item.copy(self, other)

    def __copy__(self) -> Any:
        twin = type(self)()
        twin.assign(self)
        return twin

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{f.name}={getattr(self, f.slot)!r}' for f in self.c_fields)})"


def string_field(*, secret: bool = False) -> StructField[aos_string_t]:
    """An ``aos_string_t`` by value; a plain str (or None) may be assigned. No repr gives a ``secret`` one away."""
    from aos.aos_string import _SecretStringField, aos_string_t

    return _SecretStringField(aos_string_t) if secret else StructField(aos_string_t)


def list_field() -> _ListField:
    """An ``aos_list_t`` by value, head or node: it knows the struct it stands in."""
    from aos.aos_list import _ListField

    return _ListField()
