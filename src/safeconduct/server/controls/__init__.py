"""Controls in place and what shows them."""
