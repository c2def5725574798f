"""``oss.c_runtime``: what C++'s library has, as its documentation says it."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from oss.c_runtime.algorithm import (
    back,
    find_if,
    find_value,
    lower_bound,
    max_element,
    partition,
    remove_if,
    sort,
    span,
    unique,
)
from oss.c_runtime.arrays import array
from oss.c_runtime.containers import (
    erase_spot,
    first_spot,
    found_spot,
    inserted_pair,
    lower_spot,
    map_entry,
    priority_queue,
    spot,
)
from oss.c_runtime.cpp import (
    appended,
    compare,
    erased,
    find_last_of,
    inserted,
    joined,
    letters,
    replaced,
    resized,
    scoped,
    stoi,
    stoul,
    substr,
    text_of,
    value_at,
    value_of,
)
from oss.c_runtime.exceptions import (
    bad_optional_access,
    exception,
    invalid_argument,
    out_of_range,
    runtime_error,
    thrown,
)
from oss.c_runtime.fstream import ifstream, istringstream, ofstream, stringstream
from oss.c_runtime.iostream import ios, ostringstream, setfill, setprecision, setw, wide
from oss.c_runtime.numbers import uint8_t
from oss.c_runtime.pointers import ptr, ref
from oss.c_runtime.threads import atomic, condition_variable, thread, unique_lock


def test_exceptions_are_caught_by_their_kind() -> None:
    """By a base of the library's, or by the type of a value that is thrown."""
    with pytest.raises(exception) as caught:
        raise runtime_error("full")
    assert caught.value.what() == "full"
    with pytest.raises(thrown.of("int")) as number:
        raise thrown.of("int")(42)
    assert number.value.value == 42
    with pytest.raises(thrown.of("double")):
        raise thrown.of("double")(1.5)
    assert not issubclass(thrown.of("double"), thrown.of("int"))


def test_what_nobody_catches_ends_the_program(tmp_path: Path) -> None:
    """By SIGABRT, and without what waits to be written."""
    program = tmp_path / "program.py"
    program.write_text(
        "from oss.c_runtime.exceptions import logic_error, run_main\nfrom oss.c_runtime.streams import buffer_stdout\n"
        "def main():\n    print('kept', flush=True)\n    print('lost')\n    raise logic_error('nobody')\n"
        "buffer_stdout()\nrun_main(main)\n"
    )
    done = subprocess.run([sys.executable, str(program)], capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (-6, b"kept\n")
    assert b"what():  nobody" in done.stderr


def test_objects_clean_up_but_for_exit() -> None:
    closed = []

    class Guard(scoped):
        def close(self) -> None:
            closed.append(1)

    with pytest.raises(thrown.of("int")), Guard():
        raise thrown.of("int")(1)
    assert closed == [1]
    with pytest.raises(SystemExit), Guard():
        raise SystemExit(3)
    assert closed == [1]


def test_a_stream_has_a_format() -> None:
    out = ostringstream()
    out << setw(4) << 7 << "|" << ios.left << setw(4) << "ab" << "|" << ios.right << ios.hex << 255 << " " << -1
    out << ios.dec << " " << setfill("0") << setw(3) << -5 << " " << ios.fixed << setprecision(2) << 2.0
    out << " " << ios.boolalpha << True << ios.noboolalpha << True << " " << ios.showbase << ios.hex << wide(-1)
    assert out.str() == "   7|ab  |ff ffffffff 0-5 2.00 true1 0xffffffffffffffff"


def test_a_stream_is_read_piece_by_piece() -> None:
    """What is not there leaves the variable at the end, and is 0 before it."""
    stream = istringstream("12 word 3.5 x\nline\n")
    assert (stream.integer(), stream.word(), stream.real()) == (12, "word", 3.5)
    assert (stream.integer(9), stream.fail()) == (0, 1)
    stream.clear()
    assert (stream.getline(), stream.getline(), stream.eof()) == ("x", "line", 0)
    assert (stream.integer(9), stream.eof(), stream.fail()) == (9, 1, 1)
    assert istringstream("300").integer(0, 0, 255) == 255
    both = stringstream()
    both << 4 << " " << "b"
    assert (both.integer(), both.word(), both.str()) == (4, "b", "4 b")


def test_files_are_written_and_read(tmp_path: Path) -> None:
    name = str(tmp_path / "file")
    with ofstream(name) as out:
        out << "one\n" << 2
    with ofstream(name, "a") as out:
        out.write("\0x", 2)
        assert out.tellp() == 7
    with ifstream(name) as file:
        data = bytearray(4)
        file.read(data, 4)
        assert (bytes(data), file.gcount(), file.tellg(), file.peek()) == (b"one\n", 4, 4, ord("2"))
        file.seekg(-1, 2)
        assert (file.get(), file.get(), file.eof()) == (ord("x"), -1, 1)
    assert ifstream(str(tmp_path / "none")).is_open() == 0


def test_places_in_strings_count_bytes() -> None:
    text = "a\u00fcb"
    assert substr(text, 1, 2) == "\u00fc" and find_last_of(text, "b") == 3
    assert inserted(text, 3, "-") == "a\u00fc-b" and erased(text, 1, 2) == "ab" and replaced(text, 0, 3, "x") == "xb"
    assert resized("ab", 4, ".") == "ab.." and resized("ab", 1) == "a"
    assert compare("abc", "abd") == -1 and compare("abc", "a") == 2
    assert text_of(letters(text)) == text and letters("\u00fc") == [-61, -68]
    assert appended(appended("", 0xC3), 0xBC) == "\u00fc" == joined(text_of([0xC3]), text_of([0xBC]))
    with pytest.raises(out_of_range):
        substr(text, 5)


def test_numbers_in_strings() -> None:
    end = ref(0)
    assert (stoi(" 12x", end), end.value) == (12, 3)
    assert (stoi("ff", None, 16), stoi("0x1f", None, 0), stoul("-1")) == (255, 31, (1 << 64) - 1)
    for text, error in (("x", invalid_argument), ("99999999999", out_of_range)):
        with pytest.raises(error):
            stoi(text)


def test_places_in_maps_are_in_order() -> None:
    items = {"b": 2, "a": 1, "c": 3}
    at = first_spot(items)
    assert (at.value, at.second) == ("a", 1)
    at = erase_spot(at + 1)
    assert at.value == "c" and at + 1 == spot(items) and found_spot(items, "b") == spot(items)
    assert lower_spot(items, "b").value == "c"
    assert inserted_pair(items, "a", 9)[1] == 0 and value_at(items, "a") == 1
    reference = map_entry(items, "a")
    reference.value += 4
    assert items["a"] == 5
    with pytest.raises(out_of_range):
        value_at(items, "x")
    with pytest.raises(bad_optional_access):
        value_of(None)


def test_a_queue_gives_the_greatest_first() -> None:
    queue = priority_queue(None, [3, 9, 1, 7, 9, 2])
    seen = []
    while len(queue):
        seen.append(queue.top())
        queue.pop()
    assert seen == [9, 9, 7, 3, 2, 1]


def test_algorithms_work_on_places() -> None:
    items = [4, 1, 3, 3, 2]
    first, last = ptr(items), ptr(items, len(items))
    assert (max_element(first, last) - first, find_if(first, last, lambda item: item == 8) - first) == (0, 5)
    sort(first, last)
    assert items == [1, 2, 3, 3, 4] and lower_bound(first, last, 3) - first == 2
    assert span(first, unique(first, last)) == [1, 2, 3, 4]
    assert span(first, remove_if(first, first + 4, lambda item: item % 2)) == [2, 4]


def test_threads_wait_for_each_other() -> None:
    mutex, ready, total = threading.Lock(), condition_variable(), atomic(uint8_t, 250)
    items: list[int] = []

    def work() -> None:
        with unique_lock(mutex) as lock:
            ready.wait(lock, lambda: bool(items))
        total.add(10)

    workers = [thread(work) for _ in range(3)]
    with unique_lock(mutex):
        items.append(1)
        ready.notify_all()
    for worker in workers:
        worker.join()
    assert (total.load(), total.fetch_sub(1), total.load(), workers[0].joinable) == (24, 24, 23, False)
    assert not ready.wait_for(unique_lock(mutex), 0.0, lambda: False)


class _Item:
    def __init__(self, size: int = 0) -> None:
        self.size = size


def test_objects_in_an_array_change_places_without_losing_what_they_are() -> None:
    items = array(_Item, [_Item(3), _Item(1), _Item(2)])
    sort(items, items + 3, lambda a, b: a.size < b.size)
    assert [item.size for item in span(items, items + 3)] == [1, 2, 3]
    partition(items, items + 3, lambda item: item.size > 2)
    assert sorted(item.size for item in span(items, items + 3)) == [1, 2, 3] and items[0].size == 3


def test_a_place_that_goes_backwards() -> None:
    numbers = [5, 7, 9]
    first, last = back(ptr(numbers, 3)), back(ptr(numbers))
    assert first[0] == 9 and first[1] == 7 and last - first == 3 and first + 3 == last
    sort(first, last)  # type: ignore[arg-type]  # any place will do
    assert numbers == [9, 7, 5] and find_value(first, last, 7).base.at == 2  # type: ignore[arg-type,attr-defined]
