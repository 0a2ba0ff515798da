"""What must hold between the schema, the model, the words and the templates."""

from __future__ import annotations

import dataclasses
import json
import re
import types
import typing
from collections.abc import Iterator, Mapping
from keyword import iskeyword
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator.checks import CHECKS, FAMILIES
from generator.checks.clarity import DEFAULT_BUDGETS, SAID
from generator.checks.evidence import CLAIMING
from generator.model.addresses import PLACEMENTS
from generator.model.entry import Entry
from generator.model.header import Checks, Header
from generator.model.insights.completeness import WANTED
from generator.model.kinds import KIND_CLASSES
from generator.schema.vocabulary import ANY_KIND, KINDS, Field, standard_vocabulary

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "generator"
SCHEMAS: Mapping[str, Any] = {
    path.relative_to(ROOT / "schema").as_posix(): json.loads(path.read_text("utf-8"))
    for path in sorted((ROOT / "schema").rglob("*.json"))
}
MAPPINGS = {"owners", "review_every", "word_budgets", "severities"}
"""Groups whose fields are kinds, fields or checks: a mapping in the model, not a class."""

FILES = pytest.mark.parametrize("file", SCHEMAS)


def walk_nodes(node: Any, path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every subschema of a schema with the path that leads to it."""
    if not isinstance(node, dict):
        return
    yield path, node
    for group in ("properties", "$defs"):
        for name, inner in node.get(group, {}).items():
            yield from walk_nodes(inner, f"{path}/{group}/{name}")
    for name in ("items", "additionalProperties"):
        yield from walk_nodes(node.get(name), f"{path}/{name}")


def walk_fields(node: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every field: the entries of `properties`, at any depth."""
    for path, inner in walk_nodes(node):
        if path.rpartition("/")[0].endswith("/properties"):
            yield path, inner


@FILES
def test_a_schema_is_sound(file):
    Draft202012Validator.check_schema(SCHEMAS[file])
    assert SCHEMAS[file]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMAS[file]["title"]
    assert SCHEMAS[file]["description"]


@pytest.mark.parametrize(
    "file", [file for file in SCHEMAS if file not in ("strategy.schema.json",)]
)
def test_every_field_has_a_title_and_a_description(file):
    without = [
        (path, word)
        for path, node in walk_fields(SCHEMAS[file])
        for word in ("title", "description")
        if not str(node.get(word, "")).strip()
    ]
    assert without == []


@FILES
def test_a_description_is_a_sentence(file):
    odd = [
        path
        for path, node in walk_fields(SCHEMAS[file])
        if not re.match(r"[A-Z0-9].*[.?!)]$", node.get("description", "A."))
    ]
    assert odd == []


@FILES
def test_every_list_says_whether_its_order_means_something(file):
    lists = [
        (path, node) for path, node in walk_nodes(SCHEMAS[file]) if node.get("type") == "array"
    ]
    assert [path for path, node in lists if node.get("x-order") not in ("set", "sequence")] == []


@FILES
def test_every_value_has_the_word_a_reader_sees(file):
    for path, node in walk_nodes(SCHEMAS[file]):
        if "enum" in node:
            assert set(node.get("x-labels", {})) == set(node["enum"]), path


@FILES
def test_every_group_of_fields_is_closed(file):
    groups = [
        (path, node) for path, node in walk_nodes(SCHEMAS[file]) if node.get("type") == "object"
    ]
    # what an author names is described in turn: fields and kinds of a company's own
    closed = (False, {}) if file.startswith("own_") else (False,)
    assert [
        path
        for path, node in groups
        if node.get("additionalProperties") not in closed
        and not (file == "own.schema.json" and node["additionalProperties"])
    ] == []


@FILES
def test_every_required_field_is_described(file):
    for path, node in walk_nodes(SCHEMAS[file]):
        assert set(node.get("required", ())) <= set(node.get("properties", {})), path


@FILES
def test_every_reference_names_kinds_that_there_are(file):
    for path, node in walk_nodes(SCHEMAS[file]):
        named = node.get("x-ref", ())
        kinds = [named] if isinstance(named, str) else named
        assert set(kinds) <= {*KINDS, ANY_KIND}, path


@FILES
def test_every_pointer_to_another_schema_leads_somewhere(file):
    for path, node in walk_nodes(SCHEMAS[file]):
        target, _, pointer = node.get("$ref", "").partition("#")
        other = (Path(file).parent / target).as_posix() if target else file
        parts = Path(other).parts
        found = SCHEMAS[
            "/".join(part for part in parts if part != "list" or ".." not in parts).replace(
                "../", ""
            )
        ]
        for part in filter(None, pointer.split("/")):
            assert part in found, path
            found = found[part]


@pytest.mark.parametrize("file", [f"{kind}.schema.json" for kind in KINDS])
def test_the_circle_of_a_field_is_one_that_every_strategy_has(file):
    circles = {node["x-audience"] for _, node in walk_nodes(SCHEMAS[file]) if "x-audience" in node}
    assert circles <= {"leadership", "internal"}


def test_the_form_of_an_id():
    form = re.compile(SCHEMAS["common.schema.json"]["$defs"]["id"]["pattern"])
    assert all(form.search(good) for good in ("a", "ev-charging", "3m", "a-1-b"))
    assert not any(
        form.search(bad) for bad in ("", "A", "a b", "a_b", "-a", "a-", "a--b", "ä", "a/b", "a.b")
    )


def test_a_reference_has_the_form_of_an_id():
    common = SCHEMAS["common.schema.json"]["$defs"]
    assert common["reference"]["pattern"] == common["id"]["pattern"]
    assert common["reference"]["maxLength"] == common["id"]["maxLength"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_whole(kind):
    assert SCHEMAS[f"list/{kind}.schema.json"]["items"] == {"$ref": f"../{kind}.schema.json"}
    assert SCHEMAS["strategy.schema.json"]["properties"][kind] == {
        "$ref": f"list/{kind}.schema.json"
    }
    assert kind in SCHEMAS["header.schema.json"]["properties"]["owners"]["properties"]
    assert kind in SCHEMAS["custom.schema.json"]["$defs"]
    assert kind == KIND_CLASSES[kind].KIND
    assert SCHEMAS[f"{kind}.schema.json"]["x-title"] == KIND_CLASSES[kind].TITLE
    assert SCHEMAS[f"{kind}.schema.json"]["x-title"] in SCHEMAS[f"{kind}.schema.json"]["required"]


def test_every_table_of_kinds_has_them_all():
    assert list(KIND_CLASSES) == list(KINDS)
    assert set(PLACEMENTS) == set(KINDS)
    assert set(SCHEMAS["strategy.schema.json"]["properties"]) == {"strategy", *KINDS}
    assert {path for path in SCHEMAS if path.startswith("list/")} == {
        f"list/{kind}.schema.json" for kind in KINDS
    }


def test_what_every_entry_has_is_the_same_everywhere():
    shared = {field.name for field in dataclasses.fields(Entry)} - {
        "place",
        "status",
        "custom",
    }
    for name in shared:
        described = {
            json.dumps(SCHEMAS[f"{kind}.schema.json"]["properties"][name], sort_keys=True)
            for kind in KINDS
            if (kind, name) != ("stages", "order")  # of a stage it is a part of what it says
        }
        assert len(described) == 1, name


def class_in(hint: Any) -> type | None:
    """The class of the model in a type hint such as `tuple[Step, ...]` or `Contact | None`."""
    options = (
        typing.get_args(hint)
        if isinstance(hint, types.UnionType) or typing.get_origin(hint) is tuple
        else (hint,)
    )
    found = [
        option
        for option in options
        if isinstance(option, type) and dataclasses.is_dataclass(option)
    ]
    return found[0] if found else None


def compare_fields(cls: type, fields: Mapping[str, Field], where: str) -> Iterator[str]:
    """What the schema and a class of the model do not have in common."""
    names = {f"{name}_" if iskeyword(name) else name for name in fields}
    own = {field.name: field for field in dataclasses.fields(cls)}
    yield from (f"{where}.{name}" for name in names ^ (set(own) - {"place"}))
    hints = typing.get_type_hints(cls)
    for name, field in fields.items():
        attribute = f"{name}_" if iskeyword(name) else name
        if attribute not in own:
            continue
        inner = (field.item or field).fields
        if inner and name not in MAPPINGS:
            nested = class_in(hints[attribute])
            assert nested is not None, f"{where}.{name} has fields and no class"
            yield from compare_fields(nested, inner, f"{where}.{name}")
        has_default = own[attribute].default is not dataclasses.MISSING
        has_default |= own[attribute].default_factory is not dataclasses.MISSING
        if not field.required and not has_default:
            yield f"{where}.{name} may be left out, and has no default"


@pytest.mark.parametrize("kind", KINDS)
def test_the_model_has_the_fields_of_the_schema(kind):
    assert (
        list(compare_fields(KIND_CLASSES[kind], standard_vocabulary().kinds[kind].fields, kind))
        == []
    )


def test_the_model_has_the_fields_of_the_header():
    assert list(compare_fields(Header, standard_vocabulary().header.fields, "header")) == []


@pytest.mark.parametrize("kind", ["header", *KINDS])
def test_a_default_in_the_schema_is_the_one_of_the_model(kind):
    vocabulary = standard_vocabulary()
    described = vocabulary.header if kind == "header" else vocabulary.kinds[kind]
    cls = Header if kind == "header" else KIND_CLASSES[kind]
    defaults = {field.name: field.default for field in dataclasses.fields(cls)}
    for name, field in described.fields.items():
        if field.default is not None:
            own = defaults[name]
            assert (list(own) if isinstance(own, tuple) else own) == field.default, name


# Words and templates

WORDS: Mapping[str, str] = json.loads((PACKAGE / "schema" / "words" / "en.json").read_text("utf-8"))
TEMPLATES = {
    path.name: path.read_text("utf-8")
    for path in sorted((PACKAGE / "pages" / "templates").glob("*.html"))
}
THEME = {
    path.name: path.read_text("utf-8")
    for path in sorted((PACKAGE / "site" / "theme").rglob("*.html"))
}
CODE = {
    path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8")
    for path in sorted(PACKAGE.rglob("*.py"))
}
QUOTED = {
    match[1]
    for text in (
        *TEMPLATES.values(),
        *THEME.values(),
        *CODE.values(),
    )
    for match in re.finditer(r"[\"']([A-Za-z0-9_]+)[\"']", text)
}
"""Every word in quotes in the code and the templates."""


def is_used(word: str) -> bool:
    """Whether a word of the catalogue is named, or put together as the code does: `importance_` and
    a number, and so on.
    """
    if word in QUOTED or is_used_in_form(
        word.removeprefix("suggest_form_").removeprefix("workbench_").removeprefix("service_")
    ):
        return True
    texts = "".join([*TEMPLATES.values(), *CODE.values()])
    for match in re.finditer("_", word):
        head, tail = word[: match.end()], word[match.start() :]
        if re.search(rf"[\"']{head}[\"'] *~|f[\"']{head}\{{", texts):
            return True
        if re.search(rf"~ *[\"']{tail}[\"']", texts) and word[: match.start()] in QUOTED:
            return True
    return False


FORM = "".join(
    path.read_text("utf-8")
    for room in ("pages/suggest_form", "workbench")
    for path in (ROOT / "generator" / room / "browser").glob("*.js")
) + (ROOT / "generator/workbench/app.py").read_text("utf-8")
"""The scripts of the form, and the page in which they run."""


def is_used_in_form(name):
    """Whether the scripts of the form in which a change is made say a word of theirs."""
    beginnings = [name[: match.end()] for match in re.finditer("_", name)]
    return re.search(rf"\bwords\.{name}\b|\"{name}\"", FORM) is not None or any(
        f"[`{beginning}${{" in FORM for beginning in beginnings
    )


def test_every_word_of_the_catalogue_is_used():
    assert [word for word in WORDS if not is_used(word)] == []


def test_every_word_that_is_asked_for_is_in_the_catalogue():
    asked = {
        (name, match[1])
        for name, text in {**TEMPLATES, **THEME, **CODE}.items()
        for match in re.finditer(r"\bwords\(\s*\"([a-z0-9_]+)\"\s*[,)]", text)
    }
    assert len(asked) > 20
    assert {(name, word) for name, word in asked if word not in WORDS} == set()


def test_a_word_gets_the_values_it_has_places_for():
    for name, text in {**TEMPLATES, **CODE}.items():
        for match in re.finditer(
            r"\bwords\(\s*\"([a-z0-9_]+)\"\s*(?:,\s*((?:[^()]|\([^()]*\))*))?\)", text
        ):
            given = set(re.findall(r"(\w+)=", match[2] or ""))
            wanted = set(re.findall(r"\{(\w+)\}", WORDS.get(match[1], "")))
            assert given == wanted, f"{name}: {match[0]}"


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_is_used(template):
    stem = template.removesuffix(".html")
    index = stem.endswith("_index") and stem.removesuffix("_index") in KINDS
    others = "".join(text for name, text in TEMPLATES.items() if name != template)
    assert (
        stem in QUOTED
        or index
        or f'"{template}"' in others
        or f'"{template}"' in "".join(CODE.values())
    )


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_marks_nothing_as_safe(template):
    for way_round in ("|safe", "| safe", "autoescape false", "Markup("):
        assert way_round not in TEMPLATES[template]


FORM_MODULE = '<script type="module" src="{{ view.url("assets/suggest/suggest.js") }}"></script>'
"""The form in which readers propose a change is made of modules that no other page needs."""
OWN_SCRIPT = re.compile(
    r'<script src="\{\{ view\.url\("assets/([a-z_]+\.js)"\) \}\}"(?: defer)?></script>'
)


def test_a_script_that_a_template_asks_for_is_a_file_of_ours():
    for name, text in TEMPLATES.items():
        for match in OWN_SCRIPT.finditer(text):
            assert (PACKAGE / "pages" / "assets" / match[1]).is_file(), name


CONSTANT = re.compile(r"<script>(?:(?!\{\{|\{%|<).)*</script>", re.DOTALL)
WITH_SCRIPT = ("base.html", "404.html")
"""The two templates of ours in which a script stands, a constant one: before all that it guards, and
where every address of a file may be wrong.
"""


def test_no_handler_and_no_script_stands_in_a_template():
    for name, text in {**TEMPLATES, **THEME}.items():
        rest = OWN_SCRIPT.sub("", text).replace(FORM_MODULE, "")
        if name in WITH_SCRIPT:
            rest, found = CONSTANT.subn("", rest)
            assert found == 1
        assert not re.search(r"<script|\son[a-z]+=|\sstyle=|javascript:", rest), name


# Checks

SETTINGS = SCHEMAS["header.schema.json"]["properties"]["checks"]["properties"]


def test_a_check_belongs_to_a_family_and_says_why_with_examples():
    for name, check in CHECKS.items():
        assert check.family in FAMILIES, name
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", name)
        assert check.says.endswith(".")
        assert check.why.endswith(".")
        assert check.bad, name
        assert check.good, name
        assert check.bad != check.good, name


def test_every_family_has_checks_and_its_words():
    assert {check.family for check in CHECKS.values()} == set(FAMILIES)
    assert {f"family_{family}" for family in (*FAMILIES, "form")} <= set(WORDS)


def test_the_schema_knows_every_check_that_may_be_tuned():
    tunable = {name: check for name, check in CHECKS.items() if check.can_be_waived}
    described = SETTINGS["severities"]["properties"]
    assert list(described) == list(tunable)
    for name, check in tunable.items():
        severities = ["notice", "off"] if check.dated else ["error", "warning", "notice", "off"]
        assert described[name]["enum"] == severities
        assert described[name]["description"] == check.says


def test_the_schema_knows_every_check_that_a_waiver_may_name():
    assert SETTINGS["waivers"]["items"]["properties"]["check"]["enum"] == list(CHECKS)


def test_the_thresholds_of_the_schema_are_those_that_count():
    assert {
        name: field["default"] for name, field in SETTINGS["word_budgets"]["properties"].items()
    } == DEFAULT_BUDGETS
    defaults = Checks()
    for name, field in SETTINGS.items():
        if "default" in field:
            own = getattr(defaults, name)
            assert getattr(own, "written", own) == field["default"]
            assert f"{field['default']} unless set" in field["description"]


def test_what_is_wanted_of_a_kind_and_said_by_sellers_are_fields_of_it():
    vocabulary = standard_vocabulary()
    for table in (WANTED, SAID, CLAIMING):
        for kind, paths in table.items():
            for path in paths:
                if path.startswith("<"):
                    assert set(path[1:].split(",")) <= set(KINDS)
                    continue
                fields = vocabulary.kinds[kind].fields if kind else vocabulary.header.fields
                for part in path.split("."):
                    assert part in fields, f"{kind}.{path}"
                    fields = (fields[part].item or fields[part]).fields


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "checks" / "vague").glob("*.json")), ids=lambda path: path.stem
)
def test_a_list_of_words_is_sound(path):
    lists = json.loads(path.read_text("utf-8"))
    assert set(lists) == {"vague", "empty"}
    for words in lists.values():
        assert len(words) == len({word.lower() for word in words})
        assert all(word == word.strip() and len(word) > 3 for word in words)
