"""Every kind of fact as a plain register: list, form, history, and taking away what should never have been there."""
