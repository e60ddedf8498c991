"""The report of a security risk assessment: its page, and its chapters in the order of an assessment."""
