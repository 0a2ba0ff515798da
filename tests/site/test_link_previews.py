"""What the preview of a link shows, in a chat or a tab: the title, and a text of the strategy only
where everybody may read it.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from generator.pages.page import Body, Page
from generator.problems.problem import Place
from generator.site.content import describe


def test_the_preview_of_a_page_for_sellers_is_its_title(built_sites: dict[str, Path]) -> None:
    for address in ("objections/too-expensive/", "markets/dairies/", "proof/", ""):
        text = (built_sites["root"] / address / "index.html").read_text("utf-8")
        assert 'name="description"' not in text
        assert "<title>" in text


@pytest.mark.parametrize(("is_public", "told"), [(True, "Warm &amp; cold"), (False, "")])
def test_a_text_is_told_where_everybody_may_read_it(is_public: bool, told: str) -> None:
    ours = Page("markets/one/", "One", "Warm & cold", lambda: Body("", ()), Place("strategy.yaml"))
    page = SimpleNamespace(meta={}, edit_url=None)
    describe(page, ours, "", is_for_everybody=is_public)  # type: ignore[arg-type]
    assert page.meta["description"] == told
