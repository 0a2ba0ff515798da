"""`python -m generator` and the command `playbook`."""

import sys

from generator.commands.cli import run


def main() -> None:
    """Run and leave with the exit code."""
    sys.exit(run())


if __name__ == "__main__":
    main()
