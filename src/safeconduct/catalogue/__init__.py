"""Law and practice as files: the strict loader and the data it reads, shipped with the package."""
