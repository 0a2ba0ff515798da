"""A page with every feature of writing that Material documents, and the extensions it needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import markdown

EXTENSIONS: Mapping[str, Mapping[str, Any]] = {
    "abbr": {},
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "md_in_html": {},
    "tables": {"use_align_attribute": True},
    "toc": {"permalink": True},
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.betterem": {},
    "pymdownx.blocks.caption": {},
    "pymdownx.blocks.html": {},
    "pymdownx.caret": {},
    "pymdownx.critic": {},
    "pymdownx.details": {},
    "pymdownx.emoji": {},
    "pymdownx.highlight": {
        "anchor_linenums": True,
        "line_spans": "__span",
        "pygments_lang_class": True,
    },
    "pymdownx.inlinehilite": {},
    "pymdownx.keys": {},
    "pymdownx.magiclink": {},
    "pymdownx.mark": {},
    "pymdownx.smartsymbols": {},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
    "pymdownx.tilde": {},
}


def convert(text: str) -> str:
    """A page as HTML, as MkDocs has it made."""
    from material.extensions.emoji import to_svg, twemoji
    from pymdownx.superfences import fence_code_format

    more = {
        "pymdownx.emoji": {"emoji_index": twemoji, "emoji_generator": to_svg},
        "pymdownx.superfences": {
            "custom_fences": [{"name": "mermaid", "class": "mermaid", "format": fence_code_format}]
        },
    }
    configs: Any = {**EXTENSIONS, **more}
    return markdown.markdown(text, extensions=list(EXTENSIONS), extension_configs=configs)


PAGE = """# Everything that a page may hold :material-heart:

!!! note "A title with *marks*"

    An admonition, with a [link](first-week.md) and `code`.

??? question "Folded"

    Details.

???+ tip inline end "Unfolded"

    Beside the text.

!!! danger ""

    Without a title.

[A button](index.md){ .md-button }
[Another :fontawesome-solid-paper-plane:](index.md){ .md-button .md-button--primary target=_blank }

``` py title="greet.py" linenums="1" hl_lines="2"
def greet(name):  # (1)!
    return f"Hello & <{name}>"
```

1.  An annotation with **marks**.

``` { .yaml .annotate .no-copy }
a: b # (1)
```

1.  Another.

Inline: `#!python range(3)` and <kbd>Esc</kbd>.

=== "Tab one"

    - a list

=== "Tab *two*"

    ``` bash
    echo two
    ```

| Method | Description | Right |
| ------ | :---------: | ----: |
| `GET`  | :material-check: Fetch | 1 |

``` mermaid
graph LR
  A[Start] --> B{Fits?};
```

A footnote[^1] and another[^long].

[^1]: Short.
[^long]:
    Long, with
    two lines.

==marked==, ^^inserted^^, ~~deleted~~, H~2~O, A^T^A, {--gone--}, {++come++}, {~~old~>new~~}, {>>a remark<<}, (c), +/-, -->.

++ctrl+alt+del++

<div class="grid cards" markdown>

-   :material-clock-fast:{ .lg .middle } __Set up__

    ---

    Text.

    [:octicons-arrow-right-24: More](index.md)

-   Another

</div>

<div class="grid" markdown>

:fontawesome-brands-html5: __HTML__
{ .card }

> A quotation
{ .card }

</div>

Hearts: :octicons-heart-fill-24:{ .heart }

![A picture](picture.png){ align=left width="300" loading=lazy }
![By day](day.png#only-light)
![By night](night.png#only-dark)

<figure markdown="span">
  ![A picture](picture.png){ width="300" }
  <figcaption>What it shows</figcaption>
</figure>

![A picture](picture.png)
/// caption
A caption
///

- [x] done
- [ ] to do
    * [x] inside

`Term`

:   What it means,

    in two paragraphs.

Block: $$ \\cos x=\\sum_{k=0}^{\\infty}\\frac{(-1)^k}{(2k)!}x^{2k} $$ and inline \\(f: X \\to Y\\) and $a < b$.

The HTML specification, R&D, a < b, &copy; 2026.

*[HTML]: Hyper Text Markup Language

Text with notes (1).
{ .annotate }

1.  A note.

A [tooltip](https://example.com "Hover me!"), an icon with one :material-information-outline:{ title="Important" }, a
[reference][there], <https://example.com>, https://example.com, <someone@example.com>, [a phone](tel:+491234).

[there]: https://example.com 'A title'

## A heading with an id { #own-id data-toc-label="Short" }

[Preview](#own-id){ data-preview }

## Left out of search { data-search-exclude }

<details><summary>Raw details</summary>Raw text, <abbr title="x">x</abbr>, <sub>1</sub>, <br> and <span class="own">a span</span>.</details>

<table><tbody><tr><td colspan="2">a raw table</td></tr></tbody></table>

<!-- a remark of the author -->

/// details | A block
    type: warning

Text.
///

***

1. one
2. two

The end.
"""
