"""Pages that enrol, answer, decide and confirm; what stands is shown by the pages of posture."""
