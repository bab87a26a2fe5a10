"""A user's own documents to text: encodings, Word files, web pages, PDFs.

``sources`` finds files, ``documents`` and ``folders`` read them: ``decoding`` tells encodings apart, ``word``,
``web``, ``pdf`` and ``layout`` take the text out, ``normalisation`` makes characters alike. ``marks`` (stops,
brackets) and ``numbering`` (numerals, numbered headings) are the one parser of each for all rooms above.
"""

from analysis.reading.documents import read_text
from analysis.reading.folders import read_folder
from analysis.reading.normalisation import normalisation_report, normalise
from analysis.reading.sources import Problem

__all__ = ["Problem", "normalisation_report", "normalise", "read_folder", "read_text"]
