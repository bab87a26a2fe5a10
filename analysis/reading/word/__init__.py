"""Word files: ``document`` reads what ``parts`` unpacks, with its numbers, equations and styles."""
