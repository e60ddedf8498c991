"""The guided path of an assessment: all rounds, one of them with its steps, and a page for each step."""
