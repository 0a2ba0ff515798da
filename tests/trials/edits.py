"""What may happen to the files of a strategy between two looks at it."""

from __future__ import annotations

import random
from pathlib import Path


def edit(root: Path, chance: random.Random) -> None:
    """One edit somewhere in a folder, wise or not."""
    files = sorted((root / "strategy").rglob("*.yaml"))
    file = chance.choice([root / "strategy.yaml", *files, *files])
    lines = file.read_text("utf-8").split("\n") if file.exists() else [""]
    at = chance.randrange(len(lines))
    match chance.randrange(7):
        case 0:
            lines[at : at + 1] = []
        case 1:
            lines[at:at] = [lines[at]]
        case 2:
            lines[at] = lines[at].replace("e", "é", 1)
        case 3:
            lines[at] = f"{lines[at]} more words"
        case 4:
            lines[at] = lines[at].replace(": ", ":\t", 1)
        case 5 if file.name != "strategy.yaml":
            file.unlink()
            return
        case _:
            (root / f"strategy/glossary/new-{at}.yaml").parent.mkdir(exist_ok=True)
            (root / f"strategy/glossary/new-{at}.yaml").write_text(
                f"id: new-{at}\nterm: New\nmeaning: Not old.\n"
            )
            return
    file.write_text("\n".join(lines), "utf-8")
