"""Word files: templates compiled and filled, text read back, parts written the same everywhere."""
