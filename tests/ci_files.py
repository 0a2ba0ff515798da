"""The CI files, read, and what their steps find when tests run them as they stand."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import yaml

from tests.playbooks import ROOT

STARTER = ROOT / "generator/starter"
WORKFLOWS = [
    STARTER / "dot-github/workflows/playbook.yml",
    STARTER / "dot-github/workflows/proposals.yml",
    *sorted((ROOT / ".github/workflows").glob("*.yml")),
]
GITLAB = [STARTER / "dot-gitlab-ci.yml", ROOT / ".gitlab-ci.yml"]


def read(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


def put_tools(folder: Path, **scripts: str) -> str:
    """Programs that the steps find first: ours, and what stands in for those of the host. The PATH."""
    folder.mkdir(exist_ok=True)
    ours = f'#!/bin/sh\nexec {sys.executable} -m generator "$@"\n'
    for name, script in {"playbook": ours, **scripts}.items():
        (folder / name).write_text(script)
        (folder / name).chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"
