"""The one codec: a record, its facts form, its JSON Schema and its journal payload agree."""
