"""Pages of the catalogue: what is asked, never who meets it. Each prepares values, its template prints them."""
