"""Themes of a corpus: found, described, and doubted.

``vectors`` and ``models`` under ``clustering`` (one model), ``description`` (shares, sentences) and ``coherence``;
``resampled`` fits many, from which ``choice`` reads how many topics there are and ``consensus`` which units stay
together; ``agreement`` compares models.
"""

from analysis.topics.agreement import cluster_runs as cluster_runs
from analysis.topics.agreement import recovery as recovery
from analysis.topics.agreement import seed_agreement as seed_agreement
from analysis.topics.choice import choose_k as choose_k
from analysis.topics.clustering import cluster as cluster
from analysis.topics.coherence import topic_coherence as topic_coherence
from analysis.topics.consensus import consensus_clusters as consensus_clusters
from analysis.topics.consensus import verdict as verdict
from analysis.topics.description import representatives as representatives
from analysis.topics.description import shares as shares
from analysis.topics.resampled import resample_topics as resample_topics
from analysis.topics.vectors import vectorise as vectorise
