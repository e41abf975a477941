"""Saved web pages into books: `prepare` a page, `publish` an edition, or `convert` at once."""
