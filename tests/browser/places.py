"""One page of every kind: of the root site, and of what only leadership or a strategy with released
versions has.
"""

PAGES = (
    "",
    "objectives/",
    "scorecard/",
    "how-we-work/",
    "qualification/",
    "questions/",
    "call/",
    "proof/",
    "people/",
    "assets/",
    "glossary/",
    "announcements/",
    "field-notes/",
    "components/",
    "markets/",
    "markets/dairies/",
    "personas/",
    "personas/cfo/",
    "offerings/",
    "offerings/korva-160/",
    "differentiators/",
    "differentiators/boiler-stays/",
    "competitors/",
    "competitors/gas-boiler/",
    "objections/",
    "objections/too-expensive/",
    "plays/",
    "plays/boiler-retirement/",
    "stages/",
    "stages/study/",
    "value-drivers/",
    "value-drivers/lower-heat-cost/",
    "wins/",
    "wins/quarter-end-discount/",
    "paths/",
    "paths/account-manager/",
    "skills/",
    "assumptions/",
    "how-to-read-this-playbook/",
)

RELEASED_PAGES = ("announcements/", "versions/2026.3/", "versions/2026.4/", "health/")
"""Of the site that the fixture `released_site` builds."""
