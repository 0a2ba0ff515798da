"""The kinds of entry, each a class with the fields that the schema gives it, by subject."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.entry import Entry
from generator.model.kinds.company import Contact, Person, Term
from generator.model.kinds.dialogue import Announcement, Bearing, FieldNote
from generator.model.kinds.differentiation import (
    Comparison,
    Competitor,
    Differentiator,
    News,
    Proof,
    Quote,
    Reply,
)
from generator.model.kinds.learning import LearningPath, Level, PathStep, Skill
from generator.model.kinds.markets import (
    Buying,
    Horizon,
    Horizons,
    IdealCustomer,
    Market,
    MarketMessage,
    Pain,
    Persona,
    Segment,
    Target,
    Trigger,
)
from generator.model.kinds.objectives import (
    Assumption,
    Evidence,
    Initiative,
    Measure,
    Objective,
)
from generator.model.kinds.offerings import (
    Capability,
    Guardrails,
    Limitation,
    NextOffering,
    Offering,
    Package,
)
from generator.model.kinds.outcomes import DealStory, Pitch, Range, ValueDriver
from generator.model.kinds.own import OwnEntry
from generator.model.kinds.selling import (
    Activity,
    Asset,
    Coach,
    Element,
    Ends,
    Objection,
    Play,
    Qualification,
    Stage,
    Step,
)

__all__ = [
    "KIND_CLASSES",
    "Activity",
    "Announcement",
    "Asset",
    "Assumption",
    "Bearing",
    "Buying",
    "Capability",
    "Coach",
    "Comparison",
    "Competitor",
    "Contact",
    "DealStory",
    "Differentiator",
    "Element",
    "Ends",
    "Evidence",
    "FieldNote",
    "Guardrails",
    "Horizon",
    "Horizons",
    "IdealCustomer",
    "Initiative",
    "LearningPath",
    "Level",
    "Limitation",
    "Market",
    "MarketMessage",
    "Measure",
    "News",
    "NextOffering",
    "Objection",
    "Objective",
    "Offering",
    "OwnEntry",
    "Package",
    "Pain",
    "PathStep",
    "Person",
    "Persona",
    "Pitch",
    "Play",
    "Proof",
    "Qualification",
    "Quote",
    "Range",
    "Reply",
    "Segment",
    "Skill",
    "Stage",
    "Step",
    "Target",
    "Term",
    "Trigger",
    "ValueDriver",
]

KIND_CLASSES: Mapping[str, type[Entry]] = {
    cls.KIND: cls
    for cls in (
        Market,
        Persona,
        ValueDriver,
        Offering,
        Differentiator,
        Proof,
        DealStory,
        Competitor,
        Objection,
        Play,
        Stage,
        Qualification,
        Skill,
        LearningPath,
        Objective,
        Assumption,
        Person,
        Asset,
        Term,
        FieldNote,
        Announcement,
    )
}
