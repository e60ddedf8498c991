"""A year as one count times one loss, as the FAIR calculators published in Python reckon it: a foil for the exact law.

Each year draws a number of events, which need not be whole, and multiplies it with a single loss. A loss that happens
once in 500 years then costs a little in every year, and never what it costs. Where the package pyfair is installed it
answers itself; else its published method is done here with the same normal laws.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def fractional(rate: float, mean: float, deviation: float, years: int) -> tuple[str, NDArray[np.floating[Any]]]:
    """Who answered, and the losses of so many years: a rate known exactly, and a normal law of the loss."""
    if find_spec("pyfair") is None:
        losses = np.random.default_rng(1).normal(mean, deviation, years).clip(0)
        return "a fractional count times a loss", rate * losses
    model = import_module("pyfair").FairModel(name="rare", n_simulations=years)
    model.input_data("Loss Event Frequency", mean=rate, stdev=0)
    model.input_data("Loss Magnitude", mean=mean, stdev=deviation)
    model.calculate_all()
    return "pyfair", np.asarray(model.export_results()["Risk"])
