"""A text as units: articles, sections, paragraphs, measures, sentences, clauses.

``loading`` reads an edition or a folder of documents and cuts it into units of one size;
``structure`` parses a text into its nested units, and shows them as headlines; ``sentences``
finds sentences and clauses; ``mentions`` finds what a text names: documents, coinages, terms.
"""

from analysis.corpus.loading import load_articles, load_corpus
from analysis.corpus.mentions import find_mentions
from analysis.corpus.sentences import split_clauses, split_sentences
from analysis.corpus.structure import headlines, outline

__all__ = ["find_mentions", "headlines", "load_articles", "load_corpus", "outline", "split_clauses", "split_sentences"]
