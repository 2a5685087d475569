"""Training without its trainers: configuration, rows, datasets, what fits, reports."""
