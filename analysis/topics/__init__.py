"""Themes of a corpus: found, described, and doubted."""

from analysis.topics.agreement import cluster_runs, recovery, seed_agreement
from analysis.topics.choice import choose_k
from analysis.topics.clustering import cluster
from analysis.topics.coherence import topic_coherence
from analysis.topics.consensus import consensus_clusters, verdict
from analysis.topics.description import representatives, shares
from analysis.topics.resampled import resample_topics
from analysis.topics.vectors import vectorise

__all__ = [
    "choose_k",
    "cluster",
    "cluster_runs",
    "consensus_clusters",
    "recovery",
    "representatives",
    "resample_topics",
    "seed_agreement",
    "shares",
    "topic_coherence",
    "vectorise",
    "verdict",
]
