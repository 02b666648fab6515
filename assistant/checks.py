"""The checks of the gate: what a claim states, its quotes must state, of the same things.

Each check takes what a claim and its quotes state and gives the reason why the claim falls, or
None. Two rules recur. A figure, date, region, office or article of the claim must be in the
quotes; and what stands near it in the claim must not stand nearer to another one of its sort in
the quotes, which is how a swap of two figures is seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from assistant.claims import Claims, Mark
from assistant.directions import AXES
from assistant.names import names_not_in
from assistant.quantities import Quantity
from docs_store.languages import detect_language
from docs_store.sentences import sentence_spans

Check = Callable[[Claims, Claims], str | None]


def _number(claim: Claims, quotes: Claims) -> str | None:
    held = [mark for mark in quotes.marks if mark.quantity]
    of_dates = {
        int(part)
        for mark in quotes.of("date")
        for part in (mark.value[:4], mark.value[-2:] if len(mark.value) > 6 else "")
        if part.isdigit()
    }
    regulations = claim.regulations
    for mark in claim.of("number"):
        assert mark.quantity is not None
        if any(named.start <= mark.start < named.end for named in regulations):
            continue  # compared as a whole
        said = [
            other
            for other in held
            if other.quantity
            and mark.quantity.is_said_by(other.quantity)
            and _fits_unit(mark, other, quotes)
        ]
        if not said:
            if mark.quantity.unit is None and mark.quantity.value in of_dates:
                continue
            if mark.quantity.unit is None and _is_listed_article(mark, quotes):
                continue
            return f"number not in the quotes: {mark.shown}"
        others = [
            other
            for other in held
            if other not in said
            and other.quantity
            and other.quantity.value != mark.quantity.value
            and any(one.quantity and one.quantity.unit == other.quantity.unit for one in said)
        ]
        # A year and a count are rarely mistaken for one another.
        likely = [
            o for o in others if o.quantity and _is_year(o.quantity) == _is_year(mark.quantity)
        ]
        if _belongs_to(mark, said, likely) or _belongs_to(mark, said, others, margin=2):
            return f"number of something else in the quotes: {mark.shown}"
    return None


def _is_year(quantity: Quantity) -> bool:
    return quantity.unit is None and 1900 <= quantity.value <= 2100


def _fits_unit(mark: Mark, other: Mark, quotes: Claims) -> bool:
    assert mark.quantity is not None
    assert other.quantity is not None
    ours, theirs = mark.quantity.unit, other.quantity.unit
    if ours == theirs:
        return True
    if theirs is None:
        return ours in quotes.units  # the unit stands in the head of the column
    if ours is not None or theirs == "%":
        return False
    # "12 miliar" may stand for "Rp12 miliar"; "30 desa" never for "30 hektare".
    counted = {near for near in mark.near if near.startswith("counts:")}
    is_money = theirs in ("rp", "usd")
    return not counted or (
        is_money and any(near.removeprefix("counts:") in other.near for near in counted)
    )


def _is_listed_article(mark: Mark, quotes: Claims) -> bool:
    """Whether it goes on a list of articles: the 8 of "Pasal 7 dan 8"."""
    return any(mark.value in article for article in quotes.articles)


def _belongs_to(mark: Mark, same: Iterable[Mark], others: Iterable[Mark], margin: int = 1) -> bool:
    """Whether what stands near the mark stands, by ``margin`` things more, near another one."""
    own = 0
    for other in same:
        shared = mark.near & (other.near | other.before)
        own = max(own, len(shared))
        if any(near.startswith("counts:") for near in shared):
            margin = 2  # both count the same thing: the rest tells less
    return any(len(mark.near & other.near) >= own + margin for other in others)


def _date(claim: Claims, quotes: Claims) -> str | None:
    held = quotes.of("date")
    for mark in claim.of("date"):
        said = [other for other in held if _is_date_of(mark.value, other.value)]
        if not said:
            return f"date not in the quotes: {mark.shown}"
        if _belongs_to(mark, said, (other for other in held if other not in said)):
            return f"date of something else in the quotes: {mark.shown}"
    return None


def _is_date_of(claimed: str, quoted: str) -> bool:
    if claimed.startswith("--"):
        return quoted.endswith(claimed[1:])
    return quoted == claimed or (len(claimed) == 7 and quoted.startswith(f"{claimed}-"))


def _region(claim: Claims, quotes: Claims) -> str | None:
    held = quotes.of("region")
    for mark in claim.of("region"):
        meant = set(mark.value.split("|"))
        said = [
            other
            for other in held
            # "Malang" may be either where the quote says which; the other way is an addition.
            if other.value == mark.value or (len(meant) > 1 and other.value in meant)
        ]
        if said:
            # Two regions of one sentence ("500 km dari Palu") share more than two figures do.
            if _belongs_to(mark, said, (other for other in held if other not in said), margin=2):
                return f"region of something else in the quotes: {mark.shown}"
        elif held or not _stands_in(mark.shown, quotes.text):
            return f"region not in the quotes: {mark.shown}"
    return None


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


def _office(claim: Claims, quotes: Claims) -> str | None:
    held = quotes.of("office")
    for mark in claim.of("office"):
        said = [other for other in held if other.value == mark.value]
        if not said:
            return f"office not in the quotes: {mark.shown}"
        if _belongs_to(mark, said, (other for other in held if other not in said)):
            return f"office of something else in the quotes: {mark.shown}"
    return None


def _article(claim: Claims, quotes: Claims) -> str | None:
    for wanted in claim.articles:
        if not any(
            all(part is None or part == other for part, other in zip(wanted, held, strict=True))
            for held in quotes.articles
        ):
            last = [part for part in wanted if part][-1]
            return f"article not in the quotes: {last}"
    held = quotes.of("article")
    for mark in claim.of("article"):
        rank, _ = mark.value.split()
        same = [other for other in held if other.value == mark.value]
        others = [o for o in held if o.value != mark.value and o.value.split()[0] == rank]
        if _belongs_to(mark, same, others):
            return f"article of something else in the quotes: {mark.shown}"
    for named in claim.regulations:
        # Their regions are compared as regions.
        key = (named.kind, named.number, named.year)
        if all(key != (other.kind, other.number, other.year) for other in quotes.regulations):
            return f"regulation not in the quotes: {named.key}"
    return None


def _name(claim: Claims, quotes: Claims) -> str | None:
    missing = names_not_in(claim, quotes)
    return f"name not in the quotes: {', '.join(missing)}" if missing else None


def _direction(claim: Claims, quotes: Claims) -> str | None:
    for mark in claim.marks:
        if mark.axis not in AXES:
            continue
        held = quotes.of(mark.axis)
        same = [other for other in held if other.value == mark.value]
        others = [other for other in held if other.value != mark.value]
        if (others and not same) or _belongs_to(mark, same, others):
            return f"the quotes say the opposite of: {mark.shown}"
    return None


def _negation(claim: Claims, quotes: Claims) -> str | None:
    if not (claim.negated or quotes.negated):
        return None
    foreign = {detect_language(claim.text), detect_language(quotes.text)} == {"id", "en"}
    for name in dict.fromkeys([*claim.negated, *quotes.negated]):
        for negated in (True, False):
            same = quotes.places(name, negated=negated)
            others = quotes.places(name, negated=not negated)
            for mark in claim.places(name, negated=negated):
                if (others and not same) or _belongs_to(mark, same, others):
                    return f"negated only in the one or the other: {name}"
                if not same and negated and not (foreign and quotes.negated):
                    return f"a negation that the quotes do not have: {name}"
    if foreign and quotes.negated and not claim.negated and _is_one_sentence(quotes.text):
        return "a negation of the quotes is left out"
    return None


def _is_one_sentence(text: str) -> bool:
    return len(sentence_spans(text)) == 1


CHECKS: tuple[Check, ...] = (
    _number,
    _date,
    _region,
    _office,
    _article,
    _name,
    _direction,
    _negation,
)
