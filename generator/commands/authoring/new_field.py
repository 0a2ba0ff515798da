"""`playbook new field`: a field of the company's own, described in schema/custom.yaml."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

import click

from generator.commands.editor_ids import renew_ids
from generator.commands.settings import Settings
from generator.commands.terminal import FINE, CannotRunError, Terminal
from generator.editing.own_fields import NewField, OwnFieldError, name_field, plan_field
from generator.files.tree import FolderTree
from generator.files.writing import write_all
from generator.loading.loader import load_strategy
from generator.problems.suggestions import suggest
from generator.schema.migrations import FORMAT
from generator.schema.own_description import DESCRIPTION
from generator.schema.vocabulary import read_kind, standard_vocabulary

_VALUES = tuple(read_kind("own_field", standard_vocabulary().schemas).fields["value"].labels)
_OPTIONS = (
    click.option("--as", "value", type=click.Choice(_VALUES), help="The kind of its value."),
    click.option("--after", metavar="FIELD", help="The field behind which it stands."),
    click.option("--about", "description", metavar="TEXT", help="What belongs into it."),
    click.option("--choices", metavar="A,B", help="What may stand in a choice, commas between."),
    click.option("--refers-to", metavar="KIND", help="The kind that a reference leads to."),
    click.option("--audience", "circle", metavar="NAME", help="Who may read it."),
    click.option("--several", is_flag=True, help="It takes a list of such values."),
    click.option("--required", is_flag=True, help="Every entry must have it."),
    click.option("--in-lists", is_flag=True, help="It is shown in lists of its kind."),
    click.option("--filter", is_flag=True, help="Readers can choose by it."),
)
_NAMES = (
    *("value", "after", "description", "choices", "refers_to", "circle"),
    *("several", "required", "in_lists", "filter"),
)


def with_field_options(story: Callable[..., Any]) -> Callable[..., Any]:
    """The story gets `field`: what was said of a field, by the words of schema/custom.yaml."""

    @wraps(story)
    def told(**given: Any) -> Any:
        said = {name: given.pop(name) for name in _NAMES}
        field = {name: value for name, value in said.items() if value}
        if "circle" in field:
            field["audience"] = field.pop("circle")
        if "choices" in field:
            field["choices"] = [one.strip() for one in field["choices"].split(",") if one.strip()]
        return story(field=field, **given)

    for option in reversed(_OPTIONS):
        told = option(told)
    return told


def begin_field(
    settings: Settings, terminal: Terminal, names: Sequence[str], field: Mapping[str, Any]
) -> int:
    """Describe a field; `names` are the kind that gets it, and its title."""
    if len(names) != 2:
        raise CannotRunError(
            'name the kind that gets it, and its title: playbook new field personas "Favourite event" --as text'
        )
    kind, title = names[0], " ".join(names[1].split())
    root = settings.root
    loaded = load_strategy(FolderTree(root), settings.max_bytes)
    kinds = loaded.vocabulary.kinds
    if kind not in kinds:
        near = suggest(kind, {key: (one.title, one.plural) for key, one in kinds.items()})
        hint = f'did you mean "{near}"?' if near else f"kinds are: {', '.join(kinds)}"
        raise CannotRunError(f'"{kind}" is not a kind of entry; {hint}')
    name = name_field(title)
    if not name:
        raise CannotRunError(f'no name can be made of "{title}"; write it with Latin letters')
    about = {"title": title, **({} if "value" in field else {"value": "text"}), **field}
    written = loaded.strategy.header.format if loaded.strategy else FORMAT
    try:
        files = plan_field(FolderTree(root), NewField(kind, name, about), written)
    except OwnFieldError as error:
        raise CannotRunError(str(error)) from error
    write_all(root, files)
    renew_ids(root, load_strategy(FolderTree(root), settings.max_bytes))
    terminal.say(
        f"Described {name} in {DESCRIPTION}. In an entry of {kind}, write {name}: and its value.\n"
    )
    return FINE
