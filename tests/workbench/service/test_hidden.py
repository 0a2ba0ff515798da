"""What readers of an edition do not get comes out of the service in no answer, to no question and in no line
of its log; and nobody learns by trying whether they have guessed it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.repositories import git
from tests.sample import MINIMAL_HEADER
from tests.service_server import Colleague, Served, make_shared, serve_service
from tests.trials.canaries import ORDERS, Canaries, write_playbook

ORDER = ORDERS["own names between"]


@dataclass
class Tried:
    served: Served
    canaries: Canaries
    reader: str
    shared: Path


@pytest.fixture(scope="module", params=["internal", "dealers"])
def tried(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Tried]:
    """A strategy in which each text says for whom it is, served to those inside, and to some outside."""
    folder = tmp_path_factory.mktemp("hidden")
    canaries = Canaries(ORDER)
    files = write_playbook(canaries, "1", moved=1)
    texts = {path: text for path, text in files.items() if isinstance(text, str)}
    _, shared = make_shared(folder, texts)
    with serve_service(shared, folder / "state", request.param) as served:
        yield Tried(served, canaries, request.param, shared)


def spell_new(text: str) -> str:
    return f"{text} changed"


def test_no_answer_holds_a_hidden_word(tried: Tried) -> None:
    """The list, every form, and for an entry of each kind: an edit, what it changes, what the check says,
    the page, and the proposal.
    """
    ada = tried.served.of("ada@acme.example")
    for path in ("", "assets/suggest/form.json", "obstacle", "state", "problems"):
        assert ada.ask(path).code == 200
    listed = ada.get("entries.json")["entries"]
    seen, mine = set(), {f"{one['kind']}/{one['id']}" for one in listed}
    for key in sorted(mine):
        told = ada.get(f"assets/suggest/entries/{key}.json")
        kind = key.partition("/")[0]
        if kind in seen:
            continue
        seen.add(kind)
        fields = ada.get(f"assets/suggest/kinds/{kind}.json")["fields"]
        free = next(
            one["path"]
            for one in fields
            if one["type"] in ("plain", "prose")
            and isinstance(told["values"].get(one["path"]), str)
            and one["path"] not in told["locked"]
        )
        was = told["values"][free]
        state = ada.change(key, free, was, spell_new(was))
        assert state["changes"], key
        ada.get(f"check?entry={key}")
        page = ada.get(f"preview?entry={key}").get("page")
        if page:
            assert ada.ask(f"page/default/{page.partition('#')[0]}").code == 200
    assert len(seen) > 15
    done = ada.propose()
    assert done["says"] == "pushed", done
    text = git(tried.shared, "diff", f"main..{done['branch']}")
    assert text.count("\n+") - 1 == len(seen)

    leaks = tried.canaries.find_leaks(ada.seen, tried.reader)
    assert leaks == [], f"{len(leaks)} words: {leaks[:10]}"
    at = ORDER.index(tried.reader)
    given = tried.canaries.given.values()
    found = tried.canaries.of_site(ada.seen)
    own = [circle for circle, _ in given if ORDER.index(circle) >= at]
    assert len(found) > 0.5 * len(own)
    assert "zqvx" not in str(tried.served.lines)  # the log has no text at all


def list_hidden(tried: Tried) -> list[str]:
    base = tried.served.house.base
    return sorted(str(key) for key in base.taken if key in base.whole.keys)


def test_what_is_hidden_answers_like_what_is_not_there(tried: Tried) -> None:
    """Forms, edits, references, new entries of the same name: word for word."""
    ada = tried.served.of("ada@acme.example")
    hidden = [one for one in list_hidden(tried) if re.match("glossary/(zqvx|moved)", one)]
    assert len(hidden) > 1
    visible = next(
        f"{one['kind']}/{one['id']}"
        for one in ada.get("entries.json")["entries"]
        if one["kind"] == "glossary"
    )
    was = ada.get(f"assets/suggest/entries/{visible}.json")["values"]
    free = next(name for name in ("meaning", "term") if isinstance(was.get(name), str))
    for key in hidden:
        # as near to what can be seen as the hidden one, for the check says what was probably meant
        nowhere = re.sub("moved-.", "moved-9", re.sub("zqvx.", "zqvxj", key))
        answers = [
            json.dumps(
                list(try_all(tried.served.of(f"{key} {one}"), one, visible, free, was[free]))
            )
            for one in (key, nowhere)
        ]
        told = [
            text.replace(one.split("/")[1], "it")
            for text, one in zip(answers, (key, nowhere), strict=True)
        ]
        assert json.loads(told[0]) == json.loads(told[1])


def try_all(ada: Colleague, key: str, visible: str, free: str, was: str) -> Iterator[Any]:
    """What somebody gets to hear who guesses at an entry."""
    yield ada.ask(f"assets/suggest/entries/{key}.json").code
    yield ada.get(f"state?entry={quote(key)}")
    yield ada.get(f"preview?entry={quote(key)}")
    yield ada.ask(f"page/default/{key}/").code
    for field, before, after in (
        ("meaning", None, "Guessed"),
        ("term", "Guessed", "Guessed"),
        ("audience", None, "public"),
        ("own_leadership", None, "Guessed"),
    ):
        yield ada.change(key, field, before, after)
        yield ada.get(f"check?entry={quote(key)}")
        yield ada.propose()
    ada.post("edit", entry=key, note=None)
    yield ada.change(visible, free, was, f"{was} See [it](entry:{key}).")
    yield ada.get(f"check?entry={visible}")
    yield ada.propose()
    ada.post("edit", entry=visible, note=None)


def test_a_new_entry_may_be_called_like_a_hidden_one(tried: Tried) -> None:
    """It gets another name in the branch, and so do those that name it; its proposer is told nothing."""
    ada = tried.served.of("ada@acme.example")
    key = next(one for one in list_hidden(tried) if one.startswith("glossary/"))
    said = []
    for one in (key, "glossary/free-name"):
        ada.note(
            one,
            {"field": "term", "to": "Guessed"},
            {"field": "meaning", "to": "A word."},
            name="new glossary 1",
            new=True,
        )
        ada.note(
            "glossary/other-name",
            {"field": "term", "to": "Other"},
            {"field": "meaning", "to": f"See [it](entry:{one})."},
            name="new glossary 2",
            new=True,
        )
        found = ada.get("check?entry=new%20glossary%202")
        done = ada.propose("Guess")
        assert done["says"] == "pushed", done
        text = git(tried.shared, "diff", f"main..{done.pop('branch')}")
        name = f"{one}-2" if one == key else one
        assert f"entry:{name})" in text
        assert "\n-" not in text.replace("\n---", "")  # nothing was written over
        said.append(json.dumps([found, done]).replace(one.split("/")[1], "it"))
    assert said[0] == said[1]


CLAIM = """\
- id: measured
  claim: We measure first
  why_it_matters: It is as [we know](entry:proof/secret-proof).
  proof: [seen, secret-proof]
  say: We measure.
  former_ids: [first-measured]
- id: answered
  claim: We answer
  why_it_matters: Nobody waits.
  proof: [secret-proof]
"""
PLAY = """\
- id: first
  name: Measure first
  trigger: A boiler is old
  goal: A paid study
  steps: [{do: Call the plant.}]
  done_when: [The study is ordered]
"""
OBJECTIVE = """\
- id: growth
  name: Growth
  perspective: financial
  initiatives: [{name: A depot}]
- id: margins
  name: Margins
  perspective: financial
  initiatives: [{name: Pricing, budget: secret EUR 9}]
"""
HOMES = {
    "strategy/glossary/takeover.yaml": "{id: secret-word, term: W, meaning: M, audience: leadership}\n",
    "strategy/glossary/seen-word.yaml": "{id: seen-word, term: Seen, meaning: M}\n",
}
PROOF = """\
- {id: seen, statement: Saved 30%, kind: customer, source: Measured., date: 2025-11}
- {id: other, statement: Saved 20%, kind: customer, source: Measured., date: 2025-11}
- id: secret-proof
  former_ids: [old-secret]
  statement: Saved 50%
  kind: customer
  source: Measured.
  date: 2025-11
  audience: leadership
"""
CUSTOM = """\
fields:
  differentiators:
    margin: {title: Margin, value: text, audience: leadership}
    factory: {title: Factory, value: text}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    folder = tmp_path_factory.mktemp("small")
    files = {
        "strategy.yaml": MINIMAL_HEADER,
        "strategy/differentiators.yaml": CLAIM,
        "strategy/plays.yaml": PLAY,
        **HOMES,
        "strategy/objectives.yaml": OBJECTIVE,
        "strategy/proof.yaml": PROOF,
        "schema/custom.yaml": CUSTOM,
    }
    _, shared = make_shared(folder, files)
    with serve_service(shared, folder / "state") as served:
        yield served, shared


def test_what_is_cut_is_locked_and_a_list_grows_and_shrinks_by_what_is_seen(
    small: tuple[Served, Path],
) -> None:
    served, shared = small
    ada = served.of("ada@acme.example")
    told = ada.get("assets/suggest/entries/differentiators/measured.json")
    assert (told["locked"], told["shortened"]) == (["why_it_matters"], ["proof"])
    assert told["values"]["proof"] == ["seen"]
    assert "secret" not in json.dumps(told).lower()
    fields = ada.get("assets/suggest/kinds/differentiators.json")
    assert "Factory" in str(fields)
    assert "Margin" not in str(fields)
    ada.note("differentiators/measured", {"field": "proof", "add": ["other"], "remove": ["seen"]})
    branch = ada.propose()["branch"]
    text = git(shared, "show", f"{branch}:strategy/differentiators.yaml")
    assert text == CLAIM.rstrip().replace("[seen, secret-proof]", "[secret-proof, other]", 1)


@pytest.mark.parametrize(
    "change",
    [
        {"field": "why_it_matters", "from": "It is as we know.", "to": "x"},
        {
            "field": "why_it_matters",
            "from": "It is as [we know](entry:proof/secret-proof).",
            "to": "x",
        },
        {"field": "proof", "from": ["seen"], "to": ["other"]},
        {"field": "proof", "from": ["seen", "secret-proof"], "to": None},
        {"field": "proof", "remove": ["secret-proof"]},
        {"field": "proof", "remove": ["no-proof"]},
        {"field": "proof[1]", "from": "secret-proof", "to": "other"},
        {"field": "proof[0]", "from": "seen", "to": "other"},
        {"field": "margin", "to": "40%"},
        {"field": "custom.margin", "to": "40%"},
        {"field": "custom", "to": {"margin": "40%"}},
        {"field": "audience", "to": "public"},
        {"field": "former_ids", "to": ["old-secret"]},
        {"field": "id", "to": "other"},
        {"field": "nonsense", "to": "x"},
        {"field": "price..x", "to": "x"},
        {"entry": "differentiators/first-measured", "field": "why_it_matters", "to": "x"},
        {"entry": "objectives/growth", "field": "initiatives[0].budget", "to": "EUR 1"},
        {"entry": "objectives/growth", "field": "initiatives[0].nothing", "to": "EUR 1"},
        {
            "entry": "objectives/growth",
            "field": "initiatives",
            "from": [{"name": "A depot"}],
            "to": [{"name": "A depot", "budget": "EUR 1"}],
        },
        {"entry": "objectives/growth", "field": "initiatives", "add": [{"budget": "EUR 1"}]},
        {
            "entry": "objectives/margins",
            "field": "initiatives[0].name",
            "from": "Pricing",
            "to": "x",
        },
        {"entry": "objectives/margins", "field": "initiatives", "add": [{"name": "More"}]},
    ],
)
def test_only_what_the_form_shows_can_be_proposed(
    small: tuple[Served, Path], change: dict[str, Any]
) -> None:
    served, shared = small
    before = git(shared, "for-each-ref")
    ada = served.of("eve@acme.example")
    entry = change.get("entry", "differentiators/measured")
    ada.note(entry, {name: one for name, one in change.items() if name != "entry"})
    assert "cannot be changed here" in ada.propose()["refused"]
    assert git(shared, "for-each-ref") == before
    ada.post("edit", entry=entry, note=None)


def test_what_only_seems_to_be_wrong_is_not_said(small: tuple[Served, Path]) -> None:
    """A claim whose proof is hidden is proven; what an edit brings is said."""
    served, _ = small
    ada = served.of("fay@acme.example")
    entry = "differentiators/answered"
    told = ada.change(entry, "claim", "We answer", "We do answer")
    assert (told["own"], ada.get(f"check?entry={entry}")) == ([], {"own": [], "brought": []})
    ada.change(entry, "why_it_matters", "Nobody waits.", "See [it](entry:proof/gone).")
    [own] = ada.get(f"check?entry={entry}")["own"]
    assert (own["field"], own["where"]) == ("why_it_matters", entry)
    assert "reference" in own["text"]


def test_pages_for_a_narrower_circle_are_not_there(small: tuple[Served, Path]) -> None:
    served, _ = small
    ada = served.of("fay@acme.example")
    assert ada.ask("page/default/differentiators/").code == 200
    assert ada.ask("page/default/health/").code == 404


@pytest.mark.parametrize(
    ("file", "described"),
    [
        ("schema/custom.yaml", CUSTOM),
        (
            "schema/custom.schema.json",
            json.dumps(
                {
                    "type": "object",
                    "$defs": {
                        "differentiators": {
                            "type": "object",
                            "properties": {
                                "margin": {"type": "string", "title": "Margin"},
                                "factory": {"type": "string", "title": "Factory"},
                                "region": {
                                    "type": "string",
                                    "title": "Region",
                                    "x-audience": "partner",
                                },
                            },
                            "required": ["factory"],
                        }
                    },
                }
            ),
        ),
    ],
)
def test_outsiders_learn_no_name_of_what_the_company_has_of_its_own(
    tmp_path: Path, file: str, described: str
) -> None:
    """Nor where the strategy is kept, nor the commit; what is theirs opens and is proposed all the same."""
    claim = CLAIM.split("- id: answered")[0] + "  audience: partner\n  factory: Secret\n"
    files = {"strategy.yaml": MINIMAL_HEADER, file: described, "strategy/proof.yaml": PROOF}
    _, shared = make_shared(tmp_path, {**files, "strategy/differentiators.yaml": claim})
    with serve_service(shared, tmp_path / "state", "partner") as served:
        dealer = served.of("dealer@partner.example")
        described = served.house.base.shown.tree.read_bytes(file).decode()
        assert "Margin" not in described
        assert "Factory" not in described
        kind = dealer.get("assets/suggest/kinds/differentiators.json")
        assert ("Region" in str(kind)) == file.endswith("json")
        told = dealer.get("assets/suggest/entries/differentiators/measured.json")
        assert told["locked"] == ["why_it_matters"]
        dealer.change("differentiators/measured", "say", "We measure.", "We do.")
        done = dealer.propose()
        assert (done["says"], done["page"]) == ("pushed", "")
        assert dealer.get("assets/suggest/form.json")["base"] == {}
        seen = str(dealer.seen).lower()
        for word in ("factory", "margin", "secret", "leadership", str(shared)):
            assert word not in seen.replace("guess", ""), word


def test_the_name_of_a_file_is_hidden_like_that_of_an_entry(small: tuple[Served, Path]) -> None:
    served, shared = small
    ada = served.of("ada@acme.example")
    for name, file in (
        ("takeover", "takeover-2"),
        ("secret-word", "secret-word-2"),
        ("new", "new"),
    ):
        ada.note(
            f"glossary/{name}",
            {"field": "term", "to": "Guessed"},
            {"field": "meaning", "to": "A word."},
            name="new glossary 1",
            new=True,
        )
        done = ada.propose("Guess")
        assert done["says"] == "pushed"
        changed = git(shared, "diff", "--name-status", f"main..{done['branch']}")
        assert changed == f"A\tstrategy/glossary/{file}.yaml"


def test_the_strategy_itself_is_no_form_here(small: tuple[Served, Path]) -> None:
    served, _shared = small
    ada = served.of("eve@acme.example")
    assert "header" not in ada.get("assets/suggest/form.json")["kinds"]
    assert ada.ask("assets/suggest/entries/header.json").code == 404
    assert ada.ask("assets/suggest/kinds/header.json").code == 404
    ada.note("header", {"field": "company", "from": "Acme", "to": "Eve"})
    assert ada.propose()["refused"] == "The strategy itself is changed in its file, not here."
    ada.post("edit", entry="header", note=None)
