"""Documents that look like the service's, or like checkpoints, and are not quite."""

from __future__ import annotations

from hypothesis import strategies as st

__all__ = ["NUMBERS", "documents", "mutated"]

NUMBERS = st.one_of(
    st.integers(-5, 20).map(str),
    st.integers(-(2**70), 2**70).map(str),
    st.sampled_from([*("", "-0", "+1", " 1 ", "1_0", "1e3", "0x10", "1.5", "NaN"), "\u0665", "1 2"]),
    st.sampled_from(["9" * 19, "9" * 5000, "-" + "9" * 40]),
)
TEXTS = st.one_of(
    NUMBERS,
    st.text(max_size=8),
    st.sampled_from(
        [
            *("true", "false", "TRUE", "url", "%41", "a+b", "&lt;&amp;&#13;&#10;", "&#0;", "&#xd800;", "&x;", "]]>"),
            *("<![CDATA[<x>]]>", "<!-- c -->1", "<?pi?>", "../../etc/passwd", "/etc/passwd", "a\r\nb", "\udcff"),
        ]
    ),
)


def documents(names: list[str], leaves: int = 12) -> st.SearchStrategy[bytes]:
    """Trees of elements of these names."""
    name = st.sampled_from([*names, "x", "oss:Key", ""])
    leaf = st.tuples(name, TEXTS).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>")
    tree = st.recursive(
        leaf,
        lambda inner: st.tuples(name, st.lists(inner, max_size=5)).map(
            lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
        ),
        max_leaves=leaves,
    )
    prolog = st.sampled_from(
        [
            *("", '<?xml version="1.0" encoding="UTF-8"?>', '<?xml version="1.0" encoding="utf-16"?>', "\ufeff", " \n"),
            *('<?xml version="1.0" encoding="x-none"?>', "<!DOCTYPE a [<!ENTITY x 'y'>]>", "<?xml version='2.0'?>"),
        ]
    )
    return st.tuples(prolog, tree).map(lambda pair: (pair[0] + pair[1]).encode("utf-8", "surrogatepass"))


def mutated(data: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """The same, with a piece cut out, doubled or replaced."""

    def change(data: bytes, start: int, length: int, instead: bytes) -> bytes:
        start %= len(data) + 1
        return data[:start] + instead + data[start + length :]

    return data | st.builds(change, data, st.integers(0, 10_000), st.integers(0, 30), st.binary(max_size=6))
