"""A small GitLab for tests: issues, members, notes and merge requests over HTTP, and branches in a
real bare repository.
"""

from __future__ import annotations

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.repositories import git

TOKEN = "glpat-test"
Row = dict[str, Any]


class RefusedError(Exception):
    """What the host does not do, with its code."""


class GitLabHost:
    """One project as its API shows it. `asked` holds each request that changes something."""

    def __init__(self, repository: Path) -> None:
        self.repository = repository
        self.issues: list[Row] = []
        self.members: list[Row] = []
        self.merge_requests: list[Row] = []
        self.notes: dict[int, list[Row]] = {}
        self.asked: list[str] = []
        self.address = ""

    def send(self, number: int, author: int, text: str, *labels: str, **more: Any) -> Row:
        """Somebody sends an issue."""
        issue = {
            "iid": number,
            "state": "opened",
            "confidential": False,
            "description": text,
            "labels": list(labels),
            "created_at": "2026-05-04T09:00:00Z",
            "web_url": f"https://gitlab.example/acme/playbook/-/issues/{number}",
            "author": {"id": author, "username": f"user{author}", "name": "User $(touch hacked)"},
            **more,
        }
        self.issues.append(issue)
        return issue

    def said_in(self, number: int) -> list[str]:
        """The answers in an issue, the oldest first, without what nobody sees of them."""
        texts = (note["body"] for note in self.notes.get(number, []))
        return [re.sub(r"<!--.*?-->\s*", "", text) for text in texts]

    def answer(self, method: str, path: str, asked: Row) -> Any:
        """What the API answers, as JSON can say it."""
        if method != "GET":
            self.asked.append(f"{method} {path}")
        notes = re.fullmatch(r"issues/(\d+)/notes", path)
        change = re.fullmatch(r"merge_requests/(\d+)(/commits)?", path)
        match method, path:
            case "GET", "members/all":
                return self._page(self.members, asked)
            case "GET", "issues" | "merge_requests":
                rows = self.issues if path == "issues" else self.merge_requests
                return self._page([row for row in rows if _fits(row, asked)], asked)
            case "GET", _ if notes:
                return self._page(self.notes.get(int(notes[1]), []), asked)
            case "POST", _ if notes:
                issue = next((one for one in self.issues if one["iid"] == int(notes[1])), None)
                if issue is None or issue.get("discussion_locked"):
                    raise RefusedError(403 if issue else 404)
                self.notes.setdefault(int(notes[1]), []).append(asked)
                return asked
            case "POST", "repository/commits":
                return self._commit(asked)
            case "POST", "merge_requests":
                return self._open(asked)
            case "GET" | "PUT", _ if change:
                found = next(one for one in self.merge_requests if one["iid"] == int(change[1]))
                if change[2]:
                    names = f"{found['target_branch']}..{found['source_branch']}"
                    titles = git(self.repository, "log", "--format=%s", names).splitlines()
                    return self._page([{"title": title} for title in titles], asked)
                found.update(asked)
                return found
        raise RefusedError(404)

    def _page(self, rows: list[Row], asked: Row) -> list[Row]:
        size, page = min(int(asked.get("per_page", 20)), 100), int(asked.get("page", 1))
        return rows[size * (page - 1) : size * page]

    def _open(self, asked: Row) -> Row:
        source = asked["source_branch"]
        if any(
            one["source_branch"] == source and one["state"] == "opened"
            for one in self.merge_requests
        ):
            raise RefusedError(409)
        git(self.repository, "rev-parse", "--verify", f"refs/heads/{source}")
        made = {"iid": len(self.merge_requests) + 1, "state": "opened", **asked}
        self.merge_requests.append(made)
        return made

    def _commit(self, asked: Row) -> Row:
        start, branch = asked["start_sha"], asked["branch"]
        names = set(git(self.repository, "ls-tree", "-r", "--name-only", start).splitlines())
        is_there = bool(git(self.repository, "branch", "--list", branch))
        if is_there and not asked.get("force"):
            raise RefusedError(400)
        index = {"GIT_INDEX_FILE": str(self.repository / "index-of-the-host")}
        git(self.repository, "read-tree", start, **index)
        for one in asked["actions"]:
            if (one["action"] == "create") == (one["file_path"] in names):
                raise RefusedError(400)
            blob = subprocess.run(
                ["git", "hash-object", "-w", "--stdin"],
                cwd=self.repository,
                input=one["content"].encode(),
                capture_output=True,
                check=True,
            ).stdout.decode()
            info = f"100644,{blob.strip()},{one['file_path']}"
            git(self.repository, "update-index", "--add", "--cacheinfo", info, **index)
        tree = git(self.repository, "write-tree", **index)
        author = {
            "GIT_AUTHOR_NAME": asked["author_name"],
            "GIT_AUTHOR_EMAIL": asked["author_email"],
        }
        message = asked["commit_message"]
        made = git(self.repository, "commit-tree", tree, "-p", start, "-m", message, **author)
        try:
            git(self.repository, "update-ref", f"refs/heads/{branch}", made)
        except AssertionError:
            raise RefusedError(400) from None
        return {"id": made}


def _fits(row: Row, asked: Row) -> bool:
    """Whether a row is among those that were asked for."""
    wanted = {
        "state": row["state"],
        "confidential": str(row.get("confidential", "")).lower(),
        "source_branch": row.get("source_branch", ""),
    }
    if asked.get("updated_after", "") > row.get("updated_at", "9"):
        return False
    return all(asked.get(name, value) == value for name, value in wanted.items())


@contextmanager
def serve_gitlab(host: GitLabHost) -> Iterator[GitLabHost]:
    """Listen on this machine; `address` of the host is that of its API."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            sent = json.loads(self.rfile.read(length)) if length else {}
            path = parts.path.removeprefix("/api/v4/projects/1/")
            try:
                if self.headers["PRIVATE-TOKEN"] != TOKEN:
                    raise RefusedError(401)
                code, answer = (
                    200,
                    host.answer(self.command, path, {**dict(parse_qsl(parts.query)), **sent}),
                )
            except RefusedError as refused:
                code, answer = refused.args[0], {}
            self.send_response(code)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        do_POST = do_PUT = do_GET  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    host.address = f"http://127.0.0.1:{server.server_address[1]}/api/v4"
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
