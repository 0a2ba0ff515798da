import json
import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.commands.review.receipts import Receipt, read_receipts
from generator.model.edition import choose_edition
from generator.model.entry import Key
from generator.pages.acknowledgement import mark_content
from generator.pages.feedback_link import Subject, list_vote_links, open_desk, write_link
from generator.pages.registry import Background, render_pages
from generator.schema.words import read_words
from tests.sample import load_data

SUBJECT = Subject(
    "objections/too-expensive", 'It\'s "3 & 1" <b>', "objections/too-expensive/", "2026.4"
)
WORDS = read_words("en")


def link(chosen, site=""):
    desk = open_desk(chosen, site)
    assert desk is not None
    return write_link(desk, SUBJECT, WORDS)


def fields(url):
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


@pytest.mark.parametrize(
    ("chosen", "path", "title", "text"),
    [
        (
            "https://github.com/acme/playbook/",
            "https://github.com/acme/playbook/issues/new",
            "title",
            "body",
        ),
        (
            {"github": "https://git.acme.example/s/p"},
            "https://git.acme.example/s/p/issues/new",
            "title",
            "body",
        ),
        (
            "https://gitlab.acme.example/s/p",
            "https://gitlab.acme.example/s/p/-/issues/new",
            "issue[title]",
            "issue[description]",
        ),
        (
            {"gitlab": "https://git.acme.example/s/p"},
            "https://git.acme.example/s/p/-/issues/new",
            "issue[title]",
            "issue[description]",
        ),
        ("mailto:sales+us@acme.example", "mailto:sales+us@acme.example", "subject", "body"),
        ({"mail": "sales@acme.example"}, "mailto:sales@acme.example", "subject", "body"),
    ],
)
def test_the_link_carries_title_id_address_and_version(chosen, path, title, text):
    url = link(chosen, "https://play.acme.example/sales/")
    assert url.partition("?")[0] == path
    found = fields(url)
    assert found[title] == 'About: It\'s "3 & 1" <b>'
    assert "objections/too-expensive" in found[text]
    assert "https://play.acme.example/sales/objections/too-expensive/" in found[text]
    assert "2026.4" in found[text]


def test_without_the_address_of_the_site_the_path_is_told():
    assert "\n/objections/too-expensive/\n" in fields(link("https://github.com/a/b"))["body"]


def test_the_lines_of_a_mail_end_as_mails_end():
    assert "%0D%0A" in link("mailto:a@b.example")


def test_nothing_of_the_subject_leaves_its_place():
    url = link("https://github.com/a/b")
    assert not set(url) & set("\"<> '\n")


@pytest.mark.parametrize("chosen", ["", {}])
def test_without_the_setting_there_is_no_desk(chosen):
    assert open_desk(chosen) is None


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [
        ("https://git.acme.example/s/p", "say what"),
        ("javascript:alert(1)", "say what"),
        ({"slack": "x"}, 'knows no "slack"'),
        ({"gitlab": "https://g.example/a", "github": "https://github.com/a/b"}, "name one of"),
        ({"outsiders": True}, "name one of"),
        ({"mail": "nobody"}, "no mail address"),
        ({"mail": "a@b.example?bcc=x@y.example"}, "no mail address"),
        ({"github": "javascript:alert(1)"}, "no address of a repository"),
        ({"github": "https://github.com/a/b?x=1"}, "no address of a repository"),
        ({"github": 7}, "is an address"),
        ({"mail": "a@b.example", "outsiders": "yes"}, "true or false"),
    ],
)
def test_what_is_no_desk_is_said(chosen, reason):
    with pytest.raises(ValueError, match=reason):
        open_desk(chosen)


def test_what_worked_is_told_by_mail_first_where_there_is_one_beside_a_repository():
    desk = open_desk({"mail": "a@b.example", "github": "https://github.com/a/b"})
    assert desk is not None
    assert desk.way == "github"
    ways = [link.partition("?")[0] for link in list_vote_links(desk, "1", WORDS)]
    assert ways == ["mailto:a@b.example", "https://github.com/a/b/issues/new"]
    assert all("{n}" in link and "{lines}" in link for link in list_vote_links(desk, "1", WORDS))


SAID = {"date": "2026-10-01", "headline": "Call <them> & us", "importance": 1, "why": "B."}


@pytest.mark.parametrize("tell", ["https://github.com/acme/p", "mailto:s@acme.example", ""])
def test_what_must_be_read_has_a_link_that_says_what_was_read(tell, tmp_path):
    asked = SAID | {"id": "call-them", "acknowledge_by": "2026-12-01"}
    loaded = load_data(announcements=[asked, SAID | {"id": "no-hurry"}])
    edition = choose_edition(loaded.strategy, loaded.vocabulary, "internal", date(2026, 11, 22))
    pages = render_pages(edition, Background(lambda: ()), None, open_desk(tell)).pages
    [html] = [page.lay_out().html for page in pages if page.address == "announcements/"]
    links = [unescape(one) for one in re.findall(r'class="pb-act" href="([^"]+)"', html)]
    assert html.count("I have read this version") == len(links) == bool(tell)
    for link in links:
        text = fields(link)["body"].replace("\r\n", "\n")
        (tmp_path / "read.json").write_text(
            json.dumps([{"author": {"login": "kai"}, "body": text}])
        )
        [receipt] = read_receipts(tmp_path / "read.json")
        said = loaded.strategy.find(Key("announcements", "call-them"))
        assert receipt == Receipt("kai", "call-them", mark_content(said))
        assert "Call <them> & us" in text
