"""The workers that do background tasks, and the sign of life that each of them gives."""
