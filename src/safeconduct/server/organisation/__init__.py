"""The organisation, its legal entities and sites, and its people."""
