"""``oss.c_runtime.moving``: elements that notice where they are, and in which order those that go end."""

from __future__ import annotations

from oss.c_runtime.moving import erase_owned_if, moving_list, remove_owned_if


class Thing:
    """Writes down when it ends; what it was moved to has one letter more."""

    ended: list[str] = []  # noqa: RUF012  # each test begins with a list of its own

    def __init__(self, name: str) -> None:
        self.name = name

    def close(self) -> None:
        self.ended.append(self.name)

    def again(self) -> Thing:
        return Thing(f"{self.name}'")


def _things(names: str) -> list[Thing]:
    Thing.ended = []
    return [Thing(name) for name in names]


def test_elements_move_when_a_vector_grows() -> None:
    """At one, two and four elements, as in libstdc++."""
    a, b, c = _things("abc")
    row = moving_list(Thing.again)
    for item in (a, b, c):
        row.append(item)
    assert [item.name for item in row] == ["a''", "b'", "c"]
    assert Thing.ended == ["a", "a'", "b"]


def test_what_is_reserved_does_not_move() -> None:
    """And what is there moves once, when it is reserved."""
    a, b, c = _things("abc")
    row = moving_list(Thing.again)
    row.append(a)
    row.reserve(3)
    row.append(b)
    row.append(c)
    row.reserve(2)
    assert [item.name for item in row] == ["a'", "b", "c"]
    assert Thing.ended == ["a"]


def test_each_ends_before_the_next_moves() -> None:
    """Where nothing can fail in between."""
    a, b = _things("ab")
    seen: list[str] = []

    def again(item: Thing) -> Thing:
        seen.append(f"{item.name} after {len(Thing.ended)}")
        return item.again()

    moving_list(again, [a, b], each=True).reserve(9)
    assert seen == ["a after 0", "b after 1"]
    seen.clear()
    Thing.ended = []
    moving_list(again, [a, b]).reserve(9)
    assert seen == ["a after 0", "b after 0"]


def test_what_goes_ends_when_what_stays_takes_its_place() -> None:
    """The rest at last, in their order; pointers that moved on are nothing."""
    row: list[Thing | None] = [*_things("abcde")]
    tested: list[str] = []

    def goes(item: Thing) -> bool:
        tested.append(f"{item.name} after {''.join(Thing.ended)}")
        return item.name in "bd"

    erase_owned_if(row, goes, Thing.close)
    assert [item.name for item in row if item is not None] == ["a", "c", "e"]
    assert Thing.ended == ["b", "d"]
    assert tested[3:] == ["d after b", "e after b"]


def test_objects_are_assigned_to() -> None:
    """Then the last ones end, whatever they are by now."""
    row = _things("abc")
    erase_owned_if(row, lambda item: item.name == "a", Thing.close, lambda one, other: setattr(one, "name", other.name))
    assert [item.name for item in row] == ["b", "c"]
    assert Thing.ended == ["c"]


def test_nothing_goes() -> None:
    """Nothing ends, then."""
    row = _things("ab")
    erase_owned_if(row, lambda item: False, Thing.close)
    remove_owned_if(row, lambda item: False, Thing.close)
    assert (len(row), Thing.ended) == (2, [])


def test_the_last_one_that_a_list_removes_ends_first() -> None:
    """All are removed by then."""
    row = _things("abcd")
    remove_owned_if(row, lambda item: item.name in "ac", Thing.close)
    assert [item.name for item in row] == ["b", "d"]
    assert Thing.ended == ["c", "a"]
