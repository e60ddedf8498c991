"""Pages about what the facts prove: each prepares values, its template prints them."""
