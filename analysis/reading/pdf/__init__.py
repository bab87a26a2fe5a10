"""PDFs: ``pages`` are read as ``glyphs``, put into lines without ``margins`` and with ``tables``, and laid out."""
