"""Forms of controls in place and of what shows them."""
