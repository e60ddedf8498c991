"""Numbers of a risk in words: amounts, shares, and how often something happens."""

from __future__ import annotations


def rounded(number: float) -> str:
    """An amount to three places that count, with its thousands set apart.

    >>> rounded(1234567.0), rounded(87654.0), rounded(3.2), rounded(0.0)
    ('1,230,000', '87,700', '3', '0')
    """
    places = max(0, len(str(int(abs(number)))) - 3)
    return f"{round(number / 10**places) * 10**places:,}"


def percent(share: float) -> str:
    """A share in percent, small ones with more digits.

    >>> percent(0.42), percent(0.012), percent(0.0004), percent(0.0)
    ('42 %', '1.2 %', '0.04 %', '0 %')
    """
    if share and abs(share) < 0.1:
        return f"{share * 100:.2g} %"
    return f"{share * 100:.0f} %"


def times(rate: float) -> str:
    """How often a year, in words people use.

    >>> times(2.4), times(0.25), times(0.004), times(0)
    ('2.4 times a year', 'once in 4 years', 'once in 250 years', 'never')
    """
    if rate <= 0:
        return "never"
    if rate >= 0.95:
        return f"{rate:.2g} times a year" if rate < 100 else f"{rate:,.0f} times a year"
    years = 1 / rate
    return f"once in {years:,.0f} years" if years >= 3 else f"once in {years:.1f} years"
