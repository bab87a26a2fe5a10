"""How many dimensions units differ in beyond chance, and whether they lie in groups there."""

import numpy as np
from scipy.linalg import eigh
from scipy.sparse import csr_matrix, hstack, vstack
from scipy.special import logsumexp
from sklearn.cluster import KMeans

ROUNDS = 60
DRAWS = 200
BLOCK = 2_000_000  # numbers held at a time


def deal(counts: csr_matrix, groups: np.ndarray, random: np.random.Generator) -> csr_matrix:
    """Deal the terms anew to the units of each group: what a corpus would be if groups were all there is.

    A term comes into as many units of the group as before, and with the same counts: a word that is said over and
    over in one unit stays so.
    """
    order = np.argsort(groups, kind="stable")
    parts = [_dealt(counts[np.flatnonzero(groups == group)], random) for group in np.unique(groups)]
    return vstack(parts, "csr")[np.argsort(order)]


def _dealt(counts: csr_matrix, random: np.random.Generator) -> csr_matrix:
    """Deal to all units, in proportion to how many different terms they had.

    The largest of logarithms with Gumbel noise are a weighted sample without replacement: Yellott (1977), JMP 15.
    """
    lengths = np.log(np.maximum(counts.getnnz(axis=1), 0.5))[:, None]
    parts = []
    for start in range(0, counts.shape[1], step := max(BLOCK // counts.shape[0], 1)):
        cells = counts[:, start : start + step].toarray()
        units = np.argsort(-lengths - random.gumbel(size=cells.shape), axis=0)
        filled = np.argsort(np.where(cells > 0, random.random(cells.shape), 2), axis=0)
        np.put_along_axis(cells, units, np.take_along_axis(cells, filled, axis=0), axis=0)
        parts.append(csr_matrix(cells))
    return hstack(parts, "csr")


def spectrum(matrix: csr_matrix, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the ``most`` largest eigenvalues of the centred cosines between units, and units' places.

    ``matrix`` has rows of length one. A unit's cosine with itself holds its own noise and is left out: what remains
    is without bias.
    """
    cosine = (matrix @ matrix.T).toarray()
    np.fill_diagonal(cosine, 0)
    units = len(cosine)
    mean = cosine.sum(axis=1) / (units - 1)
    cosine -= mean[:, None] + mean - mean.mean()
    np.fill_diagonal(cosine, 0)
    values, vectors = eigh(cosine, subset_by_index=[units - most, units - 1])
    places = vectors[:, ::-1] * np.sqrt(np.maximum(values[::-1], 0))
    return values[::-1].round(6), places.round(6)


def grouped(places: np.ndarray, k: int, seed: int = 0) -> tuple[np.ndarray, float]:
    """Return k groups of the units, and how much more likely k points are than the simplex between k points.

    Two models of the same places, each with k corners and one spread: units at the corners, or everywhere between
    them alike (Dirichlet(1), as a mixture of many drawn points). The value is the difference of their largest log
    likelihoods; the corners alone have k - 1 shares besides.
    """
    start = KMeans(k, n_init=10, random_state=seed).fit(places)
    corners, spread = start.cluster_centers_, max(start.inertia_ / places.size, 1e-6)
    points = _likelihood(places, np.eye(k), corners, spread, shares=True)
    between = np.random.default_rng(seed).dirichlet(np.ones(k), DRAWS)
    return start.labels_, round(points - _likelihood(places, between, 1.3 * corners, spread), 6)


def _likelihood(places: np.ndarray, parts: np.ndarray, corners: np.ndarray, spread: float, shares=False) -> float:
    """Return the largest log likelihood of places around the points that are ``parts`` of unknown corners (EM)."""
    weights = np.full(len(parts), 1 / len(parts))
    for _ in range(ROUNDS):
        squares = ((places[:, None] - parts @ corners) ** 2).sum(axis=2)
        log = np.log(weights) - squares / (2 * spread) - places.shape[1] / 2 * np.log(2 * np.pi * spread)
        each = logsumexp(log, axis=1, keepdims=True)
        member = np.exp(log - each)
        size = member.sum(axis=0)
        gram = (parts * size[:, None]).T @ parts + 1e-9 * np.eye(len(corners))
        corners = np.linalg.solve(gram, parts.T @ (member.T @ places))
        squares = ((places[:, None] - parts @ corners) ** 2).sum(axis=2)
        spread = max((member * squares).sum() / places.size, 1e-6)
        weights = np.maximum(size / len(places), 1e-9) if shares else weights
    return float(each.sum())
