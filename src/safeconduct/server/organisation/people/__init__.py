"""Pages for administrators: who may come in, with which role, and which programs; and erasing who somebody was."""
