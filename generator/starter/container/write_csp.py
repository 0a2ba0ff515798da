"""Write the Content-Security-Policy of a built site as a line of nginx: every script in its pages by its hash."""

import base64
import hashlib
import sys
from html.parser import HTMLParser
from pathlib import Path


class Scripts(HTMLParser):
    """Collects the scripts that stand in a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: set[str] = set()
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and not any(name == "src" for name, _ in attrs):
            self._text = []

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._text is not None:
            digest = hashlib.sha256("".join(self._text).encode()).digest()
            self.found.add(f"'sha256-{base64.b64encode(digest).decode()}'")
            self._text = None


def write_csp(site: Path) -> str:
    """The line for nginx."""
    hashes: set[str] = set()
    for page in sorted(site.rglob("*.html")):
        scripts = Scripts()
        scripts.feed(page.read_text("utf-8"))
        hashes |= scripts.found
    policy = [
        "default-src 'none'",
        " ".join(["script-src", "'self'", *sorted(hashes)]),
        "worker-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
    whole = "; ".join(policy)
    return f'add_header Content-Security-Policy "{whole}" always;\n'


if __name__ == "__main__":
    sys.stdout.write(write_csp(Path(sys.argv[1])))
