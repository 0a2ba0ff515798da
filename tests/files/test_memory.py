"""What is kept is given again for the very same thing only."""

from __future__ import annotations

from generator.files.memory import NO_MEMORY, Memory


def test_what_was_kept_is_given_for_the_very_same_thing_only() -> None:
    memory, thing, twin = Memory(), [1], [1]
    kept = memory.about("sums", "today")
    assert kept.of("one", thing, lambda: "worked out") == "worked out"
    assert kept.of("one", thing, lambda: "anew") == "worked out"
    assert kept.of("one", twin, lambda: "anew") == "anew"
    assert memory.about("sums", "today").recall("one", twin) == "anew"
    assert memory.about("sums", "tomorrow").recall("one", twin) is None
    assert NO_MEMORY.about("sums").of("one", thing, lambda: "worked out") == "worked out"
    assert NO_MEMORY.about("sums").recall("one", thing) is None
