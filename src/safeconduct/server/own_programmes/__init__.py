"""Programmes that an organisation writes itself: drafts, editions published here, and who may enrol in them."""
