"""Every fact's way in: rows, the hash-chained journal, the head that tells what is current, and the facts as of it."""
