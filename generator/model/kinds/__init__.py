"""The kinds of entry, each a class with the fields that the schema gives it, by subject."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.entry import Entry
from generator.model.kinds.company import Contact, Person, Term
from generator.model.kinds.dialogue import Announcement, FieldNote
from generator.model.kinds.differentiation import Competitor, Differentiator, News, Proof, Reply
from generator.model.kinds.markets import (
    Buying,
    Horizon,
    Horizons,
    IdealCustomer,
    Market,
    Pain,
    Persona,
    Segment,
    Target,
    Trigger,
)
from generator.model.kinds.objectives import Initiative, Measure, Objective
from generator.model.kinds.offerings import (
    Capability,
    Guardrails,
    Limitation,
    NextOffering,
    Offering,
    Package,
)
from generator.model.kinds.selling import (
    Asset,
    Element,
    Objection,
    Play,
    Qualification,
    Stage,
    Step,
)

__all__ = [
    "KIND_CLASSES",
    "Announcement",
    "Asset",
    "Buying",
    "Capability",
    "Competitor",
    "Contact",
    "Differentiator",
    "Element",
    "FieldNote",
    "Guardrails",
    "Horizon",
    "Horizons",
    "IdealCustomer",
    "Initiative",
    "Limitation",
    "Market",
    "Measure",
    "News",
    "NextOffering",
    "Objection",
    "Objective",
    "Offering",
    "Package",
    "Pain",
    "Person",
    "Persona",
    "Play",
    "Proof",
    "Qualification",
    "Reply",
    "Segment",
    "Stage",
    "Step",
    "Target",
    "Term",
    "Trigger",
]

KIND_CLASSES: Mapping[str, type[Entry]] = {
    cls.KIND: cls
    for cls in (
        Market,
        Persona,
        Offering,
        Differentiator,
        Proof,
        Competitor,
        Objection,
        Play,
        Stage,
        Qualification,
        Objective,
        Person,
        Asset,
        Term,
        FieldNote,
        Announcement,
    )
}
