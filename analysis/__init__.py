"""Chinese policy text mining: verbs on tables.

>>> import analysis as pa
>>> corpus = pa.load_corpus()
>>> tokens = pa.segment(corpus.text, lexicon=pa.load_lexicon())
>>> tokens.index.equals(corpus.index)
True

A corpus is a ``DataFrame`` with one row per unit of text, tokens are a ``Series`` of
lists of words on the corpus's index, and a finding is a tidy ``DataFrame``. Names are
imported when first used, so that ``import analysis`` costs nothing.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOME = {
    "DATA": "paths",
    "FIGURES": "paths",
    "ROOT": "paths",
    "article_name": "plots",
    "cluster": "topics",
    "figure": "figures",
    "find_coinages": "mentions",
    "find_documents": "mentions",
    "find_terms": "mentions",
    "frequencies": "terms",
    "keywords": "terms",
    "load_articles": "corpus",
    "load_corpus": "corpus",
    "load_lexicon": "lexicon",
    "load_readings": "corpus",
    "load_repairs": "corpus",
    "load_stopwords": "lexicon",
    "outline": "structure",
    "plot_agreement": "plots",
    "plot_heatmap": "plots",
    "plot_keywords": "plots",
    "plot_lexicon_effect": "plots",
    "plot_shares": "plots",
    "plot_wordclouds": "plots",
    "save_figure": "figures",
    "seed_agreement": "topics",
    "section_name": "plots",
    "segment": "segmentation",
    "shares": "topics",
    "split_clauses": "sentences",
    "split_sentences": "sentences",
    "term_matrix": "terms",
    "use_style": "figures",
    "vectorise": "topics",
}

__all__ = sorted(_HOME)


def __getattr__(name: str):
    if name not in _HOME:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    value = getattr(import_module(f"analysis.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(_HOME))
