"""A user's own documents to text: encodings, Word files, web pages, PDFs.

``sources`` finds the files; ``decoding`` tells encodings apart by how Chinese the result looks;
``formats``, ``pdf`` and ``layout`` take the text out of other formats, with packages that
``extras`` imports when needed; ``normalisation`` makes characters alike; ``documents`` reads
one document, or many in a stream, and ``folders`` a folder with its metadata into a table.
``marks`` and ``numbering`` know the brackets, stops, numerals and numbered headings of Chinese
prose, for all rooms above.
"""

from analysis.reading.documents import read_text
from analysis.reading.folders import read_folder
from analysis.reading.normalisation import normalisation_report, normalise
from analysis.reading.sources import Problem

__all__ = ["Problem", "normalisation_report", "normalise", "read_folder", "read_text"]
