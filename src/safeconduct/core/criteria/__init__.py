"""What programmes ask, before any organisation is looked at: obligations, strictest statements, comparisons."""
