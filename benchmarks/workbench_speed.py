"""How long whoever edits a strategy of 10,000 entries waits for `playbook edit`.

    python -m benchmarks.workbench_speed

Prints, for all entries in one list and for each in a file of its own, CPU seconds of one run: to begin, to
open a form, what is said at once of an edit (what is wrong with the entry by itself, and what will
change), the whole check of it for the first time and again, the page as sellers will see it, and to save.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from benchmarks.check_speed import MARKETS
from benchmarks.edit_speed import COUNT, MAX_BYTES, list_in_a_list, list_in_files
from generator.site.theme.look import Look
from generator.workbench import open_workbench
from generator.workbench.guard import Entrance
from generator.workbench.reading import Folder
from tests.sample import MINIMAL_HEADER

ENTRANCE = Entrance(8010, "secret")
ENTRY = f"objections/objection-{COUNT // 2}"


def main() -> None:
    """Measure and print."""
    print(f"{COUNT:,} entries, CPU seconds of one run")
    for name, files in (("files of their own", list_in_files()), ("one list", list_in_a_list())):
        with tempfile.TemporaryDirectory() as folder:
            header = {"strategy.yaml": MINIMAL_HEADER, "strategy/markets.yaml": MARKETS}
            for path, text in {**header, **files}.items():
                target = Path(folder) / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, "utf-8")
            print(name)
            _measure(Path(folder))


def _measure(root: Path) -> None:
    origin = f"http://{ENTRANCE.hosts[0]}"
    app = open_workbench(Folder(root, MAX_BYTES), Look(), ENTRANCE)
    client = TestClient(app, base_url=origin)

    def ask(what: str, path: str, data: dict[str, Any] | None = None) -> Any:
        address, begun = f"/{ENTRANCE.token}/{path}", time.process_time()
        if data is None:
            answer = client.get(address)
        else:
            answer = client.post(address, json=data, headers={"Origin": origin})
        print(f"  {what:<44} {time.process_time() - begun:6.2f} s")
        assert answer.status_code == 200, answer.text
        return answer

    ask("to begin", "entries.json")
    values = ask("opening a form", f"assets/suggest/entries/{ENTRY}.json").json()["values"]
    for what, text in (("an edit, at once", "It pays."), ("the next letter", "It pays!")):
        change = {"field": "respond", "from": values["respond"], "to": text}
        note = {"format": 1, "entry": ENTRY, "changes": [change]}
        draft = {"values": {"respond": {"from": values["respond"], "to": text}}}
        ask(what, "edit", {"entry": ENTRY, "note": note, "draft": draft})
        ask("  the whole check of it", f"check?entry={ENTRY}")
    ask("the page as it will be", f"preview?entry={ENTRY}")
    assert ask("saving", "save", {"entry": ENTRY}).json()["done"]["saved"]


if __name__ == "__main__":
    main()
