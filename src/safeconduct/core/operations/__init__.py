"""What happened and what was looked up: look-backs, list checks, measures, weaknesses put right."""
