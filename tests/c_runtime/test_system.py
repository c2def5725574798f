"""Files, folders, threads, signals, sockets and clocks of the runtime, as the system answers them."""

from __future__ import annotations

import errno as names
import os
import signal as python_signals
import socket as python_sockets
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from oss.c_runtime import dirent, pthread, signal, socket, stat, stdio, stdlib, syslog, unistd
from oss.c_runtime import time as calendar
from oss.c_runtime.arrays import array
from oss.c_runtime.errno import errno, strerror
from oss.c_runtime.numbers import char, int32_t
from oss.c_runtime.pointers import ref, string_at
from oss.c_runtime.stdarg import va_list


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    errno.value = 0
    yield


def run(program: str, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    code = textwrap.dedent(program)
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], input=stdin, capture_output=True, timeout=60, check=False
    )


# ---- stdio ----


def test_print_and_printf_keep_their_order() -> None:
    done = run(
        """
        import sys
        from oss.c_runtime.stdio import *
        print("one"); printf("two\\n"); print("three", end=" "); puts("four"); sys.stdout.write("five "); putchar(0xe9)
        fprintf(stderr, "%s\\n", "err"); perror("what")
        """
    )
    assert done.stdout == b"one\ntwo\nthree four\nfive \xe9"
    assert done.stderr == b"err\nwhat: Success\n"


def test_what_waits_is_written_at_the_end_and_after_the_program_s_own_functions(tmp_path: Path) -> None:
    run(
        """
        from oss.c_runtime.stdio import *
        from oss.c_runtime.stdlib import atexit, exit
        f = fopen("out", "w")
        atexit(lambda: fputs("last", f))
        fputs("first ", f)
        exit(3)
        """
    )
    assert Path("out").read_text() == "first last"


def test_threads_share_a_file_line_by_line() -> None:
    done = run(
        """
        import os, threading, time
        from oss.c_runtime.stdio import *
        reading, writing = os.pipe()
        f, out = fdopen(reading, "r"), fopen("out", "w")
        def move():
            line = bytearray(16)
            while fgets(line, 16, f):
                fputs(line, out)
        threads = [threading.Thread(target=move) for _ in range(4)]
        for thread in threads: thread.start()
        for number in range(0, 20000, 500):
            time.sleep(0.001)  # so that all of them wait to read
            os.write(writing, b"".join(b"%d\\n" % n for n in range(number, number + 500)))
        os.close(writing)
        for thread in threads: thread.join()
        """
    )
    assert done.stderr == b""
    assert sorted(map(int, Path("out").read_text().split())) == [*range(20000)]


def test_a_thread_ends_the_program_by_exit() -> None:
    done = run(
        """
        import threading
        from oss.c_runtime.stdio import *
        from oss.c_runtime.stdlib import exit
        printf("said")
        threading.Thread(target=lambda: exit(3)).start()
        """
    )
    assert (done.returncode, done.stdout) == (3, b"said")


def test_stdin() -> None:
    done = run(
        """
        from oss.c_runtime.stdio import *
        from oss.c_runtime.scanf import scanf
        from oss.c_runtime.pointers import ref
        n, line = ref(0), bytearray(8)
        printf("%d %d|", scanf("%d", n), n.value)
        getchar()
        while fgets(line, 8, stdin): printf("[%s]", line)
        printf("%d %d", getchar(), feof(stdin) != 0)
        """,
        stdin=b"12\nshort\na longer line",
    )
    assert done.stdout == b"1 12|[short\n][a longe][r line]-1 1"


def test_opening_what_cannot_be_opened() -> None:
    assert stdio.fopen("nowhere/x", "r") is None and errno.value == names.ENOENT
    assert str(strerror(errno.value)) == "No such file or directory"
    assert stdio.fopen("x", "q") is None and errno.value == names.EINVAL
    folder = stdio.fopen(".", "r")
    assert folder is not None, "as in C, where reading it fails"
    assert stdio.fgetc(folder) == stdio.EOF and errno.value == names.EISDIR and stdio.ferror(folder)


def test_a_file_is_closed_once() -> None:
    f = stdio.fopen("x", "w")
    assert f is not None and stdio.fclose(f) == 0
    with pytest.raises(ValueError, match="closed already"):
        stdio.fclose(f)


def test_lines_of_any_length() -> None:
    Path("x").write_bytes(b"short\n" + b"y" * 500 + b"\nlast")
    f, line, size = stdio.fopen("x", "r"), ref[Any](None), ref(0)
    assert f is not None
    assert [stdio.getline(line, size, f) for _ in range(4)] == [6, 501, 4, -1]
    assert str(line.value) == "last" and size.value >= 502
    stdlib.free(line.value)


def test_elements_are_counted_whole() -> None:
    Path("x").write_bytes(b"1234567890")
    f, numbers = stdio.fopen("x", "r"), array(int32_t, 3)
    assert f is not None and stdio.fread(numbers, 4, 3, f) == 2 and numbers[1] == int.from_bytes(b"5678", "little")


def test_other_ways_to_print() -> None:
    made = ref[Any](None)
    assert stdio.asprintf(made, "%d-%s", 3, "x") == 3 and str(made.value) == "3-x"
    stdlib.free(made.value)
    room, rest = array(char, 16), va_list([1, "x", 2])
    assert rest.arg(int32_t) == 1
    other = rest.copy()
    assert stdio.vsnprintf(room, 16, "%s %d", rest) == 3 and str(room) == "x 2" and other.arg() == "x"
    with pytest.raises(ValueError, match="%n"):
        stdio.sprintf(room, "%n", ref(0))
    with pytest.raises(IndexError):
        stdio.sprintf(room, "%20s", "x")
    with pytest.raises(IndexError, match="without a NUL"):
        stdio.printf("%s", array(char, b"abc"))
    assert stdio.snprintf(room, 16, "%.3s", array(char, b"abc")) == 3


def test_reopening_and_temporary_files() -> None:
    f = stdio.fopen("x", "w")
    assert f is not None
    stdio.fputs("one", f)
    assert stdio.freopen("y", "w", f) is f
    stdio.fputs("two", f)
    stdio.fclose(f)
    assert (Path("x").read_text(), Path("y").read_text()) == ("one", "two")
    made = stdio.tmpfile()
    assert made is not None and stdio.fputs("x", made) == 1
    stdio.rewind(made)
    assert stdio.fgetc(made) == ord("x")
    name = array(char, "abXXXXXX")
    fd = stdlib.mkstemp(name)
    assert fd >= 0 and Path(str(name)).exists() and str(name) != "abXXXXXX" and unistd.close(fd) == 0
    assert stdlib.mkdtemp(array(char, "abXXXXX")) is None and errno.value == names.EINVAL


# ---- descriptors, files, folders ----


def test_descriptors() -> None:
    fd = unistd.open("x", os.O_RDWR | os.O_CREAT, 0o600)
    room = array(char, 8)
    assert unistd.write(fd, "hello", 5) == 5 and unistd.lseek(fd, 1, os.SEEK_SET) == 1
    assert unistd.read(fd, room, 8) == 4 and string_at(room) == b"ello"
    assert unistd.pread(fd, room, 2, 0) == 2 and unistd.ftruncate(fd, 2) == 0 and unistd.fsync(fd) == 0
    info = stat.stat_t()
    assert stat.fstat(fd, info) == 0 and info.st_size == 2 and info.st_mode & 0o777 == 0o600
    assert unistd.close(fd) == 0
    assert unistd.close(fd) == -1 and errno.value == names.EBADF


@pytest.mark.parametrize(
    ("call", "number"),
    [
        (lambda: unistd.open("none", os.O_RDONLY), names.ENOENT),
        (lambda: unistd.unlink("none"), names.ENOENT),
        (lambda: unistd.access("none", os.F_OK), names.ENOENT),
        (lambda: stat.stat("none", stat.stat_t()), names.ENOENT),
        (lambda: stat.mkdir(".", 0o755), names.EEXIST),
        (lambda: unistd.rmdir("none"), names.ENOENT),
        (lambda: stdio.remove("none"), names.ENOENT),
        (lambda: stdio.rename("none", "x"), names.ENOENT),
        (lambda: unistd.chdir("none"), names.ENOENT),
        (lambda: unistd.readlink(".", bytearray(8), 8), names.EINVAL),
        (lambda: stdlib.setenv("a=b", "x", 1), names.EINVAL),
        (lambda: unistd.read(-1, bytearray(8), 8), names.EBADF),
    ],
)
def test_failures_are_minus_one_and_errno(call: Any, number: int) -> None:
    assert call() == -1 and errno.value == number


def test_errno_is_each_thread_s_own() -> None:
    unistd.unlink("none")
    other: list[int] = []
    thread = threading.Thread(target=lambda: other.append(errno.value))
    thread.start()
    thread.join()
    assert other == [0] and errno.value == names.ENOENT


def test_files_by_name() -> None:
    assert stat.mkdir("d", 0o700) == 0 and unistd.access("d", os.R_OK) == 0
    Path("d/x").write_text("x")
    assert stdio.rename("d/x", "d/y") == 0 and unistd.symlink("y", "d/z") == 0
    room = array(char, 8)
    assert unistd.readlink("d/z", room, 8) == 1 and str(room) == "y"
    assert stdlib.realpath("d/../d/y", None) is not None and stdlib.realpath("none", None) is None
    assert stdio.remove("d/z") == 0 and stdio.remove("d/y") == 0 and stdio.remove("d") == 0
    there = unistd.getcwd(None, 0)
    assert str(there) == os.getcwd()
    assert unistd.getcwd(room, 2) is None and errno.value == names.ERANGE


def test_the_names_in_a_folder() -> None:
    for name in ("b", "a"):
        Path(name).write_text("")
    folder = dirent.opendir(".")
    assert folder is not None
    found = []
    while (entry := dirent.readdir(folder)) is not None:
        found.append((str(entry.d_name), entry.d_type == dirent.DT_DIR))
    assert sorted(found) == [(".", True), ("..", True), ("a", False), ("b", False)]
    assert dirent.closedir(folder) == 0
    entries = ref[Any](None)
    assert dirent.scandir(".", entries, lambda entry: entry.d_name[0] != ord("."), dirent.alphasort) == 2
    assert [str(entries.value[place].d_name) for place in range(2)] == ["a", "b"]
    assert dirent.opendir("none") is None and errno.value == names.ENOENT


def test_the_environment() -> None:
    assert stdlib.setenv("C_RUNTIME", "one", 1) == 0 and stdlib.setenv("C_RUNTIME", "two", 0) == 0
    assert str(stdlib.getenv("C_RUNTIME")) == "one" and stdlib.putenv("C_RUNTIME=three") == 0
    assert os.environ["C_RUNTIME"] == "three" and stdlib.unsetenv("C_RUNTIME") == 0
    assert stdlib.getenv("C_RUNTIME") is None


# ---- threads ----


def test_threads_give_their_results() -> None:
    threads, results = [ref[Any](None) for _ in range(3)], [ref[Any](None) for _ in range(3)]
    for number, thread in enumerate(threads):
        start = (lambda n: n * 2) if number else (lambda n: pthread.pthread_exit("left"))
        assert pthread.pthread_create(thread, None, start, number) == 0
    for thread, result in zip(threads, results, strict=True):
        assert pthread.pthread_join(thread.value, result) == 0
    assert [result.value for result in results] == ["left", 2, 4]
    assert pthread.pthread_equal(pthread.pthread_self(), pthread.pthread_self())
    assert pthread.pthread_join(pthread.pthread_self(), None) == names.EDEADLK


def test_a_thread_ends_with_the_program() -> None:
    done = run(
        """
        import time
        from oss.c_runtime.pthread import *
        from oss.c_runtime.pointers import ref
        pthread_create(ref(None), None, lambda argument: time.sleep(1000), None)
        """
    )
    assert done.returncode == 0


@pytest.mark.parametrize(("kind", "again"), [(1, 0), (2, names.EDEADLK)])
def test_kinds_of_mutexes(kind: int, again: int) -> None:
    mutex, attributes = pthread.pthread_mutex_t(), pthread.pthread_mutexattr_t()
    assert pthread.pthread_mutexattr_settype(attributes, kind) == 0
    assert pthread.pthread_mutex_init(mutex, attributes) == 0
    assert pthread.pthread_mutex_lock(mutex) == 0 and pthread.pthread_mutex_lock(mutex) == again
    for _ in range(2 if again == 0 else 1):
        assert pthread.pthread_mutex_unlock(mutex) == 0
    assert pthread.pthread_mutex_unlock(mutex) == names.EPERM


def test_conditions() -> None:
    mutex, condition = pthread.pthread_mutex_t(), pthread.pthread_cond_t()
    items: list[int] = []

    def consume(argument: object) -> int:
        pthread.pthread_mutex_lock(mutex)
        while not items:
            pthread.pthread_cond_wait(condition, mutex)
        found = items.pop()
        pthread.pthread_mutex_unlock(mutex)
        return found

    threads = [ref[Any](None) for _ in range(3)]
    for thread in threads:
        pthread.pthread_create(thread, None, consume, None)
    for number in range(3):
        pthread.pthread_mutex_lock(mutex)
        items.append(number)
        (pthread.pthread_cond_signal if number else pthread.pthread_cond_broadcast)(condition)
        pthread.pthread_mutex_unlock(mutex)
    results = [ref[Any](None) for _ in threads]
    for thread, result in zip(threads, results, strict=True):
        pthread.pthread_join(thread.value, result)
    assert sorted(result.value for result in results) == [0, 1, 2]
    pthread.pthread_mutex_lock(mutex)
    assert pthread.pthread_mutex_trylock(mutex) == names.EBUSY
    until = calendar.timespec(int(time.time()))
    assert pthread.pthread_cond_timedwait(condition, mutex, until) == names.ETIMEDOUT
    assert pthread.pthread_mutex_trylock(mutex) == names.EBUSY, "it is locked again"


def test_once() -> None:
    once, calls = pthread.pthread_once_t(), []
    for _ in range(2):
        pthread.pthread_once(once, lambda: calls.append(1))
    assert calls == [1]


# ---- signals ----


def test_handlers() -> None:
    seen: list[int] = []
    before = python_signals.getsignal(python_signals.SIGUSR1)
    try:
        assert signal.signal(python_signals.SIGUSR1, seen.append) == signal.SIG_DFL
        assert signal.raise_(python_signals.SIGUSR1) == 0
        action, old = signal.sigaction_t(), signal.sigaction_t()
        action.sa_handler = signal.SIG_IGN
        assert signal.sigaction(python_signals.SIGUSR1, action, old) == 0 and old.sa_handler == seen.append
        signal.raise_(python_signals.SIGUSR1)
        assert seen == [python_signals.SIGUSR1]
        assert signal.signal(python_signals.SIGKILL, seen.append) == signal.SIG_ERR and errno.value == names.EINVAL
    finally:
        signal.signal(python_signals.SIGUSR1, signal.SIG_DFL)
        python_signals.signal(python_signals.SIGUSR1, before)


def test_a_signal_ends_a_wait() -> None:
    done = run(
        """
        import os, signal as numbers, threading, time
        from oss.c_runtime.signal import signal
        from oss.c_runtime.time import nanosleep, timespec
        from oss.c_runtime.errno import errno
        from oss.c_runtime.unistd import sleep
        stop = []
        signal(numbers.SIGUSR1, stop.append)
        def send():
            for _ in range(2):
                time.sleep(0.3)
                os.kill(os.getpid(), numbers.SIGUSR1)
        threading.Thread(target=send, daemon=True).start()
        left = timespec()
        print(sleep(1000) > 900, len(stop), nanosleep(timespec(1000, 0), left), left.tv_sec > 900, errno.value)
        """
    )
    assert done.stdout.decode() == f"True 1 -1 True {names.EINTR}\n", done.stderr


# ---- sockets ----


def test_a_connection() -> None:
    server, address = socket.socket(python_sockets.AF_INET, python_sockets.SOCK_STREAM, 0), socket.sockaddr_in()
    address.sin_family = python_sockets.AF_INET
    assert socket.inet_pton(python_sockets.AF_INET, "127.0.0.1", address.sin_addr) == 1
    assert address.sin_addr.s_addr == socket.inet_addr("127.0.0.1") == socket.htonl(0x7F000001)
    one = array(int32_t, [1])
    assert socket.setsockopt(server, python_sockets.SOL_SOCKET, python_sockets.SO_REUSEADDR, one, 4) == 0
    assert socket.bind(server, address, 16) == 0 and socket.listen(server, 1) == 0
    assert socket.getsockname(server, address, None) == 0 and socket.ntohs(address.sin_port) > 0
    client = socket.socket(python_sockets.AF_INET, python_sockets.SOCK_STREAM, 0)
    assert socket.connect(client, address, 16) == 0
    other = socket.sockaddr_in()
    accepted = socket.accept(server, other, None)
    assert str(socket.inet_ntoa(other.sin_addr)) == "127.0.0.1"
    assert socket.send(client, "hello", 5, 0) == 5
    room = array(char, 16)
    assert socket.recv(accepted, room, 16, 0) == 5 and str(room) == "hello"
    assert unistd.write(accepted, "back", 4) == 4 and unistd.read(client, room, 16) == 4
    assert socket.shutdown(client, python_sockets.SHUT_RDWR) == 0 and socket.recv(accepted, room, 16, 0) == 0
    assert [unistd.close(fd) for fd in (accepted, client, server)] == [0, 0, 0]
    assert socket.connect(-1, address, 16) == -1 and errno.value == names.EBADF


def test_names_of_machines() -> None:
    found, room = ref[Any](None), array(char, 64)
    hints = socket.addrinfo()
    hints.ai_socktype = python_sockets.SOCK_STREAM
    assert socket.getaddrinfo("127.0.0.1", "80", hints, found) == 0
    assert found.value.ai_addr.sin_port == socket.htons(80) and found.value.ai_next is None
    assert socket.inet_ntop(python_sockets.AF_INET, found.value.ai_addr.sin_addr, room, 64) == room
    assert str(room) == "127.0.0.1" and socket.inet_ntop(python_sockets.AF_INET, bytes(4), room, 3) is None
    hints.ai_flags = python_sockets.AI_NUMERICHOST
    assert str(socket.gai_strerror(socket.getaddrinfo("no number", None, hints, found))) == "Name or service not known"


# ---- clocks and the log ----


def test_clocks() -> None:
    now, there, spec = ref(0), calendar.timeval(), calendar.timespec()
    assert calendar.time(now) == now.value and abs(now.value - time.time()) < 100
    assert calendar.gettimeofday(there) == 0 and abs(there.tv_sec - now.value) < 100
    assert calendar.clock_gettime(calendar.CLOCK_MONOTONIC, spec) == 0 and spec.tv_sec >= 0
    assert calendar.clock_gettime(99, spec) == -1 and errno.value == names.EINVAL
    assert calendar.difftime(5, 3) == 2.0 and calendar.clock() > 0
    assert calendar.gmtime(ref(0)) is calendar.localtime(ref(0)), "one for both, as in C"
    assert calendar.gmtime(ref(1 << 60)) is None and errno.value == names.EOVERFLOW


def test_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    entries: list[tuple[int, str]] = []
    monkeypatch.setattr("syslog.syslog", lambda priority, text: entries.append((priority, text)))
    errno.value = names.ENOENT
    syslog.syslog(3, "%s: %m, 100%%", "open")
    syslog.vsyslog(6, "%d", va_list([5]))
    assert entries == [(3, "open: No such file or directory, 100%"), (6, "5")]
