"""The finder's scripts as a site has them."""

from __future__ import annotations

import re

import pytest

from generator.pages.finder.scripts import WORKER, list_modules, list_scripts, make_worker
from tests.node import run_in_node

ARTICLES = ("the", "a")
IN_THE_PAGE = {"finder", "finder-dialog", "finder-door", "finder-here"}


@pytest.mark.parametrize("language", ["en", "de", "pt-BR", "ja", "xx"])
def test_the_worker_is_one_script_with_all_that_it_imports(language: str) -> None:
    asset = make_worker(language, ARTICLES)
    assert asset.path == WORKER
    joined = asset.content.decode()
    assert not re.search("^(import|export) ", joined, re.MULTILINE)
    names = [name.removesuffix(".js") for name, _ in list_modules(language, ARTICLES)]
    mine = [name for name in names if name not in IN_THE_PAGE]
    places = [joined.index(f"const {name.replace('-', '_')} = ") for name in mine]
    assert len(places) == len(mine) > 10
    assert joined.endswith("})();\n")


def test_the_joined_worker_runs_where_a_module_is_named_like_nothing_in_another() -> None:
    """Each module keeps its names to itself: two of them call something `TENTHS` or `fail`."""
    joined = make_worker("en", ARTICLES).content.decode()
    body = joined.partition("const finder_worker")[0]
    made = run_in_node(
        """
        const open = new Function(`${given}; return [finder_language, finder_terms, finder_lexicon, finder_open];`);
        const [{ stem, groups }, { Terms }, { Lexicon }, { openEngine }] = open();
        const lexicon = new Lexicon(groups, { articles: ["the"], weak: [] }, new Terms("en", [], stem));
        return [stem("pumps"), typeof openEngine, lexicon.othersOf(["price"]).map(({ says }) => says)];
        """,
        body,
    )
    assert made[:2] == ["pump", "function"]
    assert "cost" in made[2]


def test_no_comment_is_sent_but_that_of_a_licence() -> None:
    joined = make_worker("de", ()).content.decode()
    assert re.findall(r"^\s*/[/*].*", joined, re.MULTILINE) == [
        line for line in joined.splitlines() if line.startswith("/*! Snowball")
    ]


def test_the_scripts_come_with_the_licence_of_the_library() -> None:
    names = {asset.path for asset in list_scripts()}
    assert names == {
        f"assets/finder/{name}"
        for name in ("finder.js", "finder-dialog.js", "finder.css", "finder-language-licence.txt")
    }


def test_words_that_mean_the_same_are_found_by_their_keys_alone() -> None:
    """A key stands whole: `rate` is not found in `interest rate`, nor a weight as a word."""
    groups = "price=pric,cost~0.6,interest rate\nrate,quota\nno need,needless=needless"
    found = run_in_node(
        """
        const { Terms } = await load("finder-terms");
        const { Lexicon } = await load("finder-lexicon");
        const lexicon = new Lexicon(given, { articles: ["the"], weak: [] }, new Terms("en", [], String));
        const says = (...words) => lexicon.othersOf(words).map(({ says, weight }) => `${says} ${weight.toFixed(2)}`);
        return {
          price: says("pric"), rate: says("rate"), both: says("interest", "rate"), need: says("no", "the", "need"), weight: says("0.6"),
          none: says(""), like: lexicon.speltLike("quotas").flat().map(({ says }) => says),
        };
        """,
        groups,
    )
    assert found == {
        "price": ["cost 0.42", "interest rate 0.70"],
        "rate": ["quota 0.70"],
        "both": ["price 0.70", "cost 0.42"],
        "need": ["needless 0.70"],
        "weight": [],
        "none": [],
        "like": ["rate"],
    }
