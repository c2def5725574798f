"""``std::filesystem``: functions of names are methods of the runtime's ``path``."""

from __future__ import annotations

from oss.tools.migrate.c_types import Int, Std
from oss.tools.migrate.cpp_types import is_string, plain
from oss.tools.migrate.nodes import Node, bare
from oss.tools.migrate.values import ATOM, PRODUCT, Range, Untranslatable, Value, integer
from oss.tools.migrate.writer import Writer

__all__ = ["ENTRY_METHODS", "PATH_METHODS", "DIRECTORIES", "file_call", "is_path", "path_code", "path_method",
           "path_operator"]  # fmt: skip

DIRECTORIES = ("directory_iterator", "recursive_directory_iterator")
_FUNCTIONS = {
    name: name for name in ("exists", "is_directory", "is_regular_file", "is_symlink", "is_empty", "file_size",
                            "create_directory", "create_directories", "remove", "remove_all", "rename", "copy_file",
                            "resize_file", "absolute", "canonical")
} | {"current_path": "enter"}  # fmt: skip
_OPTIONS = {"none": 0, "skip_existing": 1, "overwrite_existing": 2}
PATH_METHODS = ("string", "filename", "parent_path", "stem", "extension", "lexically_normal", "empty", "is_absolute",
                "compare")  # fmt: skip
_RENAMED = {"generic_string": "string", "c_str": "string", "operator std::string": "string", "native": "string"}
_SETTING = ("replace_extension", "replace_filename", "remove_filename")
ENTRY_METHODS = ("path", "exists", "is_directory", "is_regular_file", "is_symlink", "file_size")


def is_path(kind: object) -> bool:
    return isinstance(kind, Std) and kind.name == "path"


def _shaped(code: str, node: Node) -> Value:
    """What a function or method gives, by its type."""
    kind = plain(node.type)
    if isinstance(kind, Int) and kind.bits == 1:
        return Value(code, "bool", ATOM, kind, Range(0, 1))
    if isinstance(kind, Int):
        return Value(code, "int", ATOM, kind, Range(kind.low, kind.high))
    if isinstance(kind, Std):
        return Value(code, "std", ATOM, kind)
    return Value(code, "none", ATOM, node.type, of="effect")


def path_code(write: Writer, node: Node) -> str:
    """A name, as a ``path``."""
    made = write(node)
    if isinstance(made.type, Std) and made.type.name == "directory_entry":
        return f"{made.at(ATOM)}.path()"
    return made.at(ATOM)


def file_call(write: Writer, name: str, arguments: list[Node], node: Node) -> Value | None:
    """``fs::exists(p)``; nothing for functions of others."""
    if name in ("current_path", "temp_directory_path") and not arguments and is_path(plain(node.type)):
        return _shaped(f"fs_path.{'current' if name == 'current_path' else 'temporary'}()", node)
    if name not in _FUNCTIONS or not arguments or not is_path(plain(arguments[0].type)):
        return None
    codes = []
    for argument in arguments[1:]:
        inner = bare(argument)
        if inner.name in _OPTIONS and inner.kind == "name":
            codes.append(str(_OPTIONS[inner.name]))
        elif is_path(plain(argument.type)):
            codes.append(path_code(write, argument))
        elif isinstance(argument.type, Std) or isinstance(plain(argument.type), Std):
            codes.append(write(argument).code)
        elif name == "resize_file":
            codes.append(integer(write(argument)).code)
        else:
            raise Untranslatable(f"{name}() in such a way")
    return _shaped(f"{path_code(write, arguments[0])}.{_FUNCTIONS[name]}({', '.join(codes)})", node)


def path_method(write: Writer, made: Value, owner: Node, arguments: list[Node], node: Node) -> Value | None:
    """A method of a name."""
    if node.name.startswith("operator "):
        return _shaped(f"{made.at(ATOM)}.string()", node)
    name = _RENAMED.get(node.name, node.name)
    codes = [path_code(write, argument) for argument in arguments]
    if node.name in _SETTING:
        write.context.hoist(f"{write.target(owner)} = {made.at(ATOM)}.{name}({', '.join(codes)})")
        return write(owner)
    if node.name == "is_relative":
        return Value(f"not {made.at(ATOM)}.is_absolute()", "bool", 0, range=Range(0, 1))
    if node.name.startswith("has_"):
        name = {"has_extension": "extension", "has_filename": "filename", "has_parent_path": "parent_path"}[node.name]
        return Value(f"not {made.at(ATOM)}.{name}().empty()", "bool", 0, range=Range(0, 1))
    if name not in PATH_METHODS:
        return None
    shown = _shaped(f"{made.at(ATOM)}.{name}({', '.join(codes)})", node)
    return Value(shown.code, "text", ATOM, node.type) if node.name == "c_str" else shown


def path_operator(write: Writer, op: str, kids: list[Node], node: Node) -> Value | None:
    """``a / b`` and ``a /= b`` of names."""
    if op in ("/", "/=") and len(kids) == 2:
        other = bare(kids[1])
        if other.kind == "construct" and len(other.kids) == 1 and not is_path(plain(other.kid(0).type)):
            other = other.kid(0)
        text = is_string(plain(other.type)) or not isinstance(plain(other.type), Std)
        code = _text(write, other) if text else path_code(write, other)
        shown = f"{write(kids[0]).at(PRODUCT)} / {code}"
        if op == "/":
            return Value(shown, "std", PRODUCT, plain(node.type))
        write.context.hoist(f"{write.target(kids[0])} = {shown}")
        return write(kids[0])
    if op == "+=" and len(kids) == 2:
        write.context.hoist(f"{write.target(kids[0])} = {write(kids[0]).at(ATOM)}.joined({path_code(write, kids[1])})")
        return write(kids[0])
    return None


def _text(write: Writer, node: Node) -> str:
    made = write(node)
    return made.at(ATOM) if isinstance(made.type, Std) else write.adapted(made, "text").at(ATOM)
