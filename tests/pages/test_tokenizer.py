"""Words as the finder knows them: the same at build and in the browser, in many scripts."""

from __future__ import annotations

import random

import pytest

from generator.pages.finder.tokenizer import LANGUAGES, Terms, find_language, scan, split
from tests.node import run_in_node
from tests.playbooks import ROOT
from tests.trials.amount import some

SCRIPTS = {
    "latin": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "accents": "äöüßÄÖÜéèêëàâçñãõøØæÆœåÅłŁđšžčćřığİşőűÿ",
    "greek": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώΑΒΓΣΩΆ",
    "cyrillic": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяїєіґЁЙЖ",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءآأإ",
    "hebrew": "אבגדהוזחטיכלמנסעפצקרשתךםןףץ",
    "hindi": "कखगघचछजटडणतदनपबमयरलवशसहािीुूेैोौंः्",
    "tamil": "அஆஇகசடதநபமயரலவாிீுூெேொோ்",
    "thai": "กขคงจชซดตทนบปพมยรลวสหอะาิีึืุูเแโใไ่้๊๋์",
    "han": "工业热泵制造商价格谈判客户机器蒸汽服务合同折扣",
    "kana": "ヒートポンプあいうえおかきくけこがぎぐげごぱぴぷぺぽーっャュョ",
    "hangul": "가격이너무비싸다할인판매계약고객서비스열펌프",
    "armenian": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
    "figures": "0123456789",
    "other figures": "٣٤٥१२३४５６７½¾²³₂",
}
JOINTS = [
    "-",
    "‐",
    "–",
    "_",
    ".",
    "/",
    "&",
    "'",
    "’",
    "ʼ",
    " ",
    " ",
    "\u00a0",
    ",",
    "+",
    "#",
    "°",
    "́",
]
WRITTEN = [
    "Müller's pumps, réheated; CO₂ ﬁlters – naïve ΟΔΟΣ İstanbul straße Ørsted Łódź œuvre",
    "buses passes studies boiled fastest biggest running setting really skies tries ties us is gas 3½ ¾ ²",
    "日本語 テスト हिन्दी نص ٣٤ 𝒳𝒴 x_y snake_case e-mail don’t ʼtis O'Neil's 12,5% A/B",
    "12.500 12,500 12 500 12'500 1.250.000,50 1,000 kW 4.6 4,6 0.200 2026-10-05 90, 120, 160 90 120 160",
    "A+ B++ C++ C# R&D M&A Q&A AT&T 110 °F 24/7 and/or U.S. z.B. node.js .NET 100+ x+y",
    "LaunchDarkly PostHog GmbH iPhone eBay HubSpot BigQuery l'offre dell'arte ‘quoted’ `this` ´that´",
    "Kühl-, Gefrier- und Trockenlager, Auftrags-annahme, -prüfung und -abwicklung; short- and long-term a- b",
    "hyphen‑ and non‑breaking- at end- of\u00a0- lines - -x E- und IT‐Sicherheit 3- und 4-stufig\n-y",
    "产业用ヒートポンプ korva热泵160 ราคาแพงเกินไป 가격이 ❤️ 1️⃣ soft\u00adhyphen zero\u200bwidth",
]


def write_strings(count: int) -> list[str]:
    """Strings of one script or of two, with figures, signs and all that joins words."""
    chance = random.Random(17)
    alphabets = list(SCRIPTS.values())
    strings = []
    for _ in range(count):
        letters = "".join(chance.choice(alphabets) for _ in range(chance.choice((1, 1, 2))))
        letters += SCRIPTS["figures"] * (chance.random() < 0.3)
        words = (
            "".join(chance.choice(letters) for _ in range(chance.randint(1, 9)))
            for _ in range(chance.randint(1, 6))
        )
        strings.append("".join(word + chance.choice(JOINTS) for word in words))
    return strings


def test_python_and_the_browser_find_the_same_words_in_two_thousand_strings_of_many_scripts() -> (
    None
):
    """Else a large playbook would hold words that nobody can find."""
    sentences = (ROOT / "strategy/objections.yaml").read_text("utf-8").splitlines()[:300]
    texts = [*WRITTEN, *sentences, *write_strings(2000)]
    found = run_in_node(
        """
        const { split } = await load("finder-terms");
        return given.map((text) => ["en", "fr"].map((language) => split(text, language)));
        """,
        texts,
    )
    differing = [
        (text, here, there)
        for text, there in zip(texts, found, strict=True)
        if (here := [split(text, language) for language in ("en", "fr")]) != there
    ]
    assert differing == []


def test_what_the_browser_knows_of_a_text_word_by_word_is_what_it_knows_of_it_as_a_whole() -> None:
    """It remembers the terms of each word that it has met; only figures go across a space."""
    texts = [*WRITTEN, *write_strings(2000), "½ 500 of 12\u200b 500", "from 1 000, 2 000\n3 000"]
    found = run_in_node(
        """
        const { Terms } = await load("finder-terms");
        const both = ["en", "fr"].map((language) => new Terms(language, [], String));
        const numbers = given.map((text) => both.map((terms) => { const all = []; terms.addNumbers(text, all); return all; }));
        const [en, fr] = both.map((terms) => [...terms.numbers.keys()]);
        return numbers.map(([first, second]) => [first.map((one) => en[one]), second.map((one) => fr[one])]);
        """,
        texts,
    )
    assert found == [[split(text, language) for language in ("en", "fr")] for text in texts]


@pytest.mark.trial
@pytest.mark.parametrize("language", some(sorted(LANGUAGES), 8))
def test_python_and_the_browser_bring_words_to_the_same_stems(language: str) -> None:
    words = sorted({word for text in (*WRITTEN, *write_strings(600)) for word in split(text)})
    words += [
        word.rstrip("aeiou") + ending for word in words[:400] for ending in ("s", "en", "ung")
    ]
    found = run_in_node(
        """
        const { stem } = await load(`stemmers/${given.language}`);
        const { Terms } = await load("finder-terms");
        const terms = new Terms(given.language, [], stem);
        return given.words.map((word) => terms.stem(word));
        """,
        {"language": language, "words": words},
    )
    terms = Terms(language, ())
    assert found == [terms.stem(word) for word in words]


def test_keys_of_names_are_the_same_on_both_sides() -> None:
    texts = [*WRITTEN, *write_strings(300)]
    found = run_in_node(
        """
        const { stem } = await load("stemmers/en");
        const { Terms } = await load("finder-terms");
        const terms = new Terms("en-GB", ["the of", "don't"], stem);
        return given.map((text) => [terms.keyOf(text), terms.keyInOne(text)]);
        """,
        texts,
    )
    terms = Terms("en-GB", ("the of", "don't"))
    assert found == [[terms.key_of(text), terms.key_in_one(text)] for text in texts]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("on-site", ["on", "site", "onsite"]),
        ("12.500 Euro", ["12500", "euro"]),
        ("12 500 Euro", ["12", "500", "12500", "euro"]),
        ("CHF 12’500", ["chf", "12500"]),
        ("1.250.000,50", ["1250000.50"]),
        ("COP 4,6", ["cop", "4", "6", "4.6"]),
        ("grade A+", ["grade", "a", "a+"]),
        ("R&D", ["r", "d", "r&d"]),
        ("C++ and C#", ["c", "c++", "and", "c", "c#"]),
        ("110 °F", ["110", "f", "°f"]),
        ("LaunchDarkly", ["launch", "darkly", "launchdarkly"]),
        ("Let’s, let's, lets", ["let", "let", "lets"]),
        ("工业热泵", ["工业", "业热", "热泵"]),
        ("ヒート", ["ヒー", "ート"]),
        ("가격", ["가격"]),
        ("हिन्दी", ["हिन्दी"]),
        ("Wärme, Waerme", ["warme", "waerme"]),
        ("2026-10-05", ["2026", "10", "05"]),
        ("U.S.", ["u", "s", "us"]),
        ("node.js", ["node", "js", "nodejs"]),
        ("100+ users", ["100", "users"]),
    ],
)
def test_a_text_counts_as_the_words_that_may_be_looked_for(text: str, words: list[str]) -> None:
    assert split(text) == words


def test_marks_that_are_letters_stay() -> None:
    assert split("ガス") == ["ガス"]
    assert split("เครื่อง")[0] == "เค"
    assert split("йод") == ["йод"]
    assert split("Ёлка") == ["елка"]


def test_a_little_word_before_an_apostrophe_is_a_word_of_its_own_where_the_language_says_so() -> (
    None
):
    assert split("l’offre", "fr") == ["l", "offre"]
    assert split("l’offre", "en") == ["loffre"]


def test_a_sign_belongs_to_the_word() -> None:
    [token] = scan("A+")
    assert (token.parts, token.whole, token.has_sign) == (["a"], "a+", True)


@pytest.mark.parametrize(("tag", "language"), [("pt-BR", "pt"), ("nb", "no"), ("xx", "xx")])
def test_a_language_is_known_by_its_tag(tag: str, language: str) -> None:
    assert find_language(tag) == language
