import pytest

from generator.site.csp import Inline, SitePolicy, find_inline, make_policy, protect, write_headers

PAGE = """<!doctype html>
<html lang="en"><head>
<meta charset="utf-8">
<title>Dairies</title>
<script>one()</script></head>
<body>{before}<article class="md-content__inner">{article}</article>{after}</body></html>"""


def page(before="", article="", after=""):
    return PAGE.format(before=before, article=article, after=after)


def test_an_inline_script_is_known_by_its_hash():
    import base64
    import hashlib

    expected = base64.b64encode(hashlib.sha256(b"one()").digest()).decode()
    assert find_inline(page()) == Inline(frozenset({f"'sha256-{expected}'"}), frozenset())


@pytest.mark.parametrize(
    "attack", ["<script>evil()</script>", "</article><script>evil()</script>", "<style>*{}</style>"]
)
def test_what_stands_in_the_article_is_not_trusted(attack):
    assert find_inline(page(article=attack)) == find_inline(page())


def test_the_themes_scripts_around_the_article_are_trusted():
    assert (
        len(
            find_inline(
                page(before="<script>two()</script>", after="<script>three()</script>")
            ).scripts
        )
        == 3
    )


@pytest.mark.parametrize(
    "script",
    [
        '<script id="__config" type="application/json">{}</script>',
        '<script src="a.js"></script>',
        "<script src=a.js></script>",
        "<script src='a.js'></script>",
    ],
)
def test_data_and_files_need_no_hash(script):
    assert find_inline(page(after=script)) == find_inline(page())


def test_a_module_and_a_style_need_one():
    found = find_inline(page(after='<script type="module">two()</script><style>a{}</style>'))
    assert (len(found.scripts), len(found.styles)) == (2, 1)


def test_line_ends_count_as_a_browser_reads_them():
    assert find_inline("<script>a\r\nb</script>") == find_inline("<script>a\nb</script>")


def test_a_policy_takes_nothing_from_elsewhere_and_no_unnamed_script():
    policy = make_policy(find_inline(page()))
    assert policy.startswith("default-src 'none'; script-src 'self' 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "*" not in policy


def test_the_policy_stands_before_all_that_loads_but_after_the_encoding():
    html = protect(page(), Inline())
    assert html.index("charset") < html.index("http-equiv") < html.index("<title>")
    assert html.index("charset") < 1024


def test_a_page_without_the_encoding_has_the_policy_first():
    assert protect("<head><title>a</title></head>", Inline()).startswith(
        '<head>\n<meta http-equiv="Content-Security-Policy"'
    )


def test_a_page_without_a_head_has_the_policy_first():
    assert protect("<p>a</p>", Inline()).startswith('<meta http-equiv="Content-Security-Policy"')


def test_headers_for_hosts_carry_the_policy_and_forbid_framing():
    inline = find_inline(page())
    netlify, nginx = write_headers(inline)
    assert netlify.path == "_headers"
    lines = netlify.content.decode().splitlines()
    assert lines[0] == "/*"
    assert lines[1] == f"  Content-Security-Policy: {make_policy(inline)}; frame-ancestors 'none'"
    assert "  X-Robots-Tag: noindex" in lines
    assert all(
        line.startswith("add_header ") and line.endswith(" always;")
        for line in nginx.content.decode().splitlines()
    )


def test_a_site_for_outsiders_may_be_found():
    assert all(
        b"noindex" not in asset.content for asset in write_headers(Inline(), confidential=False)
    )


def test_in_a_page_without_an_article_every_script_is_the_themes():
    bare = "<html><head><style>a{}</style></head><body><script>one()</script></body></html>"
    found = find_inline(bare)
    assert (len(found.scripts), len(found.styles)) == (1, 1)


def test_an_article_that_never_ends_hides_no_script_of_the_theme():
    found = find_inline("<script>one()</script><article><p>a</p><script>two()</script>")
    assert len(found.scripts) == 2


def test_an_end_without_a_beginning_is_no_article():
    assert len(find_inline("<p>a</p></article><script>one()</script>").scripts) == 1
    assert len(find_inline("</article><script>one()</script><article><p>a</p>").scripts) == 1


def test_a_piece_that_is_all_article_has_nothing_to_trust():
    piece = "<article><script>one()</script><style>a{}</style></article>"
    assert find_inline(piece) == Inline()


def test_only_what_is_trusted_may_run_whatever_stands_in_a_page():
    known = find_inline("<script>one()</script>")
    policy = SitePolicy(known)
    html = policy.protect(page(before="<script>evil()</script><style>*{}</style>"))
    assert make_policy(known) in html
    assert policy.inline == known


def test_nothing_runs_before_anything_is_trusted():
    policy = SitePolicy()
    assert make_policy(Inline()) in policy.protect(page())
    assert policy.inline == Inline()
