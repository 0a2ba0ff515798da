"""The wheel of this program, which a playbook brings along: so it asks no index for it by its name."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

VENDOR = "vendor"
_PACKAGE = "strategy-playbook"
_OF_THE_INSTALLATION = frozenset({"INSTALLER", "REQUESTED", "RECORD", "direct_url.json"})
"""What an installer writes beside the files of a wheel."""
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The oldest that a zip can say: the same files give the same wheel."""


def find_own_wheel() -> Mapping[str, bytes]:
    """The wheel that this program was installed from, by its path in a playbook. Where the file is
    gone, or it came from elsewhere, it is made again from what is installed. Empty where the
    program runs from its source.
    """
    try:
        own = distribution(_PACKAGE)
        told = json.loads(own.read_text("direct_url.json") or "{}")
        return _read_wheel(told) or _make_wheel(own, told)
    except (PackageNotFoundError, OSError, ValueError, KeyError, TypeError):
        return {}


def _read_wheel(told: Any) -> Mapping[str, bytes]:
    """The file that an installer was given, where it is still there."""
    url = str(told.get("url", ""))
    path = unquote(urlsplit(url).path)
    wheel = Path(path[1:] if re.match("/[A-Za-z]:", path) else path)
    is_one = url.startswith("file:") and wheel.suffix == ".whl" and wheel.is_file()
    return {f"{VENDOR}/{wheel.name}": wheel.read_bytes()} if is_one else {}


def _make_wheel(own: Distribution, told: Any) -> Mapping[str, bytes]:
    """A wheel of the installed files. Raises OSError where one of them is gone."""
    if told.get("dir_info", {}).get("editable"):
        return {}
    contents, record = {}, ""
    for path in sorted(own.files or (), key=str):
        name = path.as_posix()
        if path.suffix == ".pyc" or name.startswith("../"):
            continue
        if path.parent.suffix == ".dist-info":
            if path.name in _OF_THE_INSTALLATION:
                continue
            record = f"{path.parent.as_posix()}/RECORD"
        contents[name] = Path(str(own.locate_file(path))).read_bytes()
    if not record:
        return {}
    tag = re.search(r"^Tag: (\S+)", own.read_text("WHEEL") or "", re.MULTILINE)
    name = f"{record.partition('.dist-info')[0]}-{tag[1] if tag else 'py3-none-any'}.whl"
    contents[record] = _make_record(contents, record)
    return {f"{VENDOR}/{name}": _zip(contents)}


def _make_record(contents: Mapping[str, bytes], record: str) -> bytes:
    rows = []
    for path, content in contents.items():
        sum_of = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
        rows.append(f"{path},sha256={sum_of},{len(content)}\n")
    return "".join([*rows, f"{record},,\n"]).encode()


def _zip(contents: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in contents.items():
            info = zipfile.ZipInfo(path, _MOMENT)
            info.external_attr = 0o644 << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
