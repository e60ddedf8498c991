"""Risk: what the controls standing at a place leave of a threat, how often and how much, and what a control is worth.

Reads only control standings. `severity` and `frequency` are the two halves of a peril; `annual` is its exact year.
"""
