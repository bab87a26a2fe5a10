"""A text as units: articles, sections, paragraphs, measures, sentences, clauses, and what they mention.

``loading`` makes the table; ``recognition`` tells prose from what is none, ``structure``, ``enumerations`` and
``sentences`` cut it; ``heads`` reads who issued a document, ``mentions`` finds documents, coinages and terms,
and ``places`` the names of ``regions``.
"""

from analysis.corpus.heads import document_heads
from analysis.corpus.loading import load_articles, load_corpus
from analysis.corpus.mentions import find_mentions
from analysis.corpus.regions import load_regions
from analysis.corpus.sentences import split_clauses, split_sentences
from analysis.corpus.structure import headlines, outline

__all__ = [
    "document_heads",
    "find_mentions",
    "headlines",
    "load_articles",
    "load_corpus",
    "load_regions",
    "outline",
    "split_clauses",
    "split_sentences",
]
