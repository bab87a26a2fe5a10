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
    "accept_terms": "discovery",
    "align_kwic": "concordance",
    "article_name": "plots",
    "build_profile": "profiles",
    "choose_k": "stability",
    "cluster": "topics",
    "cluster_runs": "quality",
    "collocations": "concordance",
    "consensus": "ranking",
    "consensus_clusters": "coassignment",
    "discover_terms": "discovery",
    "dispersion": "spread",
    "evaluate_segmentation": "evaluation",
    "explain_guess": "segmentation",
    "explore_seeds": "topic_plots",
    "figure": "figures",
    "filter_tokens": "terms",
    "find_coinages": "mentions",
    "find_documents": "mentions",
    "find_terms": "mentions",
    "frequencies": "terms",
    "headlines": "structure",
    "iterate_tokens": "parts",
    "keyness": "contrast",
    "keywords": "ranking",
    "kwic": "concordance",
    "load_aliases": "lexicon",
    "load_articles": "corpus",
    "load_corpus": "corpus",
    "load_glosses": "lexicon",
    "load_gold": "gold",
    "load_lexicon": "lexicon",
    "load_profile": "profile_files",
    "load_readings": "corpus",
    "load_repairs": "corpus",
    "load_stopwords": "lexicon",
    "load_tokens": "parts",
    "normalisation_report": "reading",
    "normalise": "reading",
    "outline": "structure",
    "page_layout": "page_plots",
    "plot_agreement": "plots",
    "plot_choose_k": "topic_plots",
    "plot_consensus": "topic_maps",
    "plot_dendrogram": "topic_maps",
    "plot_flow": "topic_plots",
    "plot_heatmap": "plots",
    "plot_history": "keyword_plots",
    "plot_intervals": "plots",
    "plot_keyness": "keyword_plots",
    "plot_keywords": "plots",
    "plot_lexicon_effect": "plots",
    "plot_network": "keyword_plots",
    "plot_outline": "page_plots",
    "plot_page": "page_plots",
    "plot_positions": "keyword_plots",
    "plot_rates": "page_plots",
    "plot_runs": "topic_plots",
    "plot_shares": "plots",
    "plot_topic_map": "topic_maps",
    "plot_topic_shares": "topic_plots",
    "plot_topic_terms": "topic_plots",
    "plot_wordclouds": "plots",
    "read_folder": "reading",
    "read_text": "reading",
    "recovery": "quality",
    "representatives": "portraits",
    "resolve_aliases": "segmentation",
    "restoration_rates": "restoration",
    "restore": "restoration",
    "save_figure": "figures",
    "save_profile": "profile_files",
    "scramble": "restoration",
    "section_name": "plots",
    "section_starts": "spread",
    "seed_agreement": "quality",
    "segment": "segmentation",
    "segmentation_errors": "errors",
    "segment_files": "streaming",
    "shares": "portraits",
    "split_clauses": "sentences",
    "split_sentences": "sentences",
    "tag_tokens": "segmentation",
    "term_history": "profiles",
    "term_matrix": "terms",
    "term_positions": "spread",
    "terms_in": "lexicon",
    "topic_coherence": "coherence",
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
