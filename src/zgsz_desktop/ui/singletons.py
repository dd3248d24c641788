"""Keep None, True and False alive on Python 3.11 under PySide6 6.12.

PySide6 6.12 is built with headers of Python 3.12, where these objects are immortal and returning one takes no
reference. On 3.10 and 3.11 they are counted: each call of a Qt method that returns nothing then takes one reference
away for good (measured: 200 calls of `update()`, 200 fewer), and after some thousand calls the interpreter aborts with
"deallocating None". 6.11.3 does not do it. A count that cannot run out in the life of a process is the same as
immortality, which is what the library was built for.

WORKAROUND(https://peps.python.org/pep-0683/): may go when Python 3.11
does, or when PySide6 6.12 is neither locked nor allowed.
"""

import ctypes
import sys

PLENTY = 1 << 40
IMMORTAL_SINCE = (3, 12)


def hold_singletons() -> None:
    """Give the counted singletons more references than any session can lose."""
    if sys.implementation.name != "cpython" or sys.version_info >= IMMORTAL_SINCE:
        return
    for value in (None, True, False, NotImplemented, ...):
        # In CPython below 3.12 an object begins with its reference count, and its id is its address.
        ctypes.c_ssize_t.from_address(id(value)).value += PLENTY
