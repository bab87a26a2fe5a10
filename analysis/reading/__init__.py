"""A user's own documents to text (encodings, Word files, web pages, PDFs), one or a folder of them.

``marks`` and ``numbering`` know the brackets, stops, numerals and numbered headings for all rooms above.
"""

from analysis.reading.documents import read_text
from analysis.reading.folders import read_folder
from analysis.reading.normalisation import normalisation_report, normalise
from analysis.reading.sources import Problem

__all__ = ["Problem", "normalisation_report", "normalise", "read_folder", "read_text"]
