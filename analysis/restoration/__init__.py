"""A scrambled newspaper page back into its articles.

``blocks`` reads the page and the shapes of its blocks; ``characters`` and ``seams`` weigh
whether two blocks are one paragraph; ``neighbours`` and ``reading_order`` find the best order
of the whole page; ``repairs`` names what was done; ``page`` is what users call; ``scrambling``
damages articles on purpose, to measure how often they come back.
"""

from analysis.restoration.page import Restoration, restore, restore_pages, undo
from analysis.restoration.scrambling import restoration_rates, scramble

__all__ = ["Restoration", "restoration_rates", "restore", "restore_pages", "scramble", "undo"]
