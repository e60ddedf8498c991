"""What happened and what was looked up: events, attestations, figures, checks, findings and their actions."""
