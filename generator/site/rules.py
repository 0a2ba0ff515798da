"""What can be wrong with the site that is made of a strategy."""

from __future__ import annotations

from generator.problems.problem import Severity
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

OTHER_PLUGIN = Rule(
    id="other-plugin",
    severity=Severity.WARNING,
    says="Another plugin of MkDocs warns of something.",
    why="The playbook does not know what it means; the site is built all the same, as MkDocs itself would do.",
    fix="Look into the documentation of that plugin, or take it out of mkdocs.yml.",
)

STOPPED_SETTING = Rule(
    id="stopped-setting",
    severity=Severity.WARNING,
    says="A setting in mkdocs.yml does nothing here.",
    why="Pages of a playbook load nothing from other hosts and send nothing there; their policy stops it.",
    fix="Take the setting out of mkdocs.yml.",
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
    OTHER_PLUGIN,
    STOPPED_SETTING,
    LEAK,
)
"""Every rule of this room."""
