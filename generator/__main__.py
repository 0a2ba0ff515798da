"""`python -m generator` and the command `playbook`."""

import gc
import sys

from generator.commands.cli import run


def main() -> None:
    """Run and leave with the exit code."""
    code = run()
    gc.freeze()  # looking for rubbish in a large strategy takes longer than leaving it to the system
    sys.exit(code)


if __name__ == "__main__":
    main()
