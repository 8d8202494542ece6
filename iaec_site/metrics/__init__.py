"""What a running site tells Prometheus, at an address of its own: see docs/decisions/0050-metrics.md."""
