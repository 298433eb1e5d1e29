"""Files: written whole or not at all, read with clear errors; networks as JSON."""
