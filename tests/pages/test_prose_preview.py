"""What the form shows of a prose text while it is written is what the site will show."""

from __future__ import annotations

import json
import re
from typing import Any

from generator.changes.comparison import as_data
from generator.files.tree import FolderTree
from generator.loading.loader import load_strategy
from generator.model.markdown import render_prose
from tests.node import run_in_node
from tests.playbooks import ROOT

BROWSER = ROOT / "generator/pages/suggest_form/browser"
BLOCK = r"(?:p|br|ul|ol|li|table|thead|tbody|tr|th|td|blockquote|hr)"
TO_HTML = """
const { readProse } = await import(%s);
const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const write = (node) => typeof node === "string" ? escape(node)
  : ["br", "hr"].includes(node.tag) ? `<${node.tag}>`
  : `<${node.tag}${node.start ? ` start="${node.start}"` : ""}>${node.inner.map(write).join("")}</${node.tag}>`;
return given.map((text) => readProse(text).map(write).join(""));
"""
TEXTS = [
    "One.\n\nTwo\nlines,  \nthree\\\nfour.",
    "**bold** *italic* ***both*** __a__ _b_ a_b_c 2*3*4 **a*b*c** *a **b** c* ** not ** *not*s",
    "a**b**c _(x)_ *(x)* \\*no\\* `a*b*` ``a`b`` `open",
    "- one\n- two\n  more\nlazy\n- three\n\n  apart\n\nEnd",
    "- one\n\n- two",
    "- a\n  - b\n    - c\n  - d\n- e\n\n  f",
    "1. one\n2. two\n   - in\n3. three\n\n5) five\n6) six",
    "3. three\n4. four\n* a\n+ b\n- c",
    "Text\n- list\n2. no list\n1. list",
    "-\n- x\n-",
    "> quoted\nlazy\n> > deeper\n\n> next\n- list",
    "- > quote\n  > more\n- x",
    "***\n\n---\n___\n- - -\n-- no",
    "| A | B |\n| --- | :-: |\n| 1 | **2** | 3 |\n| a \\| b |\n\nEnd",
    "Text\n| A | B |\n|---|---|\n- list",
    "a | b\n--- | ---\n1 | 2",
    "# no heading\n===\n    no code\n```\nno fence\n```",
    "[words](https://a.example) [entry](entry:proof/x) [none](javascript:alert(1)) [no] [a](b)",
    '[a [b](https://b.example) c](https://c.example) [x](<https://d.example/a b> "t") [y](https://e.example/a_(b))',
    "[**bold** https://in.example](https://a.example) ![picture](https://p.example/x.png)",
    "<https://a.example> <a@b.example> <b>no tag</b> <script>alert(1)</script> <javascript:alert(1)>",
    "See https://a.example/b_c_d, (https://b.example) xhttps://no.example http://",
    "A &amp; B &lt; C &nope; &#65; &#x42; & D &euro; 5",
    "5 < 6 > 4 \"q\" 'q' \\a \\\\ \\",
    "*a\n\nb* **c",
    "*open **closed** more*, **bold *in* bold**, *a**b*",
    "Wort **Wärme**: *„zitiert“*, **Preis:**5 €",
    "",
]


def list_texts() -> list[str]:
    """Every text of the strategies here that has lines or signs of its own."""

    def walk(value: Any) -> list[str]:
        if isinstance(value, str):
            return [value] if re.search(r"[\n*_`\[|<]", value) else []
        inner = (
            value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        )
        return [text for one in inner for text in walk(one)]

    found = []
    for root in (ROOT, *sorted(path.parent for path in ROOT.glob("examples/*/strategy.yaml"))):
        strategy = load_strategy(FolderTree(root)).strategy
        assert strategy is not None
        for entries in strategy.entries.values():
            found += [text.rstrip() for entry in entries.values() for text in walk(as_data(entry))]
    return found


def settle(html: str) -> str:
    """HTML without what makes no difference to its looks."""
    html = re.sub(r' (?:href|rel|title|align)="[^"]*"', "", html.replace("&quot;", '"'))
    html = html.replace("\xa0", "&nbsp;")
    return re.sub(rf"\s*(</?{BLOCK}[^>]*>)\s*", r"\1", html).strip()


def read_both(texts: list[str]) -> list[tuple[str, str, str]]:
    shown = run_in_node(TO_HTML % json.dumps((BROWSER / "prose.js").as_uri()), texts)
    ours = [str(render_prose(text, lambda target: f"/{target}/")) for text in texts]
    return [
        (text, settle(one), settle(two)) for text, one, two in zip(texts, shown, ours, strict=True)
    ]


def test_a_text_is_shown_as_the_site_will_show_it() -> None:
    texts = [*TEXTS, *list_texts()]
    assert len(texts) > 50
    wrong = [found for found in read_both(texts) if found[1] != found[2]]
    assert wrong == []
