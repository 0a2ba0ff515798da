"""ProperDocs, which continues MkDocs 1.x, builds the same site: what we build on has a way to go on.

It is installed into an environment of its own, never beside MkDocs: some plugins would take it
without a word.
"""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.playbooks import AS_OF, LONGEST, ROOT, read_files
from tests.trials.amount import choose

PACKAGE = (
    "properdocs==1.6.7 "
    "--hash=sha256:6fa0cfa2e01bf338f684892c8a506cf70ea88ae7f3479c933b6fa20168101cbd"
)
RUN = "import properdocs.replacement\nimport sys\nfrom generator.commands.cli import run\nsys.exit(run(sys.argv[1:]))"
GENERATOR = re.compile(rb'<meta name="generator" content="mkdocs-[^,"]+,')


def build(python: Path | str, program: str, site: Path) -> dict[str, bytes]:
    """The root site, as a process of its own builds it."""
    command = [python, "-c", program, "build", "--site-dir", site, "--as-of", AS_OF]
    done = subprocess.run(
        list(map(str, command)), cwd=ROOT, capture_output=True, check=False, timeout=LONGEST
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {
        path: GENERATOR.sub(b"", content) if path.endswith(".html") else content
        for path, content in read_files(site).items()
    }


@pytest.mark.trial
def test_properdocs_builds_the_same_site_but_for_the_line_that_names_it(tmp_path: Path) -> None:
    if not choose(False, True):
        pytest.skip("it installs a package; make trials does so")
    home = tmp_path / "env"
    venv.create(home, with_pip=True)
    python = home / "bin/python"
    wanted = tmp_path / "requirements.txt"
    wanted.write_text(f"{PACKAGE}\n", "utf-8")
    install = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
    subprocess.run([*map(str, install), "-r", str(wanted)], check=True, timeout=LONGEST)
    own = next((home / "lib").glob("python*")) / "site-packages"
    shared = f"{ROOT}\n{sysconfig.get_path('purelib')}\n"
    (own / "shared.pth").write_text(shared, "utf-8")
    plain = RUN.partition("\n")[2]
    assert build(python, RUN, tmp_path / "properdocs") == build(
        sys.executable, plain, tmp_path / "mkdocs"
    )
