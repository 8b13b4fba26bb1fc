"""The two commands of the README, for a machine that has only Python.

python3 run.py          sets everything up and opens the demonstration
python3 run.py test     runs every check (--long: the full counts; more words go to pytest)
python3 run.py bench    runs the benchmarks
python3 run.py mutate   changes the rules a little, to find what no test would notice
"""

import sys

if sys.version_info < (3, 11) or sys.version_info >= (3, 15):
    sys.exit("visitapp needs Python 3.11 to 3.14; this is " + sys.version.split()[0] + ".")

import ctypes
import hashlib
import os
import platform
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
SUPPORTED = {("linux", "x86_64"), ("win32", "amd64"), ("darwin", "arm64")}

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""The system libraries that the window needs, with their packages in Debian and Ubuntu."""


class SetUpError(Exception):
    """What a person has to do, in a sentence."""


class Environment(NamedTuple):
    """A folder with its own Python and the packages of one lock file."""

    folder: Path
    lock: Path

    @property
    def stamp(self) -> Path:
        """The file that says what the folder was made for."""
        return self.folder / "set-up-for"

    @property
    def python(self) -> Path:
        """Its interpreter."""
        windows = sys.platform == "win32"
        return (
            self.folder
            / ("Scripts" if windows else "bin")
            / ("python.exe" if windows else "python")
        )


PROGRAM = Environment(ROOT / ".venv", ROOT / "requirements.lock")
"""Runs the program, without packages that only tests need."""
TOOLS = Environment(ROOT / ".venv-test", ROOT / "tests" / "requirements.lock")
"""The same, with packages for tests, checks and benchmarks."""


def main(arguments: list[str]) -> int:
    """Run a command. Returns the exit code."""
    commands = {"": demonstration, "test": test, "bench": bench, "mutate": mutate}
    word = arguments[0] if arguments else ""
    if word not in commands:
        print(__doc__)
        return 0 if word in ("-h", "--help", "help") else 2
    try:
        set_up(TOOLS if word else PROGRAM)
        return commands[word](arguments[1:])
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 1


def say(text: str) -> None:
    """Print a line of progress, apart from a command's answer."""
    print(text, file=sys.stderr, flush=True)


# Setting up


def set_up(environment: Environment) -> None:
    """Make an environment of locked packages, unless it exists."""
    machine = (sys.platform, platform.machine().lower())
    if machine not in SUPPORTED:
        raise SetUpError(
            "visitapp runs on Linux (x86-64), Windows (x86-64) and macOS (Apple silicon); "
            f"this machine is {platform.system()} on {platform.machine()}."
        )
    wanted, stamp = fingerprint(environment), environment.stamp
    if not (environment.python.exists() and stamp.exists() and stamp.read_text("ascii") == wanted):
        make_environment(environment)
        stamp.write_text(wanted, "ascii")
    if sys.platform == "linux":
        see_to_libraries()


def fingerprint(environment: Environment) -> str:
    """What the environment depends on: the lock file, the project file, the Python, the folder."""
    parts = (environment.lock.read_bytes(), (ROOT / "pyproject.toml").read_bytes(),
             sys.version.encode(), str(ROOT).encode())  # fmt: skip
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def make_environment(environment: Environment) -> None:
    """Create an environment with the locked packages and the `visitapp` command."""
    say(f"Setting up {environment.folder.name}, once: this fetches up to 250 MB.")
    if environment.folder.exists():
        shutil.rmtree(environment.folder)
    make_venv(environment.folder)
    pip = [str(environment.python), "-m", "pip", "--disable-pip-version-check", "install",
           "--no-input"]  # fmt: skip
    say("1 of 2: the locked packages")
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    run([*pip, *quiet, "--require-hashes", "--only-binary", ":all:", "-r", str(environment.lock)],
        "The packages could not be fetched; look at the messages above and try again.")  # fmt: skip
    say("2 of 2: the visitapp command")
    run([*pip, "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT)],
        "The visitapp command could not be installed; look at the messages above.")  # fmt: skip


def make_venv(folder: Path) -> None:
    """Create an empty environment. Debian and Ubuntu may lack the part of Python that does this."""
    command = [sys.executable, "-m", "venv", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode == 0:
        return
    shutil.rmtree(folder, ignore_errors=True)
    package = f"python3.{sys.version_info.minor}-venv"
    if shutil.which("apt-get") is None:
        raise SetUpError(f"Python could not make an environment: {result.stderr or result.stdout}")
    install_packages([package], "Python\u2019s venv")
    run(command, "Python could not make an environment; look at the messages above.")


def run(command: list[str], problem: str) -> None:
    """Run a command that has to succeed."""
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise SetUpError(problem)


def see_to_libraries() -> None:
    """Install the system libraries that Qt needs, on systems with Debian's packages."""
    missing = sorted({p for library, p in QT_LIBRARIES.items() if not can_load(library)})
    if missing and shutil.which("apt-get") is not None:
        install_packages(missing, "the system libraries of the window")
    elif missing:
        say(f"The window may need more system libraries; Debian calls them {' '.join(missing)}.")


def see_to_strace() -> None:
    """Install the program that tests use to kill commands on Linux; without it they are skipped."""
    if sys.platform == "linux" and shutil.which("strace") is None and shutil.which("apt-get"):
        try:
            install_packages(["strace"], "strace, which some tests need")
        except SetUpError as error:
            say(f"{error}\nWithout it the tests of killed commands are skipped.")


def can_load(library: str) -> bool:
    """Whether the system has a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_packages(packages: list[str], what: str) -> None:
    """Install Debian packages if that is allowed, otherwise give the command for it."""
    if os.geteuid() == 0:
        rights: list[str] = []
    elif (
        shutil.which("sudo")
        and not subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode
    ):
        rights = ["sudo", "-n"]
    else:
        raise SetUpError(
            f"This machine lacks {what}. Run this, then try again:\n"
            f"    sudo apt-get install -y {' '.join(packages)}"
        )
    say(f"Installing {what}: {' '.join(packages)}")
    quietly = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    install = [*rights, "apt-get", "-qq", "-y", "install", *packages]
    # The package lists may be missing or old; they are fetched only if needed.
    for command in (install, [*rights, "apt-get", "-qq", "update"], install):
        done = subprocess.run(command, env=quietly, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False)  # fmt: skip
        if command is install and done.returncode == 0:
            return
    raise SetUpError(
        f"{what[:1].upper()}{what[1:]} could not be installed. Run this and read what it says:\n"
        f"    apt-get install -y {' '.join(packages)}"
    )


# The commands


def demonstration(_: list[str]) -> int:
    """Open the demonstration, which is thrown away afterwards; without a screen, write its
    documents."""
    if has_screen():
        say("Opening the demonstration.")
        code = subprocess.run([PROGRAM.python, "-m", "visitapp", "--demonstration"], cwd=ROOT,
                              check=False).returncode  # fmt: skip
        say("The demonstration is closed and thrown away." if code == 0 else "visitapp stopped.")
        return code
    folder = Path(tempfile.mkdtemp(prefix="visitapp-")) / "demonstration"
    say("There is no screen here, so the demonstration is written to a folder.")
    code = subprocess.run([PROGRAM.python, "-m", "visitapp", "demo", "--out", str(folder)],
                          cwd=ROOT, check=False).returncode  # fmt: skip
    if code == 0:
        print(f"The demonstration's documents are in {folder}", flush=True)
    return code


def has_screen() -> bool:
    """Whether a window can be shown."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


FLOORS = {"domain": 95, "planning": 94, "persistence": 95}
"""The least share of lines and branches that tests must reach, in per cent."""


def test(arguments: list[str]) -> int:
    """Run every check; words after `test` go to pytest."""
    began = time.monotonic()
    see_to_strace()
    # The tests begin the program hundreds of times: without bytecode on the disk each of them
    # would compile all of it anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if "--long" not in arguments:  # sets are gone through alike each time (CONTRIBUTING.md)
        os.environ.setdefault("PYTHONHASHSEED", "0")
    tool = [str(TOOLS.python), "-m"]
    steps = [
        ("linter", [*tool, "ruff", "check", "--quiet"]),
        ("format", [*tool, "ruff", "format", "--check", "--quiet"]),
        ("tests and contracts", [*tool, "pytest", *processes(arguments), *arguments]),
    ]
    if "--long" in arguments:
        rest = [word for word in arguments if word != "--long"]
        measured = [f"--cov=visitapp/{folder}" for folder in FLOORS]
        steps += [
            (f"tests in July, the machine in {zone}",
             [*tool, "pytest", *processes(rest), "--zone", zone, "--in-july", *more, *rest])
            for zone, more in (
                ("Europe/London", [*measured, "--cov-branch", "--cov-report="]),
                ("Pacific/Auckland", []),
            )
        ]  # fmt: skip
        steps += [
            (f"coverage of {folder}",
             [*tool, "coverage", "report", f"--include=visitapp/{folder}/*", "--skip-covered",
              f"--fail-under={floor}"])
            for folder, floor in FLOORS.items()
        ]  # fmt: skip
    failed = []
    types = subprocess.Popen(  # it keeps one core busy: alone it would leave the others idle
        [*tool, "mypy", "--no-error-summary"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    for number, (name, command) in enumerate(steps, 1):
        say(f"{number} of {len(steps) + 1}: {name}")
        if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
            failed.append(name)
    say(f"{len(steps) + 1} of {len(steps) + 1}: types, checked beside the others")
    print(types.communicate()[0], end="")
    if types.returncode != 0:
        failed.append("types")
    minutes, seconds = divmod(round(time.monotonic() - began), 60)
    result = f"These failed: {', '.join(failed)}." if failed else "Every check passed."
    print(f"{result} ({minutes} min {seconds} s)", flush=True)
    return 1 if failed else 0


def processes(arguments: list[str]) -> list[str]:
    """A process for each core, at most four, unless the words for pytest decide."""
    chosen = any(word.startswith(("-n", "--numprocesses", "-p")) for word in arguments)
    return [] if chosen else ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "worksteal"]


def bench(arguments: list[str]) -> int:
    """Run each benchmark in turn; words after `bench` choose those whose names contain one of
    them."""
    benchmarks = sorted((ROOT / "tests" / "benchmarks").glob("bench_*.py"))
    chosen = [p for p in benchmarks if not arguments or any(word in p.stem for word in arguments)]
    failed = 0
    for number, path in enumerate(chosen, 1):
        say(f"{number} of {len(chosen)}: {path.stem.removeprefix('bench_')}")
        module = f"tests.benchmarks.{path.stem}"
        failed += (
            subprocess.run([TOOLS.python, "-m", module], cwd=ROOT, check=False).returncode != 0
        )
    print(f"{len(chosen) - failed} of {len(chosen)} benchmarks ran.", flush=True)
    return 1 if failed or not chosen else 0


def mutate(arguments: list[str]) -> int:
    """Change each rule of domain and planning in turn; words choose modules."""
    command = [str(TOOLS.python), "-m", "tests.mutating", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
