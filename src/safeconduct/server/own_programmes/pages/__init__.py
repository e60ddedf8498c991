"""Pages on which a programme is written, checked and published, and found by those who may enrol in it."""
