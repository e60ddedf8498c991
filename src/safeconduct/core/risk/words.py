"""Numbers of a risk in words: amounts, shares, and how often something happens."""

from __future__ import annotations


def amount(number: float | None) -> str:
    """An amount to three places that count; nothing where there is none.

    >>> amount(1234567.0), amount(87654.0), amount(3.2), amount(None)
    ('1,230,000', '87,700', '3', '')
    """
    if number is None:
        return ""
    places = max(0, len(str(int(abs(number)))) - 3)
    return f"{round(number / 10**places) * 10**places:,}"


def share(number: float) -> str:
    """A share in percent, small ones with more digits.

    >>> share(0.42), share(0.012), share(0.0004), share(0.0)
    ('42 %', '1.2 %', '0.04 %', '0 %')
    """
    if number and abs(number) < 0.1:
        return f"{number * 100:.2g} %"
    return f"{number * 100:.0f} %"


def often(rate: float) -> str:
    """How often, in words people use.

    >>> often(2.4), often(0.25), often(0.004), often(0)
    ('2.4 a year', 'once in 4 years', 'once in 250 years', 'never')
    """
    if rate <= 0:
        return "never"
    if rate >= 0.95:
        return f"{rate:.2g} a year" if rate < 100 else f"{rate:,.0f} a year"
    years = 1 / rate
    return f"once in {years:,.0f} years" if years >= 3 else f"once in {years:.1f} years"
