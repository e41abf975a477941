"""What a run leaves to be read beside the books: the report, and why each word stayed or went."""
