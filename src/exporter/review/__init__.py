"""What is left of an article to look at beside its editions: what went and why, a small cover."""
