"""What every app of the server shares: tenancy, refusals, the clock, the look."""
