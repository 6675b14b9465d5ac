"""What all tests here stand on."""

import tempfile
import unittest
from pathlib import Path

# Told by run.py.
BINARY = Path("target/debug/candour").resolve()


class Case(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="deploy-", ignore_cleanup_errors=True)
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)
        # Servers that are not root's look into it.
        self.folder.chmod(0o755)

    def until_the_end(self, program):
        """Stops it when the test is over, whatever came of it."""
        self.addCleanup(program.stop)
        return program


def scratch():
    return _Scratch(prefix="deploy-", ignore_cleanup_errors=True)


class _Scratch(tempfile.TemporaryDirectory):
    def __enter__(self):
        folder = Path(super().__enter__())
        folder.chmod(0o755)
        return folder
