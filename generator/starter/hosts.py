"""Where a playbook's repository is kept: what each git host needs of files, and how it writes its
addresses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

ANY_HOST = ""
"""Nobody has said which: a playbook then has the files of both."""
HOSTS: Mapping[str, str] = {"github": "GitHub", "gitlab": "GitLab", "other": "another host"}
"""The hosts that `init` writes files for, and what they are called."""
CODEOWNERS: Mapping[str, str] = {"github": ".github/CODEOWNERS", "gitlab": ".gitlab/CODEOWNERS"}
_FILES: Mapping[str, str] = {".github/": "github", ".gitlab/": "gitlab", ".gitlab-ci.yml": "gitlab"}
_SCP = re.compile(r"(?:[\w.-]+@)?(?P<host>[\w.-]+):(?!//)(?P<path>[^\s]+)")
_CHANGES: tuple[tuple[str, str], ...] = (
    (
        r"(?:ssh\.dev\.azure|vs-ssh\.visualstudio)\.com/v3/([^/]+)/([^/]+)/([^/]+)",
        "dev.azure.com/{0}/{1}/_git/{2}/pullrequestcreate?sourceRef={branch}",
    ),
    (r"(.+/_git/[^/]+)", "{0}/pullrequestcreate?sourceRef={branch}"),
    (r"(bitbucket\.org/.+)", "{0}/pull-requests/new?source={branch}"),
    (
        r"(.+)/scm/([^/]+)/([^/]+)",
        "{0}/projects/{1}/repos/{2}/pull-requests?create&sourceBranch=refs%2Fheads%2F{branch}",
    ),
    (r"([^/]*github[^/]*/.+)", "{0}/compare/{branch}?expand=1"),
    (
        r"([^/]*gitlab[^/]*/.+)",
        "{0}/-/merge_requests/new?merge_request%5Bsource_branch%5D={branch}",
    ),
    (r"([^/]*(?:gitea|forgejo|codeberg)[^/]*/.+)", "{0}/compare/{branch}"),
)
"""Where a host begins what it calls a pull or a merge request of a branch, by the shape of a
repository's address: Azure DevOps, Bitbucket (in the cloud, of one's own), GitHub, GitLab, Gitea and
Forgejo.
"""
_EDIT = {"github": "edit/{branch}/", "gitlab": "-/edit/{branch}/"}


@dataclass(frozen=True)
class Home:
    """Where a repository is kept: the host's kind (one of HOSTS, or ANY_HOST), and the address of
    its page there, empty where that is not known.
    """

    host: str = ANY_HOST
    address: str = ""

    def edit_uri(self, branch: str, folder: str) -> str:
        """What `edit_uri` of mkdocs.yml says for the pages of a playbook in this folder of the
        repository.
        """
        way = _EDIT.get(self.host, "").format(branch=quote(branch))
        inner = f"{quote(folder)}/" if folder else ""
        return f"{way}{inner}playbook/" if way else ""


NOWHERE = Home()


def is_for(path: str, host: str) -> bool:
    """Whether a file of the starter is of use on a host."""
    owner = next((name for start, name in _FILES.items() if path.startswith(start)), host)
    return host in (ANY_HOST, owner)


def find_home(remote: str, host: str = ANY_HOST) -> Home:
    """The home of a repository, by the address that git fetches it from, or that a browser shows.
    `host` is what somebody says of it. No name and no password of that address is kept.
    """
    found = _SCP.fullmatch(remote)
    if found:
        name, path = found["host"], found["path"]
    else:
        parts = urlsplit(remote)
        if parts.scheme not in ("https", "http", "ssh", "git") or not parts.hostname:
            return Home(host)
        port = f":{parts.port}" if parts.port and parts.scheme in ("https", "http") else ""
        name, path = f"{parts.hostname}{port}", parts.path
    path = path.strip("/").removesuffix(".git")
    return Home(host or _guess_host(name), f"https://{name}/{path}" if path else "")


def find_change_page(remote: str, branch: str) -> str:
    """Where the host of a repository begins a pull request of a branch, by the address that git pushes
    to; empty where that address does not tell.
    """
    address = find_home(remote).address
    for shape, page in _CHANGES:
        found = re.fullmatch(shape, address.removeprefix("https://"), re.IGNORECASE)
        if found:
            return f"https://{page.format(*found.groups(), branch=quote(branch, safe=''))}"
    return ""


def _guess_host(name: str) -> str:
    """By its name; a host that does not give itself away must be said."""
    return next((host for host in ("github", "gitlab") if host in name.lower()), ANY_HOST)
