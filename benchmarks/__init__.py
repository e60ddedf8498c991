"""Figures, never timed tests: how fast judging, loading and the pages are, and how that grows."""
