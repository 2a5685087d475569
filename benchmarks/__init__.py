"""Speed and memory of the desk beside a floor written for the purpose: `python -m benchmarks`."""
