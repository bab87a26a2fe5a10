"""Word files: ``document`` reads what ``parts`` unpacks, with its numbers, symbols, equations and styles."""
