"""Frozen facts and catalogue entries, one module per subject. Only these shapes travel between the floors."""
