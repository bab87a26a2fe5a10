"""A user's own documents to text; ``marks`` and ``numbering`` know Chinese punctuation and headings for all rooms."""

from analysis.reading.documents import read_text
from analysis.reading.folders import read_folder
from analysis.reading.normalisation import normalisation_report, normalise
from analysis.reading.sources import Problem

__all__ = ["Problem", "normalisation_report", "normalise", "read_folder", "read_text"]
