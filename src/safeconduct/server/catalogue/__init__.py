"""The catalogue for people: what programmes ask, in words, with source and certainty. It keeps no rows of its own."""
