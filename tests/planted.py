"""Sentences that may lie open in no file: looked for as bytes, in two alphabets, packed or not."""

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

_MOST_PACKED = 24 << 10
"""Bytes of a file that is tried at each offset for something that was packed."""
_ALPHABETS = ("utf-8", "utf-16-le", "utf-16-be")
_WINDOWS = (-zlib.MAX_WBITS, zlib.MAX_WBITS, 16 + zlib.MAX_WBITS)
_LEAST = 8
"""Bytes by which something unpacked is more than chance."""


def lying_open(folders: Iterable[Path], sentences: Iterable[str]) -> list[str]:
    """Each file in these folders that has one of these sentences in it or in its name."""
    needles = {
        sentence.encode(alphabet): sentence for sentence in sentences for alphabet in _ALPHABETS
    }
    places = (path for folder in folders for path in sorted(folder.rglob("*")))
    return [
        f"{path}: {needles[needle]}"
        for path in places
        for texts in [_texts_of(path)]
        for needle in needles
        if any(needle in text for text in texts)
    ]


def _texts_of(path: Path) -> list[bytes]:
    """Its name, what it holds, and whatever lies packed in it."""
    name = path.name.encode()
    if not path.is_file():
        return [name]
    try:
        content = path.read_bytes()
    except FileNotFoundError:  # another process has just removed it
        return [name]
    return [name, content, *_unpacked(content)]


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Whatever can be unpacked from some byte on: raw deflate, zlib and gzip."""
    if len(content) > _MOST_PACKED:
        return
    view = memoryview(content)
    for at in range(len(content)):
        for bits in _WINDOWS if content[at] in (0x1F, 0x78) else _WINDOWS[:1]:
            unpacking = zlib.decompressobj(bits)
            text = b""
            try:
                text = unpacking.decompress(view[at : at + 4096], 1 << 16)
            except zlib.error:
                continue
            if len(text) >= _LEAST:
                yield text
