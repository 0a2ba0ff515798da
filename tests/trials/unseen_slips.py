"""Thirty edits that were written down before the program was changed for edits of their kinds, and were
looked at only when the work was done. The trial of the others is the one to work with.
"""

from __future__ import annotations

from tests.trials.slips import Delete, Move, Slip, Swap, Write

_SIGN_IN = (
    "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><form></form></body></html>\n"
)

UNSEEN: tuple[Slip, ...] = (
    Slip(
        "a field without a value in a group",
        "root",
        [
            Swap(
                "strategy/offerings.yaml",
                "    floor: 22% project gross margin\n",
                "    floor: 22% project gross margin\n    rebate:\n",
            )
        ],
        cause="rebate.*not a field|rebate.*empty",
        file="strategy/offerings.yaml",
    ),
    Slip(
        "an initiative in braces with a comma in its name",
        "root",
        [
            Swap(
                "strategy.yaml",
                "    initiatives:\n      - name: Two more account managers for board mills in Sweden and Finland\n",
                "    initiatives:\n      - {name: Open a hub in Bremen, with two technicians}\n      - name: Two more account managers for board mills in Sweden and Finland\n",
            )
        ],
        cause="comma",
        way="quotes",
        file="strategy.yaml",
    ),
    Slip(
        "a heading pasted into an answer of a competitor",
        "posthog",
        [
            Swap(
                "strategy/competitors.yaml",
                "  quick_answer: >-\n    A mature",
                "  quick_answer: |\n    ## In short\n    A mature",
            )
        ],
        cause="heading|##",
        file="strategy/competitors.yaml",
    ),
    Slip(
        "line breaks of a web page in a why",
        "sourcegraph",
        [
            Swap(
                "strategy.yaml",
                "    why: Developers choose themselves; enterprises",
                "    why: Developers choose themselves;<br/>enterprises",
            )
        ],
        cause="<br",
        file="strategy.yaml",
    ),
    Slip(
        "a link as the wiki writes it",
        "root",
        [
            Swap(
                "strategy/glossary.yaml",
                "meaning: The warm stream we cool, such",
                "meaning: The warm stream [we cool](/wiki/sources), such",
            )
        ],
        cause="/wiki/sources|link",
        file="strategy/glossary.yaml",
    ),
    Slip(
        "an answer saved as text",
        "sourcegraph",
        [Move("strategy/objections/ldap-sign-in.yaml", "strategy/objections/ldap-sign-in.txt")],
        cause="not read",
        way="ldap-sign-in.yaml",
        file="strategy/objections/ldap-sign-in.txt",
    ),
    Slip(
        "glossary hidden by a dot",
        "posthog",
        [Move("strategy/glossary.yaml", "strategy/.glossary.yaml")],
        cause="not read",
        way="glossary.yaml",
        file="strategy/.glossary.yaml",
    ),
    Slip(
        "offerings with a second ending",
        "posthog",
        [Move("strategy/offerings.yaml", "strategy/offerings.yaml.txt")],
        cause="not read",
        way="offerings.yaml",
        file="strategy/offerings.yaml.txt",
    ),
    Slip(
        "a proof pasted before the last lines of another",
        "root",
        [
            Swap(
                "strategy/proof.yaml",
                "  reviewed_on: 2026-07-22\n  tags: [dairy, reference visit]\n",
                "\n- id: dairy-jutland\n  statement: A dairy in Jutland makes hot water at 85 °C from its chillers.\n  kind: customer\n  source: Visit report\n  date: 2026-03-01\n\n  reviewed_on: 2026-07-22\n  tags: [dairy, reference visit]\n",
            )
        ],
        cause="belong|another|dairy-lower-saxony|empty line",
        file="strategy/proof.yaml",
    ),
    Slip(
        "order intake in thousands with a point",
        "root",
        [Swap("strategy.yaml", "        current: 118\n", "        current: 0.118\n")],
        cause="thousand|1,?000",
        file="strategy.yaml",
    ),
    Slip(
        "a market given up that keeps its money",
        "root",
        [
            Swap(
                "strategy/markets.yaml",
                "  name: Dairies\n  priority: primary\n",
                "  name: Dairies\n  priority: not_pursued\n",
            )
        ],
        cause="not_pursued|not pursued|leave alone",
        file="strategy",
    ),
    Slip(
        "a target changed below its name",
        "root",
        [
            Swap(
                "strategy.yaml",
                "        target: 14\n        current: 8.5",
                "        target: 12\n        current: 8.5",
            )
        ],
        cause="name",
        file="strategy.yaml",
    ),
    Slip(
        "a person deleted",
        "sourcegraph",
        [
            Swap(
                "strategy.yaml",
                "  - id: account-executives\n    name: Account executives (AE)\n    role: Hold the customer relationship and close deals\n    sources:\n      - Sourcegraph handbook, data/glossary.yml (Apache-2.0)\n\n",
                "",
            )
        ],
        cause="account-executives",
        file="",
    ),
    Slip(
        "personas under the name of one",
        "sourcegraph",
        [Move("strategy/personas.yaml", "strategy/persona.yaml")],
        cause="does not say which kind|not read",
        way="personas.yaml",
        file="strategy/persona.yaml",
    ),
    Slip(
        "the first line of a persona commented out",
        "posthog",
        [
            Swap(
                "strategy/personas.yaml", "- id: platform-engineer\n", "# - id: platform-engineer\n"
            )
        ],
        cause="begin",
        way="- id",
        file="strategy/personas.yaml",
    ),
    Slip(
        "the first line of a stage deleted",
        "sourcegraph",
        [Swap("strategy.yaml", "  - id: delight-devs-win-enterprises\n", "")],
        cause="begin",
        way="- id",
        file="strategy.yaml",
    ),
    Slip(
        "the id of a play changed",
        "root",
        [Swap("strategy/plays/grid-first.yaml", "id: grid-first\n", "id: grid-early\n")],
        cause="grid-early|grid-first",
        way="grid-early|grid-first",
        file="strategy/plays/grid-first.yaml",
    ),
    Slip(
        "an answer in place of which the sign-in page was saved",
        "root",
        [Write("strategy/objections/no-space.yaml", _SIGN_IN)],
        cause="HTML|web page",
        file="strategy/objections/no-space.yaml",
    ),
    Slip(
        "a table of a spreadsheet saved as competitors.yaml",
        "posthog",
        [
            Write(
                "strategy/competitors.yaml",
                "id;name;kind\nlaunchdarkly;LaunchDarkly;direct\nstatsig;Statsig;direct\n",
            )
        ],
        cause="table",
        file="strategy/competitors.yaml",
    ),
    Slip(
        "a workflow of the git host among the plays",
        "sourcegraph",
        [
            Write(
                "strategy/plays/deploy.yaml",
                "name: deploy\non: [push]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n",
            )
        ],
        cause="does not look like a play|not a play|none of",
        file="strategy/plays/deploy.yaml",
    ),
    Slip(
        "an offering pasted in that another file has",
        "root",
        [Move("strategy/plays/cfo-case.yaml", "strategy/plays/cfo-case (1).yaml", copy=True)],
        cause="copy|cfo-case",
        file="strategy/plays/cfo-case",
    ),
    Slip(
        "challenges lose their name",
        "root",
        [
            Swap(
                "strategy/personas.yaml",
                "  challenges:\n    - Has ideas for ten projects",
                "    - Has ideas for ten projects",
            )
        ],
        cause="challenges|name.*missing",
        file="strategy/personas.yaml",
    ),
    Slip(
        "two words of the same name",
        "root",
        [Swap("strategy/glossary.yaml", "  term: Waste heat\n", "  term: process heat\n")],
        cause="same|twice|another",
        file="strategy/glossary.yaml",
    ),
    Slip(
        "a file that git has not fetched",
        "sourcegraph",
        [
            Write(
                "strategy/personas.yaml",
                "version https://git-lfs.github.com/spec/v1\noid sha256:"
                + "4" * 64
                + "\nsize 9120\n",
            )
        ],
        cause="LFS",
        way="git lfs pull",
        file="strategy/personas.yaml",
    ),
    Slip(
        "a folder of answers misnamed",
        "sourcegraph",
        [Move("strategy/competitors/kythe.yaml", "strategy/competitor/kythe.yaml")],
        cause="does not say which kind|not read",
        way="competitors",
        file="strategy/competitor",
    ),
    Slip(
        "a file deleted that others name",
        "sourcegraph",
        [Delete("strategy/competitors/kythe.yaml")],
        cause="kythe",
        file="",
    ),
    Slip(
        "a list of words put in another order",
        "root",
        [
            Swap(
                "strategy/glossary.yaml",
                "[source, waste heat source, evaporator side, Wärmequelle]",
                "[Wärmequelle, source, evaporator side, waste heat source]",
            )
        ],
        silent=True,
    ),
    Slip(
        "ordinary signs in a text",
        "root",
        [
            Swap(
                "strategy/glossary.yaml",
                "Difference between the",
                "For lifts < 40 K and row #2 of the table 3 * 4, the difference between the",
            )
        ],
        silent=True,
    ),
    Slip(
        "an entry moved into a file of its own",
        "posthog",
        [
            Swap(
                "strategy.yaml",
                "  - id: use-case-selling\n    name: Use-case selling\n",
                "  - id: use-case-selling\n    name: Selling by use case\n",
            ),
        ],
        silent=True,
    ),
    Slip(
        "a new answer in a file of its own",
        "root",
        [
            Write(
                "strategy/objections/no-operators.yaml",
                "id: no-operators\nsays: Who is going to run that machine at night?\ncategory: trust\n"
                "respond: Nobody has to. It reports to our line by itself, and a technician is with you within a day.\n",
            )
        ],
        silent=True,
    ),
)
"""The edits."""
