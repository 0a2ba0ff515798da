import pytest

from generator.files.tree import FolderTree
from generator.loading.loader import load_strategy
from generator.model.entry import Key
from generator.problems.fixes import mend_texts
from generator.problems.reporters import SHOWN, Summary, report_terminal
from tests.sample import MINIMAL_HEADER, write_strategy

PERSON = "  name: Zoe\n  role: Leads sales\n"
ZOE = "- id: zoe\n" + PERSON

HEADER_LINES = MINIMAL_HEADER.count("\n")


def test_a_strategy_is_read(load):
    loaded = load({"strategy/people.yaml": ZOE, "strategy/README.md": "notes"})
    assert loaded.problems == ()
    assert loaded.files == ("strategy.yaml", "strategy/people.yaml")
    assert loaded.strategy.header.company == "Acme"
    entry = loaded.strategy.find(Key("people", "zoe"))
    assert (entry.name, entry.place.file, entry.place.line) == ("Zoe", "strategy/people.yaml", 1)


def test_where_an_entry_stands_makes_no_difference(load):
    adam = "- id: adam\n" + PERSON
    ways = [
        {"strategy.yaml": MINIMAL_HEADER + "people:\n" + ZOE + adam},
        {"strategy.yaml": MINIMAL_HEADER + "people:\n" + adam, "strategy/people.yaml": ZOE},
        {"strategy/people.yaml": adam + ZOE},
        {
            "strategy/people/zoe.yaml": "id: zoe\nname: Zoe\nrole: Leads sales\n",
            "strategy/people.yaml": adam,
        },
    ]
    first, *others = [load(files).strategy for files in ways]
    assert all(other == first for other in others)


def test_an_entry_with_a_fault_is_left_out_and_keeps_its_id(load):
    loaded = load(
        {"strategy/people.yaml": "- id: zoe\n  name: Zoe\n- id: adam\n  owner: zoe\n" + PERSON}
    )
    assert [problem.rule for problem in loaded.problems] == ["missing-field"]
    assert [entry.id for entry in loaded.strategy] == ["adam"]


def test_a_faulty_header_leaves_no_strategy_but_the_entries_are_checked(load):
    loaded = load(
        {"strategy.yaml": "strategy:\n  company: Acme\npeople:\n- id: zoe\n  name: Zoe\n"}
    )
    assert loaded.strategy is None
    assert [problem.place.line for problem in loaded.problems] == [2, 2, 2, 2, 5]


def test_two_entries_of_one_id_are_said_with_both_places(load):
    loaded = load(
        {"strategy/people.yaml": ZOE, "strategy.yaml": MINIMAL_HEADER + "people:\n" + ZOE}
    )
    [problem] = loaded.problems
    assert problem.title == 'a second person has the id "zoe"'
    assert (problem.place.file, problem.place.line) == ("strategy/people.yaml", 1)
    assert problem.why.startswith(f"The other stands in strategy.yaml, line {HEADER_LINES + 2}.")
    assert [(other.place.file, other.place.line) for other in problem.related] == [
        ("strategy.yaml", HEADER_LINES + 2)
    ]


def test_the_same_id_in_two_kinds_is_no_problem(load):
    text = write_strategy(markets=[{"id": "steam"}], glossary=[{"id": "steam"}])
    assert load({"strategy.yaml": text}).problems == ()


@pytest.mark.parametrize(
    ("kinds", "title", "fix"),
    [
        (
            {"people": [{"id": "zoe"}], "markets": [{"owner": "zo"}]},
            'there is no "zo" among the people',
            'Did you mean "zoe" ("Head of Sales")?',
        ),
        (
            {"markets": [{"summary": "See [this](entry:plays/one)."}]},
            'there is no "one" among the plays',
            "Write markets/one",
        ),
        (
            {"markets": [{"summary": "See [this](entry:market/one)."}]},
            '"market" is not a kind of entry that may stand here',
            "Did you mean markets/one?",
        ),
        (
            {"field_notes": [{"about": ["plays/x"]}]},
            'there is no "x" among the plays',
            "Correct the id",
        ),
        (
            {"offerings": [{"next_offerings": [{"to": "x"}]}]},
            'there is no "x" among the offerings',
            "Correct the id",
        ),
        (
            {"markets": [{"sources": ["<entry:markets/x>"]}]},
            'there is no "x" among the markets',
            "Correct the id",
        ),
        (
            {"markets": [{"sources": ["[a]( entry:markets/x )"]}]},
            'there is no "x" among the markets',
            "Correct the id",
        ),
        (
            {"markets": [{"sources": ["[a](entry:markets/x (b))"]}]},
            'there is no "x" among the markets',
            "Correct",
        ),
        (
            {"markets": [{"sources": ["[a](entry&#58;markets/x)"]}]},
            'there is no "x" among the markets',
            "Correct the id",
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_said_once(load, kinds, title, fix):
    [problem] = load({"strategy.yaml": write_strategy(**kinds)}).problems
    assert problem.rule == "broken-reference"
    assert problem.title == title
    assert fix in problem.fix


def test_a_broken_link_in_a_long_text_is_placed_in_its_own_line(load):
    text = "- id: one\n  name: a\n  priority: primary\n  summary: >-\n    Some words and\n    [a](entry:plays/x).\n"
    [problem] = load({"strategy/markets.yaml": text}).problems
    assert (problem.place.line, problem.place.column) == (6, 9)


@pytest.mark.parametrize(
    "people",
    [
        "- id: zoe\n  name: Prices: high\n" + ZOE.replace("zoe", "adam"),
        "- id: zoe\n  hobby: x\n",
        b"\xff",
        "people:\n" + ZOE,
        "- id: @zoe\n  name: Zoe\n  role: b\n" + ZOE.replace("zoe", "adam"),
        "- id: 'zoe\n  name: Zoe\n  role: b\n",
        "- name: Prices: high\n  id: zoe\n" + ZOE.replace("zoe", "adam"),
    ],
)
def test_a_reference_to_an_entry_that_could_not_be_read_is_not_called_broken(load, people):
    market = write_strategy(markets=[{"owner": "zoe"}])
    loaded = load({"strategy.yaml": market, "strategy/people.yaml": people})
    assert {problem.rule for problem in loaded.problems} & {"broken-reference"} == set()
    assert {problem.place.file for problem in loaded.problems} == {"strategy/people.yaml"}


def test_every_reference_is_a_link_between_two_entries(load):
    text = write_strategy(
        {"owners": {"markets": "zoe"}, "allocation": [{"to": "markets/dairies", "time": 50}]},
        people=[{"id": "zoe"}],
        markets=[{"id": "dairies", "owner": "zoe", "summary": "See [it](entry:offerings/pump)."}],
        offerings=[{"id": "pump", "markets": ["dairies"]}],
    )
    links = load({"strategy.yaml": text}).strategy.links
    assert [(str(link.source or "header"), link.field, str(link.target)) for link in links] == [
        ("header", "allocation", "markets/dairies"),
        ("header", "owners", "people/zoe"),
        ("markets/dairies", "owner", "people/zoe"),
        ("markets/dairies", "summary", "offerings/pump"),
        ("offerings/pump", "markets", "markets/dairies"),
    ]


@pytest.mark.parametrize(
    "kinds",
    [
        {"people": [{"id": "zoe", "former_ids": ["adam"]}, {"id": "adam"}]},
        {"people": [{"id": "zoe", "former_ids": ["old"]}, {"id": "adam", "former_ids": ["old"]}]},
    ],
)
def test_a_former_id_that_leads_to_two_entries_is_said(load, kinds):
    [problem] = load({"strategy.yaml": write_strategy(**kinds)}).problems
    assert problem.rule == "former-id-in-use"
    assert problem.title.endswith("also belongs to another person")


def test_a_former_id_that_is_the_id_still_is_said(load):
    [problem] = load(
        {"strategy.yaml": write_strategy(people=[{"id": "zoe", "former_ids": ["zoe"]}])}
    ).problems
    assert (problem.rule, problem.title) == (
        "former-id-in-use",
        '"zoe" is the id that this person has now',
    )


@pytest.mark.parametrize(
    ("header", "title", "fix"),
    [
        (
            {"timezone": "Europe/Berln"},
            '"Europe/Berln" is not a time zone we know',
            'Did you mean "Europe/Berlin"?',
        ),
        (
            {"timezone": "../../etc/passwd"},
            '"../../etc/passwd" is not a time zone we know',
            "such as Europe/Berlin",
        ),
        ({"timezone": "/etc"}, '"/etc" is not a time zone we know', ""),
        ({"timezone": "Europe"}, '"Europe" is not a time zone we know', ""),
        (
            {"audiences": ["board", "public"]},
            'the audiences must have "internal" among them',
            "Add internal",
        ),
    ],
)
def test_a_setting_in_the_header_that_nobody_knows_is_said(load, header, title, fix):
    [problem] = load({"strategy.yaml": write_strategy(header)}).problems
    assert problem.title == title
    assert fix in problem.fix


def test_an_audience_that_the_header_does_not_know_is_said(load):
    [problem] = load({"strategy.yaml": write_strategy(people=[{"audience": "publik"}])}).problems
    assert problem.title == '"publik" is not an audience we know'
    assert problem.why == "The header knows: leadership, internal, partner, public."
    assert problem.fix == 'Did you mean "public"?'


def test_circles_of_the_companys_own_may_be_used(load):
    header = {"audiences": ["board", "internal", "friends"]}
    assert (
        load({"strategy.yaml": write_strategy(header, people=[{"audience": "friends"}])}).problems
        == ()
    )


def test_problems_come_by_file_and_line(load):
    loaded = load(
        {
            "strategy.yaml": write_strategy(people=[{"x": 1}]),
            "strategy/plays.yaml": "- {a: b}\n- b\n",
        }
    )
    places = [(problem.place.file, problem.place.line) for problem in loaded.problems]
    assert places == sorted(places)
    assert len(places) > 2


def test_what_keeps_a_file_from_being_read_comes_first_and_holds_back_what_follows(load):
    loaded = load(
        {
            "strategy.yaml": write_strategy(
                people=[{"x": 1}], objections=[{"personas": ["a", "b"]}]
            ),
            "strategy/personas.yaml.txt": "- id: a\n  name: A\n",
        }
    )
    assert [problem.rule for problem in loaded.problems] == ["stray-file", "unknown-field"]


def test_what_keeps_a_file_from_being_read_is_never_cut(load):
    many = "".join(f"- id: o{n}\n  says: x\n" for n in range(3 * SHOWN))
    loaded = load({"strategy/objections.yaml": many, "strategy/personas.yaml": "a,b\n1,2\n3,4\n"})
    text = report_terminal(loaded.problems, Summary(2))
    assert len(loaded.problems) > SHOWN
    assert text.index("strategy/personas.yaml") < text.index("strategy/objections.yaml")


def test_files_behind_a_linked_folder_are_read_or_said(make_strategy):
    root = make_strategy(
        {"shared/zoe.yaml": "id: zoe\nname: Zoe\nrole: Leads sales\n", "strategy/plays/a.txt": ""}
    )
    (root / "strategy/people").symlink_to(root / "shared", target_is_directory=True)
    loaded = load_strategy(FolderTree(root))
    assert loaded.problems or loaded.strategy.find(Key("people", "zoe"))


def test_a_day_that_a_validator_may_let_pass_never_stops_the_reading(load):
    for field in ("reviewed_on", "effective_from", "effective_until"):
        loaded = load({"strategy.yaml": write_strategy(people=[{field: "0000-01-01"}])})
        assert [problem.rule for problem in loaded.problems] == ["wrong-date"]


@pytest.mark.parametrize("key", ["`offerings:", "@offerings:", "offerings", "offerings :x"])
def test_a_slip_in_the_line_that_begins_a_list_is_one_problem(load, key):
    market = "- id: dairies\n  name: D\n  priority: primary\n  summary: See [it](entry:offerings/pump).\n"
    offering = "- id: pump\n  name: Pump\n  one_liner: Heat.\n"
    loaded = load({"strategy.yaml": f"{MINIMAL_HEADER}markets:\n{market}{key}\n{offering}"})
    assert [problem.place.line for problem in loaded.problems] == [HEADER_LINES + 6]


@pytest.mark.parametrize(
    "escape", [r"\0", r"\a", r"\e[31m", r"\u200b", r"\u202e", r"\ufeff", r"\x85"]
)
def test_a_character_nobody_can_see_is_said_even_where_it_is_written_as_a_code(load, escape):
    loaded = load({"strategy/people.yaml": f'- id: zoe\n  name: "Zo{escape}e"\n  role: b\n'})
    assert [problem.place.line for problem in loaded.problems] == [2]


def test_of_audiences_it_is_not_said_that_their_order_means_nothing(load):
    [problem] = load(
        {"strategy.yaml": write_strategy({"audiences": ["board", "internal", "board"]})}
    ).problems
    assert problem.rule == "repeated-item"
    assert "order" not in problem.why


def test_an_id_that_nothing_refers_to_by_its_name_is_blamed_once(load):
    text = write_strategy(
        markets=[{"id": "daries", "name": "Dairies"}],
        objections=[{"id": "a", "markets": ["dairies"]}, {"id": "b", "markets": ["dairies"]}],
    )
    [problem] = load({"strategy.yaml": text}).problems
    assert problem.title == 'nothing refers to "daries", but there are references to "dairies"'
    assert problem.fix.startswith(
        "Did you mean id: dairies? If the new id is meant, write former_ids"
    )


@pytest.mark.parametrize(
    "kinds",
    [
        {"people": [{"id": "ana", "name": "Ana"}, {"id": "ben", "owner": "anna"}]},
        {
            "people": [
                {"id": "ana", "owner": "ana"},
                {"id": "ben", "owner": "anna"},
                {"id": "cem", "owner": "anna"},
            ]
        },
    ],
)
def test_a_reference_is_blamed_where_it_may_be_the_one_that_is_wrong(load, kinds):
    [problem] = load({"strategy.yaml": write_strategy(**kinds)}).problems
    assert problem.title in (
        'there is no "anna" among the people',
        '2 places name the person "anna", and there is none',
    )
    assert 'Did you mean "ana"' in problem.fix


def test_an_entry_that_is_gone_is_told_once_with_all_its_places(load):
    text = write_strategy(
        markets=[{"id": f"m{number}", "owner": "zoe", "name": f"M{number}"} for number in range(5)],
        people=[{"id": "adam"}, {"id": "eve", "owner": "adam"}],
        glossary=[{"id": "lift", "owner": "eve"}],
    )
    [problem] = load({"strategy.yaml": text}).problems
    assert problem.title == '5 places name the person "zoe", and there is none'
    assert len(problem.related) == 5
    assert problem.excerpt[0][1].strip() == '"owner": "adam"'  # the end of the list
    assert problem.why.startswith("Named in strategy.yaml, lines ")
    assert "playbook new people zoe" in problem.fix
    assert problem.is_cause


def test_an_entry_that_was_renamed_may_be_the_one_that_nothing_refers_to(load):
    text = write_strategy(
        markets=[{"id": "one", "owner": "zoe"}, {"id": "two", "owner": "zoe"}],
        people=[{"id": "head-of-sales"}, {"id": "adam", "owner": "adam"}],
    )
    [problem] = load({"strategy.yaml": text}).problems
    assert 'now called "head-of-sales", write former_ids: [zoe]' in problem.fix


def test_entries_that_are_yet_to_be_written_are_told_together(load):
    text = write_strategy(objections=[{"personas": ["buyer", "cfo-office", "workshop"]}])
    [problem] = load({"strategy.yaml": text}).problems
    assert (
        problem.title
        == '3 personas are named that do not exist: "buyer", "cfo-office" and "workshop"'
    )
    assert "playbook new personas buyer" in problem.fix


def test_what_a_machine_can_mend_is_told_where_it_stands(load):
    text = write_strategy(
        people=[{"id": "zoe", "name": "Zoe Berg"}],
        markets=[{"id": "one", "owner": "Zoe Berg"}, {"id": "two", "owner": "Zoe Berg"}],
    )
    problems = load({"strategy.yaml": text}).problems
    assert [one.rule for one in problems] == ["broken-reference"] * len(problems)
    assert all("zoe" in one.fix for one in problems)


def test_a_former_id_that_many_places_name_is_told_once_and_mended_in_every_file(load):
    people = [{"id": "zoe", "former_ids": ["head"]}, {"id": "adam", "contact": {"email": "a@b.de"}}]
    texts = {
        "strategy.yaml": write_strategy(people=people),
        "strategy/glossary.yaml": "".join(
            f"- id: {name}\n  term: {name}\n  meaning: How far.\n  owner: {owner}\n"
            for name, owner in [("lift", "head"), ("rise", "head"), ("fall", "a@b.de")]
        ),
        "strategy/markets.yaml": "- id: mills\n  name: Mills\n  priority: secondary\n"
        "  summary: They dry.\n  owner: head\n",
    }
    several, single = load(texts).problems
    assert several.title == '3 places name "head", which is not the id of an entry'
    assert several.why.endswith("glossary.yaml, lines 4 and 8; strategy/markets.yaml, line 5.")
    assert several.fix == "Write zoe in each of them"
    assert "is the mail address of the person" in single.title
    mended = mend_texts(texts, lambda now: load(now).problems)
    after = {**texts, **{one.file: one.after for one in mended}}
    assert load(after).problems == ()
    assert after == {
        file: text.replace(": head\n", ": zoe\n").replace("a@b.de\n", "adam\n")
        for file, text in texts.items()
    }


def test_an_id_of_the_wrong_form_is_said_once_and_is_not_proposed(load):
    text = write_strategy(
        markets=[{"id": "Süd Dairies"}],
        objections=[
            {"id": "a", "markets": ["sued-dairies"]},
            {"id": "b", "markets": ["Süd Dairies"]},
        ],
    )
    [problem] = load({"strategy.yaml": text}).problems
    assert problem.fix == "Write sued-dairies"
