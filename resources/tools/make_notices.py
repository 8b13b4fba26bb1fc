"""Makes `resources/licences/` again from the lock and the packages that are installed.

    .venv/bin/python resources/tools/make_notices.py

Each package of `requirements.lock` gets the licence files that it came with. What lies inside
packages without a file of its own (Qt, SQLCipher, OpenSSL) stands in `BUNDLED`, with its text in
`resources/licences/own/`. Run it whenever the lock changes; a test says so.
"""

import json
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "licences"
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)
_NAMED_SO = re.compile(r"(?i)^(?:licen[cs]es?|copying|notices?|authors)(?:[._-].*)?$|licen[cs]e")
_UNSAID = {"sqlcipher3": "Zlib"}
"""Licences that a package states in its text alone."""
_QT_TEXTS = ("own/qt.txt", "own/lgpl-3.txt", "own/gpl-3.txt")
_LGPL = "LGPL-3.0-only"

BUNDLED = (
    ("Python", "", "PSF-2.0", ("texts/typing-extensions.txt",), "the language itself"),
    ("Qt", "pyside6-essentials", _LGPL, _QT_TEXTS, "the window; in PySide6"),
    ("FreeType", "", "FTL", ("texts/pypdfium2.txt",), "letters; in Qt, Pillow and PDFium"),
    ("HarfBuzz", "", "MIT", ("texts/pypdfium2.txt",), "letters; in Qt, Pillow and uharfbuzz"),
    ("libpng", "", "libpng-2.0", ("texts/pypdfium2.txt",), "pictures; in Qt and Pillow"),
    ("libjpeg-turbo", "", "IJG AND BSD-3-Clause", ("texts/pypdfium2.txt",), "pictures; in Qt"),
    ("zlib", "", "Zlib", ("texts/pypdfium2.txt",), "packing; in Qt, Pillow and PDFium"),
    ("ICU", "", "Unicode-3.0", ("texts/pypdfium2.txt",), "text; in Qt and PDFium"),
    ("PCRE2", "", "BSD-3-Clause", ("own/pcre2.txt",), "patterns; in Qt"),
    ("PDFium", "", "BSD-3-Clause AND Apache-2.0", ("texts/pypdfium2.txt",), "in pypdfium2"),
    ("SQLCipher", "", "BSD-3-Clause", ("own/sqlcipher.txt",), "encryption; in sqlcipher3"),
    ("SQLite", "", "Public domain", ("own/sqlite.txt",), "the database; in sqlcipher3"),
    ("OpenSSL", "", "Apache-2.0", ("own/openssl.txt", "own/apache-2.0.txt"),
     "ciphers; in sqlcipher3 and cryptography"),
    ("OpenBLAS and libgfortran", "", "BSD-3-Clause AND GPL-3.0 WITH GCC-exception-3.1",
     ("texts/numpy.txt",), "arithmetic; in NumPy"),
    ("Abseil", "", "Apache-2.0", ("own/apache-2.0.txt",), "in OR-Tools"),
    ("Lucide", "", "ISC", ("../icons/LICENSE",), "the icons"),
    ("Inter", "", "OFL-1.1", ("../fonts/interface/OFL-Inter.txt",), "the window's letters"),
    ("Source Sans and Source Serif", "", "OFL-1.1",
     ("../fonts/report/OFL-SourceSansPro.txt", "../fonts/report/OFL-SourceSerif4.txt"),
     "the documents' letters"),
)  # fmt: skip
"""(name, the package whose version it has, licence, texts, what it is for)."""


def locked() -> dict[str, list[str]]:
    """The versions of each package of the lock; some differ by Python's version."""
    versions: dict[str, list[str]] = {}
    for name, version in _LOCKED.findall((ROOT / "requirements.lock").read_text("utf-8")):
        versions.setdefault(name.lower(), []).append(version)
    return versions


def texts_of(name: str) -> Iterator[tuple[str, str]]:
    """The licence files that a package came with, by their names."""
    for file in sorted(metadata.files(name) or (), key=str):
        is_kept = "licenses" in [part.lower() for part in file.parts[:-1]]
        if file.suffix not in {".py", ".pyc", ".h", ".hpp"} and (
            is_kept or _NAMED_SO.search(file.name)
        ):
            text = Path(str(file.locate())).read_text("utf-8", errors="replace")
            yield "/".join(file.parts[-2:]), re.sub(r"https?://(?:www\.)?pypi\S*", "", text)


def licence_of(name: str) -> str:
    """The licence as the package says it, in one line."""
    about = metadata.metadata(name)
    licence = about.get("License-Expression") or about.get("License") or ""
    by_list = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier") or ()
               if c.startswith("License ::")]  # fmt: skip
    first = licence.strip().split("\n")[0]
    return first if 0 < len(first) < 80 and "Copyright" not in first else "; ".join(by_list)


def component(name: str, versions: list[str]) -> dict[str, object]:
    """A package, and its text written to a file of its own."""
    files: tuple[str, ...] = _QT_TEXTS if name in {"pyside6-essentials", "shiboken6"} else ()
    whole = "\n\n".join(f"{'-' * 20} {title}\n\n{text.strip()}" for title, text in texts_of(name))
    if whole:
        (FOLDER / "texts" / f"{name}.txt").write_text(whole + "\n", "utf-8", newline="\n")
        files = (f"texts/{name}.txt", *files)
    if not files:
        sys.exit(f"{name} came without a licence; write one into {FOLDER / 'own'}.")
    return {"name": name, "versions": versions, "licence": licence_of(name) or _UNSAID[name],
            "texts": list(files), "use": ""}  # fmt: skip


def main() -> None:
    """Write the list and the texts."""
    (FOLDER / "texts").mkdir(parents=True, exist_ok=True)
    for old in (FOLDER / "texts").iterdir():
        old.unlink()
    lock = locked()
    components = [
        {"name": name, "versions": lock.get(of, []), "licence": licence, "texts": list(texts),
         "use": use}
        for name, of, licence, texts, use in BUNDLED
    ] + [component(name, versions) for name, versions in sorted(lock.items())]  # fmt: skip
    for entry in components:
        for text in entry["texts"]:  # type: ignore[attr-defined]
            if not (FOLDER / text).is_file():
                sys.exit(f"{text} is missing.")
    content = json.dumps(components, indent=1) + "\n"
    (FOLDER / "components.json").write_text(content, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
