"""A scrambled newspaper page back into its articles, and broken paragraphs of other texts back into one.

``blocks`` and ``bylines`` read the page; ``characters``, ``openings`` and ``seams`` weigh whether two blocks are one
paragraph, ``neighbours`` and ``reading_order`` find the best order of all; ``repairs`` names what was done, ``page``
is what users call, ``edition`` writes the result. ``scrambling`` damages articles on purpose, to measure how often
they come back.
"""

from analysis.restoration.edition import load_checks, load_readings, load_repairs, write_edition
from analysis.restoration.page import Article, Paragraph, Restoration, restore, restore_pages, undo
from analysis.restoration.scrambling import DAMAGES, restoration_rates, scramble

__all__ = [
    "DAMAGES",
    "Article",
    "Paragraph",
    "Restoration",
    "load_checks",
    "load_readings",
    "load_repairs",
    "restoration_rates",
    "restore",
    "restore_pages",
    "scramble",
    "undo",
    "write_edition",
]
