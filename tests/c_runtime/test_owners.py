"""``oss.c_runtime.owners``: when what several own ends."""

from __future__ import annotations

import pytest

from oss.c_runtime.owners import at_end, expired, held, locked, owned, owning, released, use_count


class Thing:
    """Counts how often it ended."""

    ended = 0

    def close(self) -> None:
        self.ended += 1


def test_the_last_owner_that_goes_ends_it() -> None:
    """Not an earlier one, and once."""
    thing = owned(Thing(), Thing.close)
    assert held(thing) is thing
    assert use_count(thing) == 2
    released(thing)
    assert (thing.ended, use_count(thing)) == (0, 1)
    released(thing)
    assert (thing.ended, use_count(thing)) == (1, 0)


def test_nothing_has_no_owner() -> None:
    """None is held and released without a word."""
    assert held(None) is None
    released(None)
    assert use_count(None) == 0
    assert locked(None) is None


def test_what_ended_is_not_found_again() -> None:
    """While it ends, too."""
    seen = []
    thing = owned(Thing(), lambda it: seen.append(locked(it)))
    assert locked(thing) is thing
    released(thing)
    assert not expired(thing)
    released(thing)
    assert expired(thing)
    assert seen == [None]


def test_equal_objects_have_owners_of_their_own() -> None:
    """They are told apart by what they are."""
    one, other = owned([1]), owned([1])
    held(one)
    assert (use_count(one), use_count(other)) == (2, 1)


def test_who_owns_what_nobody_owns() -> None:
    """An owner that comes or goes where there is none is a mistake."""
    with pytest.raises(ValueError, match="no owner"):
        held(Thing())
    with pytest.raises(ValueError, match="no owner"):
        released(Thing())
    thing = owned(Thing())
    with pytest.raises(ValueError, match="do not know"):
        owned(thing)


def test_an_owner_for_a_statement() -> None:
    """It goes at the end, whatever happens, but where the program ends."""
    thing = owned(Thing(), Thing.close)
    with owning(held(thing)) as same:
        assert same is thing
        assert use_count(thing) == 2
    with pytest.raises(KeyError), owning(held(thing)):
        raise KeyError
    assert use_count(thing) == 1
    with pytest.raises(SystemExit), owning(thing):
        raise SystemExit
    assert thing.ended == 0


def test_what_is_done_at_the_end() -> None:
    """By ``exit``, nothing is."""
    rows: list[str] = []
    with at_end(lambda: rows.append("end")):
        rows.append("in")
    with pytest.raises(SystemExit), at_end(lambda: rows.append("exit")):
        raise SystemExit
    assert rows == ["in", "end"]


def test_nothing_gets_no_owner() -> None:
    """What could not be made is None, and is not ended."""
    ended: list[object] = []
    assert owned(None, ended.append) is None
    released(None)
    assert ended == []
