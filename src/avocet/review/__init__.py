"""Review: the queue, decisions and their history, search, counters."""
