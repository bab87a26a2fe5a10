"""A scrambled newspaper page back into its articles; and articles damaged on purpose, to measure how well."""

from analysis.restoration.edition import load_readings, load_repairs, write_edition
from analysis.restoration.page import Article, Paragraph, Restoration, restore, restore_pages, undo
from analysis.restoration.scrambling import DAMAGES, restoration_rates, scramble

__all__ = [
    "DAMAGES",
    "Article",
    "Paragraph",
    "Restoration",
    "load_readings",
    "load_repairs",
    "restoration_rates",
    "restore",
    "restore_pages",
    "scramble",
    "undo",
    "write_edition",
]
