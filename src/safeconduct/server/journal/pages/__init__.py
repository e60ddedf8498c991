"""Pages of the journal: what was recorded, by whom and when, and whether it still holds together."""
