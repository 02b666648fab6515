"""What it costs, measured beside peers in the same run: ``make bench``."""
