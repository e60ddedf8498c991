"""Trading partners and what assures them."""
