"""The Django server: it stores facts, asks the core, and shows the answer. One app per subject."""
