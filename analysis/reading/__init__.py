"""A user's own documents to text: encodings, Word files, web pages, PDFs.

``decoding`` tells encodings apart by how Chinese the result looks; ``formats``, ``pdf`` and
``layout`` take the text out of other formats; ``normalisation`` makes characters alike;
``documents`` is what users call.
"""

from analysis.reading.documents import read_folder, read_text
from analysis.reading.normalisation import normalisation_report, normalise

__all__ = ["normalisation_report", "normalise", "read_folder", "read_text"]
