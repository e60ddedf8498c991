"""Risk: the security risk assessment as it is recorded, and its pages."""
