"""The look: marks, parts, pictures and the frame that every page shares. docs/subjects/look.md tells how to use it."""
