"""Starting Python costs a second; here it is a fork of a process that has everything loaded already.

`install` is called in a zygote and holds for what its victims start: the crawl's process, and the processes
in which that one reads pages. They do what they would do otherwise, with the descriptors and the environment
they would have, in a session of their own. Only the loading is missing, in which nothing can be lost.
"""

import multiprocessing.util
import os
import runpy
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any

_kept: set[int] = set()  # descriptors that everything that is started keeps open


def install() -> None:
    """From now on, here and in what is forked from here."""
    subprocess.Popen = _Forked  # type: ignore[assignment,misc]
    multiprocessing.util.spawnv_passfds = _spawned  # type: ignore[assignment]


def keep(descriptor: int) -> None:
    """It is closed when the last process of a life has ended."""
    _kept.add(descriptor)


class _Forked(subprocess.Popen[bytes]):
    """`python -m MODULE`. It becomes the module where it would else be exchanged for a new interpreter."""

    def __init__(self, command: Sequence[str], *, env: Mapping[str, str], **more: Any) -> None:
        module = command[command.index("-m") + 1]

        def become() -> None:
            sys.modules.pop(module, None)
            os.environ.clear()
            os.environ.update(env)
            tempfile.tempdir = None  # it is asked for again: the environment names another
            _be(lambda: runpy.run_module(module, run_name="__main__", alter_sys=True), ())

        super().__init__(command, env=env, preexec_fn=become, **more)


def _spawned(_: object, arguments: Sequence[str], passed: Collection[int]) -> int:
    """As multiprocessing starts its helpers: `python -c CODE`, which is given some descriptors."""
    code = arguments[-1]
    if (child := os.fork()) == 0:
        _be(lambda: exec(code, {"__name__": "__main__"}), passed)
    return child


def _be(work: Callable[[], object], passed: Collection[int]) -> None:
    """Work with no more than is passed on, and end."""
    sys.settrace(None)
    threading.settrace(None)
    for before, after in pairwise([2, *sorted({*passed, *_kept}), os.sysconf("SC_OPEN_MAX")]):
        os.closerange(before + 1, after)
    try:
        work()
    except SystemExit as left:
        os._exit(left.code if isinstance(left.code, int) else 1)
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
        os._exit(1)
    os._exit(0)
