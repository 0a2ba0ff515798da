"""Two ways to rename that Python does not offer: two names exchanged in one step, and a new name
that takes nobody's place. Linux has both; elsewhere it is told that they are missing.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

_HERE = -100
"""What Linux calls AT_FDCWD: a path counts from the working folder."""
_NO_REPLACE, _EXCHANGE = 1, 2
_MISSING = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
"""How a system, or one of its file systems, says that it has no such thing."""


def exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two files or folders on one disk: at no moment one of them is missing.
    False where the system cannot. Raises OSError where it may not.
    """
    return _rename(one, other, _EXCHANGE)


def rename_new(source: Path, target: Path) -> None:
    """Rename, but onto nothing that is there. Raises FileExistsError, OSError."""
    if not _rename(source, target, _NO_REPLACE):
        if target.exists():  # as near as such a system comes to it
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        os.rename(source, target)


def _rename(source: Path, target: Path, how: int) -> bool:
    renameat2 = _find_renameat2()
    if renameat2 is None:
        return False
    names = os.fsencode(source), os.fsencode(target)
    sys.audit("os.rename", str(source), str(target), -1, -1)  # who watches sees this one as well
    if renameat2(_HERE, names[0], _HERE, names[1], how) == 0:
        return True
    number = ctypes.get_errno()
    if number in _MISSING:
        return False
    raise OSError(number, os.strerror(number), str(source), None, str(target))


@cache
def _find_renameat2() -> Any:
    """The system's function, where its C library has it."""
    if not sys.platform.startswith("linux"):
        return None
    found = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if found is not None:
        found.argtypes = (
            ctypes.c_int,
            ctypes.c_char_p,
            ctypes.c_int,
            ctypes.c_char_p,
            ctypes.c_uint,
        )
    return found
