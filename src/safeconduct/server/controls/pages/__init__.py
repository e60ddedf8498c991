"""Pages about controls in place and what shows them."""
