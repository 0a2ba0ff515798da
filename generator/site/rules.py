"""What can be wrong with the site that is made of a strategy."""

from __future__ import annotations

from generator.problems.rule import Rule

ADDRESS_TAKEN = Rule(
    id="address-taken",
    says="A hand-written page stands where the playbook puts one of its own.",
    why="Both would have the same address, and one would be lost.",
    fix="Give the file another name. To change our page, put a template into playbook/templates/.",
)

FAULTY_TEMPLATE = Rule(
    id="faulty-template",
    says="A template in playbook/templates/ cannot be used.",
    why="It stands in for one of ours, so the page could not be made.",
    fix="Mend it, or take it away to get ours back.",
)

SITE_BUILDER = Rule(
    id="site-builder",
    says="MkDocs, which builds the site, found a fault in a page or in mkdocs.yml.",
    why="Most often it is a link to a page that is not there.",
    fix="Mend the page or the setting it names.",
)

LEAK = Rule(
    id="leak",
    says="What was written for readers outside the company holds something that only hidden texts hold.",
    why="A build for readers outside ends with a search of everything that it wrote: for names of entries that they do "
    "not get, and for words that stand in hidden texts and in no text for them. The word itself is not printed, since "
    "others may read the log; the place is where it is written.",
    fix="Look how it came there: by a template, a plugin or a file of your own, or by a fault of this program, which "
    "we want to know of. If everybody may know the word, name it in mkdocs.yml under may_know.",
)

RULES = (
    ADDRESS_TAKEN,
    FAULTY_TEMPLATE,
    SITE_BUILDER,
    LEAK,
)
"""Every rule of this room."""
