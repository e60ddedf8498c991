"""What the facts prove on a day: judgements as pages and as API. Nothing here is stored."""
