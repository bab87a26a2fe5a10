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
    "evaluate_segmentation": "evaluation",
    "figure": "figures",
    "find_coinages": "mentions",
    "find_documents": "mentions",
    "find_terms": "mentions",
    "frequencies": "terms",
    "headlines": "structure",
    "keywords": "terms",
    "load_aliases": "lexicon",
    "load_articles": "corpus",
    "load_corpus": "corpus",
    "load_gold": "gold",
    "load_lexicon": "lexicon",
    "load_readings": "corpus",
    "load_repairs": "corpus",
    "load_stopwords": "lexicon",
    "page_layout": "page_plots",
    "normalisation_report": "reading",
    "normalise": "reading",
    "outline": "structure",
    "plot_agreement": "plots",
    "plot_heatmap": "plots",
    "plot_keywords": "plots",
    "plot_lexicon_effect": "plots",
    "plot_outline": "page_plots",
    "plot_page": "page_plots",
    "plot_rates": "page_plots",
    "plot_shares": "plots",
    "plot_wordclouds": "plots",
    "read_folder": "reading",
    "read_text": "reading",
    "resolve_aliases": "segmentation",
    "restoration_rates": "restoration",
    "restore": "restoration",
    "save_figure": "figures",
    "seed_agreement": "topics",
    "scramble": "restoration",
    "section_name": "plots",
    "segmentation_errors": "errors",
    "segment": "segmentation",
    "shares": "topics",
    "split_clauses": "sentences",
    "split_sentences": "sentences",
    "tag_tokens": "segmentation",
    "term_matrix": "terms",
    "undo": "restoration",
    "use_style": "figures",
    "vectorise": "topics",
    "worst_sentences": "errors",
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
