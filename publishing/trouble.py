"""What keeps the site from reading or saving although nothing of it is broken: told by the error of the moment.

Codes of the system, of SQLite and of PostgreSQL. Whatever stands in none of these lists is an error like any other.
"""

from __future__ import annotations

import errno
from enum import Enum

from django.db import Error as AnyDatabaseError

# What `except` has to name: Django's InterfaceError (a connection that has ended) is no DatabaseError.
TROUBLESOME = (OSError, AnyDatabaseError)


class Trouble(Enum):
    NO_ROOM = "no-room"
    READ_ONLY = "read-only"
    BUSY = "busy"
    GONE = "gone"
    # Not an error, but what the webmaster asked for with READ_ONLY=1.
    MAINTENANCE = "maintenance"

    @property
    def status(self) -> int:
        return 507 if self is Trouble.NO_ROOM else 503

    @property
    def retry_after(self) -> int:
        """Seconds after which it is worth another attempt."""
        return {Trouble.BUSY: 30, Trouble.MAINTENANCE: 300}.get(self, 60)


OF_FILES = {
    errno.ENOSPC: Trouble.NO_ROOM,
    errno.EDQUOT: Trouble.NO_ROOM,
    errno.EFBIG: Trouble.NO_ROOM,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
}
OF_DATABASES = {
    "SQLITE_FULL": Trouble.NO_ROOM,
    "SQLITE_IOERR": Trouble.NO_ROOM,
    "SQLITE_READONLY": Trouble.READ_ONLY,
    "SQLITE_BUSY": Trouble.BUSY,
    "SQLITE_LOCKED": Trouble.BUSY,
    "SQLITE_PROTOCOL": Trouble.BUSY,
    "SQLITE_CANTOPEN": Trouble.GONE,
    "SQLITE_PERM": Trouble.GONE,
    "SQLITE_AUTH": Trouble.GONE,
    "SQLITE_NOTADB": Trouble.GONE,
    "SQLITE_CORRUPT": Trouble.GONE,
    "53100": Trouble.NO_ROOM,  # disk full
    "53200": Trouble.BUSY,  # out of memory
    "53300": Trouble.BUSY,  # too many connections
    "55P03": Trouble.BUSY,  # lock not available
    "40P01": Trouble.BUSY,  # deadlock
    "40001": Trouble.BUSY,  # could not be put in a row with others
    "57014": Trouble.BUSY,  # took too long
    "25006": Trouble.READ_ONLY,
    "28000": Trouble.GONE,  # not let in any more
    "28P01": Trouble.GONE,
    "3D000": Trouble.GONE,  # no such database
    "57P01": Trouble.GONE,  # shut down
    "57P02": Trouble.GONE,  # another of its processes crashed
    "57P03": Trouble.GONE,  # just starting
    "58030": Trouble.GONE,  # cannot read its files
}
CONNECTION_LOST = "08"  # a class of codes


def trouble_of(error: BaseException | None) -> Trouble | None:
    """None for an error of another kind."""
    if isinstance(error, AnyDatabaseError):
        return of_database(error)
    return OF_FILES.get(error.errno) if isinstance(error, OSError) else None


def is_of_storage(error: BaseException | None) -> bool:
    """Whether a bucket does not answer, or a disk cannot be read: what is stored there may come back."""
    return isinstance(error, OSError) and error.errno == errno.EIO


def of_database(error: AnyDatabaseError) -> Trouble | None:
    cause = error.__cause__ or error
    name, state = getattr(cause, "sqlite_errorname", None), getattr(cause, "sqlstate", None)
    if name:
        # SQLite says more behind the name: "SQLITE_BUSY_SNAPSHOT".
        return OF_DATABASES.get("_".join(name.split("_")[:2]))
    if state:
        return Trouble.GONE if state.startswith(CONNECTION_LOST) else OF_DATABASES.get(state)
    # No server could give a code where psycopg speaks of the connection itself. SQLite always has a name.
    is_of_connection = type(error).__name__ in ("OperationalError", "InterfaceError")
    return Trouble.GONE if is_of_connection and not type(cause).__module__.startswith("sqlite3") else None
