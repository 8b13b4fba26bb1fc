"""One exchange through a folder, in a process that may be killed at any moment.

Run as `python -m tests.e2e.exchanging_child FILE KEY FOLDER`: prints a line once everything is
loaded, waits for one, and exchanges at noon on the day in the line.
"""

import sys
from datetime import datetime
from pathlib import Path

from visitapp import bootstrap
from visitapp.services.exchange import folder as _loaded


def main() -> None:
    file, key, folder = sys.argv[1:]
    assert _loaded.FolderExchange
    print("ready", flush=True)
    now = datetime.fromisoformat(sys.stdin.readline().strip())
    with bootstrap.open_with_key(
        Path(file), bytes.fromhex(key), hold=True, clock=lambda: now
    ) as opened:
        opened.services.folder.exchange(Path(folder))
    print("done", flush=True)


if __name__ == "__main__":
    main()
