"""Every write and sync that the database makes, recorded beneath it.

A virtual file system for SQLite that hands everything on to the system's own and writes down
what passed: so that the disk can be rebuilt as a power cut would have left it. It is built
with ctypes on the very library that the program uses.
"""

import ctypes
from collections.abc import Callable
from contextlib import contextmanager
from ctypes import (
    CFUNCTYPE,
    POINTER,
    Structure,
    c_char_p,
    c_int,
    c_int64,
    c_void_p,
    cast,
    sizeof,
)
from dataclasses import dataclass, field
from typing import Any

from sqlcipher3 import _sqlite3

NAME = b"recording"
_ALIGNED = 16  # the system's own file begins this far behind ours
_OK, _FULL = 0, 13


class _Vfs(Structure):
    pass


# The path is handed on as the pointer it is: the database keeps it.
_OPEN = CFUNCTYPE(c_int, POINTER(_Vfs), c_void_p, c_void_p, c_int, POINTER(c_int))
_DELETE = CFUNCTYPE(c_int, POINTER(_Vfs), c_char_p, c_int)
_Vfs._fields_ = [
    ("version", c_int),
    ("file_size", c_int),
    ("longest_path", c_int),
    ("next", c_void_p),
    ("name", c_char_p),
    ("data", c_void_p),
    ("open", _OPEN),
    ("delete", _DELETE),
    ("others", c_void_p * 16),
]

_READ = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_ONE_INT = CFUNCTYPE(c_int, c_void_p, c_int)
_POINTER = CFUNCTYPE(c_int, c_void_p, c_void_p)
_CONTROL = CFUNCTYPE(c_int, c_void_p, c_int, c_void_p)
_PLAIN = CFUNCTYPE(c_int, c_void_p)
_SHARED_MAP = CFUNCTYPE(c_int, c_void_p, c_int, c_int, c_int, c_void_p)
_SHARED_LOCK = CFUNCTYPE(c_int, c_void_p, c_int, c_int, c_int)
_BARRIER = CFUNCTYPE(None, c_void_p)


class _Methods(Structure):
    _fields_ = [
        ("version", c_int),
        ("close", _PLAIN),
        ("read", _READ),
        ("write", _READ),
        ("truncate", _TRUNCATE),
        ("sync", _ONE_INT),
        ("size", _POINTER),
        ("lock", _ONE_INT),
        ("unlock", _ONE_INT),
        ("is_reserved", _POINTER),
        ("control", _CONTROL),
        ("sector_size", _PLAIN),
        ("characteristics", _PLAIN),
        ("shared_map", _SHARED_MAP),
        ("shared_lock", _SHARED_LOCK),
        ("shared_barrier", _BARRIER),
        ("shared_unmap", _ONE_INT),
    ]


class _File(Structure):
    _fields_ = [("methods", POINTER(_Methods))]


@dataclass(frozen=True, slots=True)
class Done:
    """`what`: `write` (`at`, `content`), `truncate` (to `at`), `sync`, `delete` or a note."""

    what: str
    path: str
    at: int = 0
    content: bytes = b""


@dataclass
class Recorder:
    """What passed, in order. `refuse` answers whether a write finds the disk full."""

    done: list[Done] = field(default_factory=list)
    refuse: Callable[[str, int], bool] | None = None
    paths: dict[int, str] = field(default_factory=dict)

    def note(self, words: str) -> None:
        """Something that the test knows: that a save was acknowledged, say."""
        self.done.append(Done("note", words))


def is_possible() -> bool:
    """Whether the library lets its file system be replaced (on Linux it does)."""
    return hasattr(_library(), "sqlite3_vfs_register")


def _library() -> Any:
    return ctypes.CDLL(_sqlite3.__file__)


class _RecordingVfs:
    """Keeps every callback alive as long as it is registered."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        library = _library()
        library.sqlite3_vfs_find.restype = POINTER(_Vfs)
        library.sqlite3_vfs_find.argtypes = [c_char_p]
        library.sqlite3_vfs_register.argtypes = [POINTER(_Vfs), c_int]
        library.sqlite3_vfs_unregister.argtypes = [POINTER(_Vfs)]
        self._library = library
        self._system = library.sqlite3_vfs_find(None)
        self._methods = self._make_methods()
        self._vfs = _Vfs()
        ctypes.pointer(self._vfs)[0] = self._system[0]
        self._vfs.file_size = _ALIGNED + self._system[0].file_size
        self._vfs.name = NAME
        self._vfs.next = None
        self._vfs.open, self._vfs.delete = _OPEN(self._open), _DELETE(self._delete)

    def register(self) -> None:
        self._library.sqlite3_vfs_register(ctypes.byref(self._vfs), 1)

    def unregister(self) -> None:
        self._library.sqlite3_vfs_unregister(ctypes.byref(self._vfs))
        self._library.sqlite3_vfs_register(self._system, 1)

    # The system's own

    @staticmethod
    def _inner(file: int) -> int:
        return file + _ALIGNED

    def _own(self, file: int) -> _Methods:
        inner = cast(self._inner(file), POINTER(_File))
        return inner[0].methods[0]

    def _open(self, _: Any, path: int | None, file: int, flags: int, out: Any) -> int:
        result = self._system[0].open(self._system, path, self._inner(file), flags, out)
        if result == _OK:
            if path is not None:
                self.recorder.paths[file] = ctypes.string_at(path).decode()
            cast(file, POINTER(_File))[0].methods = ctypes.pointer(self._methods)
        else:
            cast(file, POINTER(_File))[0].methods = None
        return int(result)

    def _delete(self, _: Any, path: bytes, sync: int) -> int:
        self.recorder.done.append(Done("delete", path.decode()))
        return int(self._system[0].delete(self._system, path, sync))

    def _write(self, file: int, content: int, length: int, at: int) -> int:
        path = self.recorder.paths.get(file, "")
        if self.recorder.refuse is not None and self.recorder.refuse(path, length):
            return _FULL
        self.recorder.done.append(Done("write", path, at, ctypes.string_at(content, length)))
        return int(self._own(file).write(self._inner(file), content, length, at))

    def _truncate(self, file: int, size: int) -> int:
        self.recorder.done.append(Done("truncate", self.recorder.paths.get(file, ""), size))
        return int(self._own(file).truncate(self._inner(file), size))

    def _sync(self, file: int, flags: int) -> int:
        result = int(self._own(file).sync(self._inner(file), flags))
        if result == _OK:
            self.recorder.done.append(Done("sync", self.recorder.paths.get(file, "")))
        return result

    def _make_methods(self) -> _Methods:
        def on(name: str) -> Callable[..., int]:
            def call(file: int, *rest: Any) -> int:
                return int(getattr(self._own(file), name)(self._inner(file), *rest))

            return call

        def barrier(file: int) -> None:
            self._own(file).shared_barrier(self._inner(file))

        return _Methods(
            2,  # no memory mapping: every byte passes through `write`
            _PLAIN(on("close")),
            _READ(on("read")),
            _READ(self._write),
            _TRUNCATE(self._truncate),
            _ONE_INT(self._sync),
            _POINTER(on("size")),
            _ONE_INT(on("lock")),
            _ONE_INT(on("unlock")),
            _POINTER(on("is_reserved")),
            _CONTROL(on("control")),
            _PLAIN(on("sector_size")),
            _PLAIN(on("characteristics")),
            _SHARED_MAP(on("shared_map")),
            _SHARED_LOCK(on("shared_lock")),
            _BARRIER(barrier),
            _ONE_INT(on("shared_unmap")),
        )


@contextmanager
def recording():  # type: ignore[no-untyped-def]
    """Everything that connections opened in the block write, until they are closed in it."""
    recorder = Recorder()
    vfs = _RecordingVfs(recorder)
    vfs.register()
    try:
        yield recorder
    finally:
        vfs.unregister()


assert sizeof(_File) <= _ALIGNED
