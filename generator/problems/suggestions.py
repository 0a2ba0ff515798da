"""Did you mean: the known word nearest to one that is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Known = Mapping[str, Sequence[str]] | Sequence[str]
"""Words that may be written; with a mapping, each with the other names it goes by."""

_NEAR = 0.7
_FEW = 20
"""Of so few words it is soon told by their letters that none is near."""
_SURE = 0.8
_AHEAD = 0.1
_NEGATIONS = frozenset({"not", "no", "non", "never", "without"})
_NEGATING = frozenset({"un", "in", "im", "dis", "non"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word that may have been meant. `sure` where it is near and no other word is nearly as near."""

    word: str
    sure: bool


def find_exact(wanted: str, known: Mapping[str, Sequence[str]]) -> str | None:
    """The one word that is called just so, but for capitals, blanks and hyphens; None where none or
    several are.
    """
    plain = _plain(wanted)
    found = [
        word
        for word, names in known.items()
        if any(_plain(form) == plain for form in (word, *names))
    ]
    return found[0] if len(found) == 1 else None


def suggest(wanted: str, known: Known) -> str | None:
    """The known word nearest to `wanted`, or None where none is near."""
    found = find_nearest(wanted, known)
    return found.word if found else None


def find_nearest(wanted: str, known: Known) -> Suggestion | None:
    """The known word nearest to `wanted` by its own form or by another name it goes by."""
    forms: dict[str, str] = {}
    for word in known:
        names = known[word] if isinstance(known, Mapping) else ()
        for form in (word, *names):
            forms.setdefault(_plain(form), word)
    plain = _plain(wanted)
    if plain in forms:
        return Suggestion(forms[plain], True)
    if len(forms) <= _FEW and not any(_share_letters(plain, form) for form in forms):
        return None
    from rapidfuzz import process  # few words are misspelt, and it takes a while to load
    from rapidfuzz.distance import Indel

    near = process.extract_iter(
        plain, forms.keys(), scorer=Indel.normalized_similarity, score_cutoff=_NEAR
    )
    ranked: dict[str, float] = {}
    for form, alike, _ in near:
        if not _turns_round(plain, form):
            ranked[forms[form]] = max(ranked.get(forms[form], 0.0), alike)
    best = sorted(ranked, key=lambda word: (-ranked[word], word))[:2]
    if not best:
        return None
    ahead = len(best) == 1 or ranked[best[0]] - ranked[best[1]] >= _AHEAD
    return Suggestion(
        best[0], ahead and ranked[best[0]] >= _SURE and _is_slip(plain, _plain(best[0]))
    )


def _share_letters(wanted: str, word: str) -> bool:
    """Whether two words have so many letters in common that they may be near to each other."""
    common = (Counter(wanted) & Counter(word)).total()
    return 2 * common >= _NEAR * (len(wanted) + len(word))


def _turns_round(wanted: str, word: str) -> bool:
    """Whether one says the opposite of the other: `not primary`, `inactive`."""
    shorter, longer = sorted((wanted, word), key=len)
    if _NEGATIONS & (set(shorter.split()) ^ set(longer.split())):
        return True
    return longer.endswith(shorter) and longer[: len(longer) - len(shorter)] in _NEGATING


def _is_slip(wanted: str, word: str) -> bool:
    """Whether two words differ as by a slip of the pen: not in their figures, nor by a word too
    many.
    """
    return _figures(wanted) == _figures(word) and wanted.count(" ") == word.count(" ")


def _figures(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("_", " ").replace("-", " ").split())[:200]
