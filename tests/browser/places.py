"""One page of every kind of the root site."""

PAGES = (
    "", "objectives/", "scorecard/", "how-we-work/", "qualification/", "proof/", "people/", "assets/", "glossary/",
    "announcements/", "field-notes/", "components/", "markets/", "markets/dairies/", "personas/", "personas/cfo/",
    "offerings/", "offerings/korva-160/", "differentiators/", "differentiators/boiler-stays/", "competitors/",
    "competitors/gas-boiler/", "objections/", "objections/too-expensive/", "plays/", "plays/boiler-retirement/", "stages/",
    "stages/study/", "how-to-read-this-playbook/",
)  # fmt: skip
