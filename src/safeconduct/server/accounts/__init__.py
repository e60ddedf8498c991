"""Who may come in, to which organisation, and what they may do there."""
