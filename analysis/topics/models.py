"""The four ways of grouping units, on one footing: memberships, strengths, term weights."""

import warnings
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy.cluster.hierarchy import cut_tree, linkage
from scipy.optimize import nnls
from scipy.sparse import csr_matrix, diags, issparse
from scipy.spatial.distance import squareform
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import ThreadpoolController

METHODS = ("nmf", "lda", "kmeans", "agglomerative")
MIXED = ("nmf", "lda")  # units have parts of several topics; clusters hold units whole


class Fit(NamedTuple):
    """``strengths`` (units × k), ``weights`` (k × columns: components or centres), ``found``."""

    method: str
    strengths: np.ndarray
    weights: np.ndarray
    found: np.ndarray


_libraries = lru_cache(maxsize=1)(ThreadpoolController)  # to look for them takes as long as a fit


def one_thread():
    """Open a context in which sums are done in one order, whatever the machine."""
    return _libraries().limit(limits=1)


def fit(matrix, k: int, method: str, seed: int, *, starts=10, random=False, times=None, placed=None) -> Fit:
    """Fit one model.

    ``matrix`` has unit-length rows, or counts for LDA. ``starts`` of k-means, of which the best counts.
    ``random`` lets NMF start from chance and not from the decomposition of the matrix. ``times`` each row
    counts (array); equal rows would tie, and ties fall by the processor's rounding. ``placed``: rows that the
    model is to place in the stead of those it was fitted to.
    """
    strengths = found = None
    if times is not None and method in ("lda", "agglomerative"):
        matrix = matrix[np.repeat(np.arange(matrix.shape[0]), times)]
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):  # the root of an error of -0
        # Where NMF stops early, or k-means leaves clusters empty, agreement between fits tells.
        warnings.simplefilter("ignore", ConvergenceWarning)
        if method == "nmf":
            model = NMF(k, init="random" if random else "nndsvd", tol=1e-4, max_iter=100, random_state=seed)
            # In a sum of squares, a row times the root of a number counts as often as that number says.
            weights = model.fit(matrix if times is None else diags(np.sqrt(times)) @ matrix).components_
        elif method == "lda":
            model = LatentDirichletAllocation(k, max_iter=20, random_state=seed)
            strengths, weights = model.fit_transform(matrix), model.components_
        elif method == "kmeans":
            model = KMeans(k, n_init=starts, random_state=seed).fit(matrix, sample_weight=times)
            found, weights = model.labels_, model.cluster_centers_
        else:
            found = cut_tree(ward(matrix), k)[:, 0]  # with ties of height, fcluster may return fewer
            weights = centres(matrix, found, k)
    if placed is not None:
        matrix, strengths, found = placed, None, None
    if strengths is None:
        strengths = place(matrix, method, weights)
    if found is None:
        found = strengths.round(6).argmax(axis=1)  # near-ties go to the first
    return Fit(method, strengths, weights, found)


def place(matrix, method: str, weights: np.ndarray) -> np.ndarray:
    """Give units, seen or not, their strengths in a fitted model.

    NMF: parts of the non-negative least squares solution, summing to 1; LDA: the same on the topics'
    distributions; clusters: cosine with each centre, negative ones set to 0.
    """
    if method in MIXED:
        if method == "lda":
            weights = weights / weights.sum(axis=1, keepdims=True)
        return _parts(matrix @ weights.T, weights @ weights.T)
    norms = np.linalg.norm(weights, axis=1)
    return np.maximum(matrix @ (weights / np.where(norms > 0, norms, 1)[:, None]).T, 0)


def _parts(products: np.ndarray, gram: np.ndarray) -> np.ndarray:
    """Solve min |x - wH|, w >= 0, for each row from xH' and HH' alone.

    With HH' = LL', |x - wH|² is |L⁻¹Hx' - L'w'|² and a constant: k numbers a unit stand for all its terms.
    The ridge keeps topics of the same terms from making HH' singular.
    """
    ridge = 1e-9 * max(np.trace(gram), 1e-9) * np.eye(len(gram))
    root = np.linalg.cholesky(gram + ridge)
    targets = np.linalg.solve(root, products.T).T
    found = np.stack([nnls(root.T, target)[0] for target in targets])
    total = found.sum(axis=1, keepdims=True)
    return found / np.where(total > 0, total, 1)


def one_hot(found: np.ndarray, k: int) -> csr_matrix:
    """Return memberships (units × k)."""
    n = len(found)
    return csr_matrix((np.ones(n), (np.arange(n), found)), shape=(n, k))


def centres(matrix, found: np.ndarray, k: int) -> np.ndarray:
    """Return the mean row of each cluster."""
    total = one_hot(found, k).T.tocsr() @ matrix
    total = total.toarray() if issparse(total) else total
    return total / np.maximum(np.bincount(found, minlength=k), 1)[:, None]


def term_weights(model: Fit, tfidf, k: int) -> np.ndarray:
    """Return what topics are made of: components, or the mean TF-IDF of a cluster's units."""
    return model.weights if model.method in MIXED else centres(tfidf, model.found, k)


def ward(matrix) -> np.ndarray:
    """Return Ward's tree of the rows, from Euclidean distances rounded to 6 decimals."""
    cosine = matrix @ matrix.T
    cosine = cosine.toarray() if issparse(cosine) else cosine
    squares = np.diag(cosine)
    distance = np.sqrt(np.maximum(squares[:, None] + squares - 2 * cosine, 0)).round(6)
    np.fill_diagonal(distance, 0)
    return linkage(squareform(distance, checks=False), "ward")
