"""The words of the report in reading order, as somebody hears them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reporting import documents, golden

ROOT = Path(__file__).parents[2]

_WRITE = """
import hashlib, sys
from tests.reporting import documents
for name in documents.MADE:
    print(hashlib.sha256(documents.pdf(name)).hexdigest())
"""


@pytest.mark.parametrize("name", documents.MADE)
def test_the_words_in_reading_order_are_those_once_read_and_kept(name: str) -> None:
    kept = golden.path_of(name).read_text(encoding="utf-8")
    assert documents.tagged(name).outline() == kept, "see tests/reporting/golden.py"


def _hashes(**variables: str) -> list[str]:
    environment = {**os.environ, **variables}
    done = subprocess.run(
        [sys.executable, "-c", _WRITE], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    return done.stdout.decode().split()


def test_the_bytes_are_the_same_in_another_zone_locale_and_hash_seed() -> None:
    here = _hashes(TZ="Europe/London", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    there = _hashes(TZ="Pacific/Auckland", LC_ALL="C", PYTHONHASHSEED="4242")
    assert here == there
    assert len(set(here)) == len(documents.MADE)


def test_a_second_run_in_one_process_gives_the_same_bytes() -> None:
    first = documents.pdf("published")
    documents.pdf.cache_clear()
    documents.document.cache_clear()
    assert documents.pdf("published") == first
