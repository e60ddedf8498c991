"""What the organisation is enrolled in, and what persons decided about requirements."""
