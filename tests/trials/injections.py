"""Texts that try to run or load something, and strategies that hold them in every field an author
can fill.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from generator.schema.vocabulary import Field
from tests.sample import complete

_CODE = "window.hit=1"
_LOADING = (
    "img",
    "image",
    "iframe",
    "embed",
    "video",
    "audio",
    "source",
    "input type=image",
    "track",
    "script",
)
_HANDLERS = (
    "onload",
    "onerror",
    "onfocus autofocus",
    "onmouseover",
    "ontoggle open",
    "onanimationstart",
    "onpointerenter",
)
_CARRIERS = (
    "svg",
    "body",
    "details",
    "input",
    "a",
    "math",
    "marquee",
    "select",
    "div style=animation-name:x",
)
_SCHEMES = (
    "javascript:{}",
    "JaVaScRiPt:{}",
    "java&#115;cript:{}",
    "javascript&colon;{}",
    " javascript:{}",
    "vbscript:{}",
    "data:text/html,<script>{}</script>",
    "data:text/html;base64,PHNjcmlwdD53aW5kb3cuaGl0PTE8L3NjcmlwdD4=",
    "//evil.example/x",
    "file:///etc/passwd",
    "blob:https://evil.example/x",
)
_OTHERS = (
    "<script>{}</script>",
    "<SCRIPT>{}</SCRIPT>",
    "<script >{}</script >",
    "<script/x>{}</script>",
    "<<script>{}//<</script>",
    "<scr<script>ipt>{}</scr</script>ipt>",
    "</title><script>{}</script>",
    "</script><script>{}</script>",
    "</style><script>{}</script>",
    "</textarea><script>{}</script>",
    "</article></main><script>{}</script>",
    "--><script>{}</script>",
    "<!--><script>{}</script>-->",
    "<![CDATA[<script>{}</script>]]>",
    "<?xml version='1.0'?><script>{}</script>",
    '"><script>{}</script>',
    "'><script>{}</script>",
    "`><script>{}</script>",
    '" onmouseover="{}',
    "' onmouseover='{}",
    '" autofocus onfocus="{}" x="',
    '"></a><img src=x onerror={}>',
    '<a href="javascript:{}">press</a>',
    "<form action=javascript:{}><button>press</button></form>",
    "<button formaction=javascript:{}>press</button>",
    "<base href=https://evil.example/>",
    '<meta http-equiv=refresh content="0;url=https://evil.example/">',
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>*{{background:url(https://evil.example/x)}}</style>",
    '<p style="background:url(https://evil.example/x)">x</p>',
    "<object data=https://evil.example/x></object>",
    "<svg><script>{}</script></svg>",
    "<svg><animate onbegin={} attributeName=x dur=1s>",
    "<svg><use href=\"data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><image href='1' onerror='{}'/></svg>#x\"/></svg>",
    '<svg><foreignObject><iframe srcdoc="<script>parent.hit=1</script>"></iframe></foreignObject></svg>',
    "<math><mtext><table><mglyph><style><img src=x onerror={}>",
    '<noscript><p title="</noscript><img src=x onerror={}>">',
    "<template><script>{}</script></template>",
    '<iframe srcdoc="<script>parent.hit=1</script>"></iframe>',
    "<dialog open onclose={}>x</dialog>",
    "<x onclick={} tabindex=1 id=x>x</x>",
    "<a id=__config>x</a>",
    "<form name=document>x</form>",
    "{{{{ 7 * 7 }}}}",
    "{{% include 'home.html' %}}",
    "{{{{ config }}}}",
    "${{{}}}",
    "#{{{}}}",
    "<%= {} %>",
    "{{{{constructor.constructor('{}')()}}}}",
    "[press](javascript:{})",
    "[press](<javascript:{}>)",
    "![x](https://evil.example/x.png)",
    '![x](x" onerror="{})',
    "[x]: javascript:{}",
    "<javascript:{}>",
    "[press](data:text/html,<script>{}</script>)",
    '[x](https://evil.example/" onmouseover="{})',
    "&lt;script&gt;{}&lt;/script&gt;",
    "&#60;script&#62;{}&#60;/script&#62;",
    "\\u003cscript\\u003e{}\\u003c/script\\u003e",
    "%3Cscript%3E{}%3C/script%3E",
    "+ADw-script+AD4-{}+ADw-/script+AD4-",
    "*/{}/*",
    "';{}//",
    '");{}//',
    "]]>{}",
    "=cmd|' /C calc'!A0",
)

STRINGS: Sequence[str] = (
    *(text.format(_CODE) for text in _OTHERS),
    *(f"<{tag} src=https://evil.example/x href=https://evil.example/x data=x>" for tag in _LOADING),
    *(f"<{tag} {handler}={_CODE}>x" for tag, handler in product(_CARRIERS, _HANDLERS)),
    *(f'<a href="{scheme.format(_CODE)}">press</a>' for scheme in _SCHEMES),
    *(f"[press]({scheme.format(_CODE).strip()})" for scheme in _SCHEMES),
)


def fill(field: Field, text: str) -> Any:
    """A value of a field with the text wherever an author may write; None where there is nowhere
    to.
    """
    if field.type in ("plain", "prose"):
        return text
    if field.type == "list" and field.item is not None:
        inner = fill(field.item, text)
        return None if inner is None else [inner]
    if field.type == "object":
        values = {name: fill(inner, text) for name, inner in field.fields.items()}
        needed = [name for name, inner in field.fields.items() if inner.required]
        if any(values[name] is None for name in needed):
            return None
        return {name: value for name, value in values.items() if value is not None} or None
    if field.type == "enum" and field.required:
        return next(iter(field.labels))
    return None


def fill_entry(kind: str, fields: Mapping[str, Field], number: int, text: str) -> dict[str, Any]:
    """An entry with the text in every field that takes one."""
    filled = {
        name: value for name, field in fields.items() if (value := fill(field, text)) is not None
    }
    kept = ("id", "former_ids", "accounts", "status", "audience", "custom")
    values = {
        name: value
        for name, value in filled.items()
        if name not in kept and fields[name].type != "enum"
    }
    return complete(kind, {**values, "id": f"one-{number}"})
