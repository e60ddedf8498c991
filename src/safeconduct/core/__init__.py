"""The plain core: frozen records and pure functions. No web, no database, no files, no clock."""
