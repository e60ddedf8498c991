"""Pages of the security risk assessment."""
