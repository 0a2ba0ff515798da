"""What the finder answers: forms of words, ranks and words that mean the same, in many languages, as
it is asked in a browser, of an index sent whole and of one in parts.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.search_quality import ask_in_node, write_finder
from generator.pages.finder.index import MOST_WHOLE, make_index
from tests.node import run_in_node

Ask = Callable[..., list[list[str]]]


@pytest.fixture(params=[MOST_WHOLE, 0], ids=["whole", "in parts"])
def ask(make_edition: Any, tmp_path: Path, request: pytest.FixtureRequest) -> Ask:
    """The ids of what each query finds among terms of a glossary, given as texts by id."""

    def find(
        texts: dict[str, str], *queries: str, language: str = "en", **kinds: Any
    ) -> list[list[str]]:
        glossary = [
            {"id": name, "term": f"Entry {name}", "meaning": text} for name, text in texts.items()
        ]
        header = {"language": language, "not_now": []}
        edition = make_edition(header=header, glossary=glossary, **kinds)
        write_finder(make_index(edition, (), (), most_whole=request.param), tmp_path)
        answers = ask_in_node(tmp_path, queries)
        return [
            [hit["address"].rpartition("/")[2].lstrip("#") or hit["address"] for hit in answer]
            for answer in answers
        ]

    return find


def test_joined_hyphenated_and_apart_find_the_same(ask: Ask) -> None:
    texts = {
        "hyphen": "We sell it with an on-site test.",
        "joined": "They make it inhouse, with onsite staff.",
        "email": "Send an e-mail after the visit.",
        "camel": "LaunchDarkly charges per seat.",
        "other": "Nothing of the kind.",
    }
    onsite, on_site, email, e_mail, apart, in_house = ask(
        texts, "onsite", "on-site", "email", "e-mail", "launch darkly", "in-house"
    )
    assert set(onsite) == set(on_site) == {"hyphen", "joined"}
    assert email[0] == e_mail[0] == "email"
    assert apart == ["camel"]
    assert in_house == ["joined"]


def test_parts_of_german_compounds_are_found_below_whole_words(ask: Ask) -> None:
    texts = {
        "part": "Die Industriewärmepumpe liefert Dampf.",
        "whole": "Eine Wärmepumpe braucht Strom.",
        "contract": "Unsere Wartungsverträge laufen drei Jahre.",
        "making": "Die Angebotserstellung dauert zwei Tage.",
        "other": "Etwas anderes.",
    }
    pump, spelt_out, contract, plural, making = ask(
        texts, "Wärmepumpe", "Waermepumpe", "Vertrag", "Verträge", "Erstellung", language="de"
    )
    assert pump == spelt_out == ["whole", "part"]
    assert contract == plural == ["contract"]
    assert making == ["making"]


def test_what_a_hyphen_leaves_out_is_found_by_the_whole_word(ask: Ask) -> None:
    texts = {
        "store": "Miete für Kühl-, Trocken- und Gefrierlager.",
        "orders": "Auftragsannahme und -abwicklung aus einer Hand.",
        "cold": "Die Ware wird kühl gelagert, und ein Lager ist nah.",
        "other": "Ein Lager.",
    }
    found = ask(
        texts, "Kühllager", "Trockenlager", "Gefrierlager", "Auftragsabwicklung", language="de"
    )
    assert [answer[0] for answer in found] == ["store", "store", "store", "orders"]


def test_a_figure_in_percent_finds_the_limit_that_allows_it_and_who_may_give_it(ask: Ask) -> None:
    texts = {"other": "8 people met 8 times.", "rate": "It saves 12%."}
    rule = "Clerk 3%, head of sales 6%, Managing Director 10%. Above that we walk away."
    offerings = [
        {"id": "press", "name": "Press", "guardrails": {"discount_approval": rule}},
        {"id": "oven", "name": "Oven", "guardrails": {"discount_approval": "Head of sales 2%."}},
    ]
    people = [
        {"id": "boss", "name": "Managing Director"},
        {"id": "sales", "name": "Head of Sales, Ovens"},
        {"id": "law", "name": "Counsel"},
    ]
    eight, many, who, german = ask(
        texts,
        "8% discount",
        "may I give 14 percent",
        "who approves 8%",
        "5%",
        offerings=offerings,
        people=people,
    )
    assert set(eight[:2]) == {"offerings/press/", "boss"}
    assert set(many[:2]) == {"offerings/press/", "boss"}
    assert who[0] == "boss"
    assert "sales" in german[:3]
    assert "law" not in eight + many


def test_umlauts_may_be_typed_and_written_in_either_way(ask: Ask) -> None:
    texts = {"umlaut": "Die Kälteanlage aus München.", "spelt": "Der Gruenholz-Kessel."}
    assert ask(texts, "kaelteanlage", "muenchen", "grünholz", "GRÜNHOLZ") == [
        ["umlaut"],
        ["umlaut"],
        ["spelt"],
        ["spelt"],
    ]


@pytest.mark.parametrize(
    "written", ["12.500", "12,500", "12 500", "12'500", "12’500", "12\u202f500", "12500"]
)
def test_a_figure_is_found_however_its_thousands_are_parted(ask: Ask, written: str) -> None:
    texts = {
        "figure": f"It costs {written} euros.",
        "near": "It costs 12501 euros.",
        "part": "There are 500 of 12.",
    }
    for answer in ask(texts, "12500", "12.500", "12 500"):
        assert answer[0] == "figure"
        assert "near" not in answer


def test_a_sign_that_carries_meaning_is_looked_for(ask: Ask) -> None:
    texts = {
        "plus": "Grade A+ is the best.",
        "grade": "Grade A is good.",
        "research": "The R&D department decides.",
        "language": "Written in C++ and tested.",
        "fahrenheit": "It holds 110 °F.",
        "other": "All about America and another region, from far and down to the core.",
    }
    plus, research, language, degrees = ask(texts, "A+", "R&D", "C++", "110 °F")
    assert (plus, research, language) == (["plus"], ["research"], ["language"])
    assert degrees[0] == "fahrenheit"
    assert "other" not in degrees


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("zh", "工业热泵制造商", "热泵"),
        ("ja", "産業用ヒートポンプの価格", "ヒートポンプ"),
        ("ja", "産業用ヒートポンプの価格", "価格"),
        ("th", "ปั๊มความร้อนอุตสาหกรรมราคาแพง", "ราคา"),
        ("ko", "산업용히트펌프가격이", "가격"),
        ("hi", "औद्योगिक हीट पंप की कीमत", "कीमत"),
        ("ar", "سعر المضخة الحرارية", "مضخة"),
        ("ru", "Цены на тепловые насосы", "насос"),
        ("fr", "Le prix de l’offre est trop élevé", "offre"),
    ],
)
def test_a_word_is_found_within_a_text_of_any_script(
    ask: Ask, language: str, text: str, query: str
) -> None:
    [found] = ask({"wanted": text, "other": "Something else."}, query, language=language)
    assert found == ["wanted"]


def test_what_is_exact_stands_before_what_begins_so_and_that_before_what_is_only_like_it(
    ask: Ask,
) -> None:
    texts = {
        "begins": "Francesca leads.",
        "exact": "We do not sell in France now.",
        "like": "Prance about.",
    }
    assert ask(texts, "france ")[0] == ["exact"]
    assert ask(texts, "france")[0][0] == "exact"


def test_the_rare_word_of_a_question_decides(ask: Ask) -> None:
    texts = {f"give-{number}": "We give help and give time to everybody." for number in range(6)}
    texts["rebate"] = "Rebates are granted by the head of sales."
    [first, *_] = ask(texts, "may I give a rebate please")
    assert first[0] == "rebate"


def test_words_that_mean_the_same_lead_to_one_another_and_say_so(ask: Ask, tmp_path: Path) -> None:
    texts = {"outage": "When there is an outage, we come at once.", "other": "Something else."}
    assert ask(texts, "downtime", "standstill") == [["outage"], ["outage"]]
    [answer] = ask_in_node(tmp_path, ["downtime"])
    assert "outage" in answer[0]["by"]


def test_an_abbreviation_that_the_text_explains_leads_there_and_back(ask: Ask) -> None:
    texts = {
        "long": "The regional account plan (RAP) is written each spring.",
        "short": "Bring the QBX to every meeting.",
    }
    assert ask(texts, "quarterly business xenogram")[0][0] == "short"
    assert (
        ask(
            {"name": "Nothing."},
            "SRE",
            personas=[{"id": "one", "name": "Site reliability engineer"}],
        )[0][0]
        == "personas/one/"
    )


def test_a_name_written_as_one_word_has_the_initials_of_its_parts(ask: Ask) -> None:
    [found] = ask({"name": "Nothing."}, "QM", competitors=[{"id": "one", "name": "QuartzMeadow"}])
    assert found == ["competitors/one/"]


def test_a_typo_finds_what_was_meant_and_never_another_figure(ask: Ask) -> None:
    texts = {"word": "Ammonia is a refrigerant.", "figure": "It takes 1250 days."}
    assert ask(texts, "amonia", "refridgerant", "ammoina", "1251") == [
        ["word"],
        ["word"],
        ["word"],
        [],
    ]


@pytest.mark.parametrize(
    ("language", "texts", "query"),
    [
        (
            "fr",
            {"b": "Une remise de dix pour cent.", "a": "Comment faire avec le prix, qui le dit ?"},
            "qui peut donner une remise",
        ),
        (
            "es",
            {"b": "La entrega tarda dos semanas.", "a": "Cómo se hace y cuándo se puede."},
            "cuándo se hace la entrega",
        ),
        (
            "nl",
            {"b": "Korting van tien procent.", "a": "Wie mag het doen en wanneer."},
            "wie mag wanneer korting geven",
        ),
    ],
)
def test_words_that_tell_nothing_are_known_in_languages_whose_interface_is_english(
    ask: Ask, language: str, texts: dict[str, str], query: str
) -> None:
    found, misspelt = ask(texts, query, "zzyzx", language=language)
    assert found == ["b"]
    assert misspelt == []


def test_a_typo_is_forgiven_within_a_word_that_is_written_in_one(ask: Ask) -> None:
    texts = {"terms": "Unsere Versicherungsbedingungen.", "cold": "Ein Tiefkühlschrank."}
    assert ask(texts, "Vesicherung", "Kühlschranc", language="de") == [["terms"], ["cold"]]


def test_who_types_in_another_language_than_the_playbook_s_is_understood(ask: Ask) -> None:
    english = {"slow": "Delivery takes eight weeks.", "repair": "A maintenance contract is extra."}
    assert ask(english, "Lieferung", "Wartungsvertrag", "Lieferunk") == [
        ["slow"],
        ["repair"],
        ["slow"],
    ]
    german = {"preis": "Das ist uns zu teuer.", "ausfall": "Ein Stillstand kostet Geld."}
    assert [found[0] for found in ask(german, "expensive", "outage", language="de")] == [
        "preis",
        "ausfall",
    ]


def test_words_of_one_stem_that_mean_something_else_count_less(ask: Ask) -> None:
    texts = {
        "money": "Leasing, with no capital, paid by the month.",
        "work": "Commissioning is done by our own people.",
    }
    assert ask(texts, "install it")[0][0] == "work"
    assert ask(texts, "installment")[0][0] == "money"


def test_a_word_that_asks_is_not_what_is_asked_for(ask: Ask) -> None:
    texts = {"handle": "Nobody can handle it.", "tax": "Ask whether customs are included."}
    assert ask(texts, "how do I handle customs")[0][0] == "tax"


def test_what_kind_is_asked_for_comes_first(ask: Ask) -> None:
    texts = {"other": "A bakery asks for a reference more than others."}
    proof = [{"id": "oven", "statement": "A bakery in Trier bakes at night."}]
    objections = [{"id": "show-me", "says": "Show me a reference."}]
    found = ask(texts, "reference of a bakery", proof=proof, objections=objections)[0]
    assert found[0] == "oven"


def test_what_we_leave_alone_is_found_on_the_home_page(make_edition: Any, tmp_path: Path) -> None:
    not_now = [{"what": "Portugal and Greece", "why": "No service there."}]
    edition = make_edition(header={"not_now": not_now}, glossary=[{"term": "Port"}])
    write_finder(make_index(edition, (), ()), tmp_path)
    for answer in ask_in_node(tmp_path, ["portugal", "what do we not sell in greece"]):
        assert answer[0]["address"] == "#_not_now"


def test_where_answers_take_more_files_the_best_are_shown_before_the_others() -> None:
    shown = run_in_node(
        """
        const { composeAnswers } = await load("finder-answer");
        const { Terms } = await load("finder-terms");
        const kind = { key: "proof", title: "Proof", plural: "Proof", address: "proof/#{id}" };
        const loaded = [];
        const load_ = async (numbers) => (loaded.push(...numbers), numbers.map((number) => (
          { number, kind, id: String(number), title: "", short: "", names: [], text: "", state: 0, owner: "" })));
        const hits = [0, 1, 2, 3, 4].map((number) => ({ number, kind, terms: new Set(), by: new Set(), isCut: false }));
        const data = { words: { best: "" }, kinds: [kind], index: "", states: [""], looks: [""] };
        const engine = { store: { load: load_ }, terms: new Terms("en", [], String), search: async () => hits };
        const steps = [];
        for (const parts of given) {
          for await (const { hasMore, groups } of composeAnswers({ ...engine, data: { ...data, parts } }, "heat", "")) {
            steps.push([hasMore, groups.map(({ hits: found }) => found.length), loaded.splice(0).length]);
          }
        }
        return steps;
        """,
        [None, {}],
    )
    assert shown == [[False, [3, 2], 5], [True, [3], 3], [False, [3, 2], 5]]
