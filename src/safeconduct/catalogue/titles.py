"""What the keys of the catalogue are called, and how several of them join in one sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from safeconduct.core.dates import Duration
from safeconduct.core.quantities import Money, SetValue, Value, write_value
from safeconduct.core.records.catalogue import Catalogue, Control, Parameter, Programme

FAMILY_TITLES = {
    "A": "Compliance record",
    "B": "Commercial records",
    "C": "Financial viability",
    "D": "Consultation, co-operation, communication",
    "E": "Education, training, threat awareness",
    "F": "Information exchange, access, confidentiality",
    "G": "Cargo security",
    "H": "Conveyance security",
    "I": "Premises security",
    "J": "Personnel security",
    "K": "Trading partner security",
    "L": "Crisis management and recovery",
    "M": "Measurement, analyses, improvement",
    "governance": "Governance",
    "risk": "Risk",
    "compliance": "Compliance",
    "records": "Records",
    "finance": "Finance",
}
"""The thirteen elements of the SAFE Framework, and what lies beside them."""


def plain(key: str) -> str:
    """A key read out.

    >>> plain("highway-carrier")
    'highway carrier'
    """
    return key.replace("-", " ")


def joined(words: Iterable[str], last: str = "and") -> str:
    """Words as one list; set apart by semicolons where one of them holds a comma.

    >>> joined(["gates", "docks", "yard"]), joined(["visit", "audit"], "or"), joined(["cab, sleeper", "roof"])
    ('gates, docks and yard', 'visit or audit', 'cab, sleeper; and roof')
    """
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    if any(", " in word for word in listed):
        return f"{'; '.join(listed[:-1])}; {last} {listed[-1]}"
    return f"{', '.join(listed[:-1])} {last} {listed[-1]}"


def lower_first(text: str) -> str:
    """A title inside a sentence; what begins with two capitals or a single letter (EU AEO, A4) keeps its form.

    >>> lower_first("Seals are kept"), lower_first("ISO 28000")
    ('seals are kept', 'ISO 28000')
    """
    first = text.split(" ", 1)[0]
    return text if any(letter.isupper() or letter.isdigit() for letter in first[1:]) else text[:1].lower() + text[1:]


def value_words(value: Value) -> str:
    """A value as people read it.

    >>> from safeconduct.core.quantities import ParameterKind, read_value
    >>> value_words(read_value(ParameterKind.DURATION, "1 year"))
    '1 year'
    >>> value_words(read_value(ParameterKind.MONEY, "50000 CNY"))
    '50,000 CNY'
    """
    match value:
        case Duration(count, unit):
            return f"{count} {unit.value.removesuffix('s')}" if count == 1 else f"{count} {unit.value}"
        case Money(amount, currency):
            return f"{_grouped(amount)} {currency}"
        case Decimal():
            return _grouped(value)
        case SetValue():
            return joined(sorted(plain(one) for one in value.yes)) or "none"
        case str():
            return plain(value)
        case _:
            return write_value(value)


def span_words(span: Duration) -> str:
    """A length of time after *the last* or *in the*.

    >>> from safeconduct.core.quantities import read_duration
    >>> span_words(read_duration("1 year")), span_words(read_duration("2 years"))
    ('year', '2 years')
    """
    return value_words(span).removeprefix("1 ") if span.count == 1 else value_words(span)


def _grouped(number: Decimal) -> str:
    """Thousands set apart; no zeros after the point that say nothing."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Titles:
    """Looks words up; a key that has no title is read out. `programme` names its variants."""

    catalogue: Catalogue
    programme: Programme | None = None

    def control(self, key: str) -> str:
        """The title of a control."""
        found = self.catalogue.controls.get(key)
        return found.title if found else plain(key)

    def element(self, terms: str, key: str) -> str:
        """An element of a list in words."""
        found = self.catalogue.terms.lists.get(terms)
        return found.title(key) if found else plain(key)

    def elements_of(self, control: Control, keys: Iterable[str]) -> str:
        """The elements a control is kept by, in the order asked."""
        return joined(self.element(control.by, key) for key in keys)

    def value(self, parameter: Parameter, value: Value) -> str:
        """A value of a parameter; words of a list by their titles."""
        return self.element(parameter.terms, value) if isinstance(value, str) else value_words(value)

    def trait(self, key: str) -> str:
        """What a trait or a check list says."""
        return self.catalogue.terms.titles.get(key, plain(key))

    def person(self, key: str) -> str:
        """Whom something is about."""
        return self.element("concerned", key)

    def role(self, key: str) -> str:
        """An operator role."""
        return lower_first(self.catalogue.terms.roles.get(key, plain(key)))

    def variant(self, key: str) -> str:
        """A level of the programme."""
        titles = self.programme.variant_titles if self.programme else {}
        return titles.get(key, key.upper())

    def scheme(self, key: str) -> str:
        """A status a partner or a unit can hold."""
        found = self.catalogue.terms.schemes.get(key)
        return found.title if found else plain(key)

    def issuer(self, programme: str) -> str:
        """Who issues a programme, by its key."""
        editions = [one for one in self.catalogue.programmes.values() if one.key == programme]
        return editions[-1].owner if editions else plain(programme).upper()

    def event(self, key: str) -> str:
        """A kind of event."""
        found = self.catalogue.terms.events.get(key)
        return found.title if found and found.title else plain(key)

    def figure(self, key: str) -> str:
        """A figure of the accounts."""
        found = self.catalogue.terms.figures.get(key)
        return found.title if found and found.title else plain(key)

    def proof(self, key: str) -> str:
        """A kind of proof."""
        found = self.catalogue.terms.proofs.get(key)
        return found.title if found and found.title else plain(key)
