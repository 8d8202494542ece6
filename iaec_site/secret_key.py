"""The secret key of a trial installation: made once, kept beside its database, readable by its owner only."""

import os
import tempfile
from pathlib import Path

from django.core.management.utils import get_random_secret_key


def local_secret_key(folder: Path) -> str:
    path = folder / "secret_key"
    # An empty file is what a process left that was killed before it wrote: no key.
    if not path.exists() or not path.read_text().strip():
        folder.mkdir(parents=True, exist_ok=True)
        # Written beside, then moved: under its name there is a whole key or none.
        descriptor, partial = tempfile.mkstemp(dir=folder, prefix="secret_key.")
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(get_random_secret_key())
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, path)
        except BaseException:
            Path(partial).unlink(missing_ok=True)
            raise
    return path.read_text().strip()
