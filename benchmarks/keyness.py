"""Measure keyness against a plain loop on a large corpus, in time and memory.

    python benchmarks/keyness.py laws.jsonl.gz [--category NAME] [--draws 100]

The file holds one JSON object per line with ``id`` (``category/title``) and ``text``; one
category is compared with the rest. The two articles of this project are measured beside it.
The loop does in plain Python what ``keyness(draws=0)`` computes except for the exact interval,
Fisher's test and the adjusted p-values, and both must agree. Cutting the texts is not part of
it. Seconds are processor seconds, the least of three runs (the loop runs once).
"""

import argparse
import gzip
import json
import math
import time
import tracemalloc
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

import analysis as pa
from analysis.textstats import resampling


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path, help="JSON lines, compressed with gzip")
    parser.add_argument("--category", help="the target; by default the largest category")
    parser.add_argument("--draws", type=int, default=100, help="for the resampling of the corpus")
    parser.add_argument("--synthetic", type=int, default=500_000, help="types of the made-up table")
    options = parser.parse_args()
    articles(draws=1000)
    synthetic(options.synthetic)
    large(options)


def articles(draws: int) -> None:
    corpus = pa.load_corpus()
    tokens = pa.segment(corpus.text, pa.load_lexicon(), stopwords=pa.load_stopwords())
    target = corpus.article == corpus.article.iloc[0]
    fast, table = timed(lambda: pa.keyness(tokens, target, draws=draws), 3)
    counts = pa.term_matrix(tokens)[0]
    sizes = counts.sum(axis=1).A1
    mask = target.to_numpy()
    alone, _ = timed(lambda: resampling.permutation_p(counts, sizes, mask, draws, 2026), 3)
    few = max(draws // 50, 1)
    slow, _ = timed(lambda: permutation_loop(tokens, target, few))
    print(
        f"two articles, {len(table)} types, {draws} draws: keyness with permutation and "
        f"bootstrap {fast:.2f} s; permutation alone {alone:.3f} s, as a loop "
        f"{slow * draws / few:.1f} s (from {few} draws): ratio {slow * draws / few / alone:.0f}"
    )


def synthetic(types: int) -> None:
    """Zipfian counts in 200 units: the statistics at a size that the laws do not reach."""
    rng = np.random.default_rng(7)
    words = [f"w{i:06d}" for i in range(types)]
    draws = (rng.pareto(0.9, 3_000_000) * types / 400).astype(int) % types
    everything = np.concatenate([np.arange(types), draws])
    rng.shuffle(everything)
    tokens = pd.Series([[words[i] for i in part] for part in np.array_split(everything, 200)])
    target = pd.Series(np.arange(200) < 40)
    report(f"made-up corpus, {types} types, {len(everything)} tokens", tokens, target)


def large(options: argparse.Namespace) -> None:
    seconds, tokens = timed(lambda: pa.segment(read(options.corpus), pa.load_lexicon()))
    category = pd.Series(tokens.index, index=tokens.index).str.split("/").str[0]
    chosen = options.category or category.value_counts().sort_index().idxmax()
    target = category == chosen
    print(f"{len(tokens)} texts read and cut in {seconds:.0f} s; target {chosen}: {target.sum()} texts")
    table = report(f"{options.corpus.name}, {tokens.str.len().sum()} tokens", tokens, target)
    if options.draws:
        frequent = 10
        seconds, peak, _ = measured(lambda: pa.keyness(tokens, target, min_count=frequent, draws=options.draws))
        kept = ((table.count_target + table.count_reference) >= frequent).sum()
        print(f"  with {options.draws} draws, {kept} types of {frequent} or more: {seconds:.1f} s, {peak:.0f} MB")


def read(path: Path) -> pd.Series:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return pd.Series({row["id"]: row["text"] for row in rows}, dtype=object)


def report(name: str, tokens: pd.Series, target: pd.Series) -> pd.DataFrame:
    counting, _ = timed(lambda: pa.term_matrix(tokens), 3)
    fast, fast_peak, table = measured(lambda: pa.keyness(tokens, target, draws=0), 3)
    slow, slow_peak, plain = measured(lambda: keyness_loop(tokens, target))
    compare(table, plain)
    print(
        f"{name}: {len(table)} types\n  keyness {fast:.2f} s (counting {counting:.2f} s, "
        f"statistics {fast - counting:.2f} s), {fast_peak:.0f} MB; loop {slow:.2f} s, "
        f"{slow_peak:.0f} MB: {slow / fast:.1f} times as fast, "
        f"{fast_peak / slow_peak:.2f} of the memory"
    )
    return table


def timed(call, runs: int = 1) -> tuple[float, object]:
    seconds = []
    for _ in range(runs):
        start = time.process_time()
        result = call()
        seconds.append(time.process_time() - start)
    return min(seconds), result


def measured(call, runs: int = 1) -> tuple[float, float, object]:
    """Return seconds, peak memory in MB (of another run) and the result."""
    seconds, result = timed(call, runs)
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return seconds, peak, result


def keyness_loop(tokens: pd.Series, target: pd.Series) -> dict[str, tuple]:
    """Counts, documents, both G², BIC, log ratio, %DIFF, odds ratio and DP, term by term."""
    sides = {side: [Counter(words) for words in tokens[target == side]] for side in (True, False)}
    sizes = {side: [sum(unit.values()) for unit in units] for side, units in sides.items()}
    totals = {side: _merge(units) for side, units in sides.items()}
    documents = {side: Counter(term for unit in units for term in unit) for side, units in sides.items()}
    spread = {side: _dp(sides[side], sizes[side], totals[side]) for side in sides}
    nt, nr = sum(sizes[True]), sum(sizes[False])
    found = {}
    for term in totals[True].keys() | totals[False].keys():
        a, b = totals[True][term], totals[False][term]
        cells = ((a, nt), (b, nr), (nt - a, nt), (nr - b, nr))
        rows = (a + b, a + b, nt + nr - a - b, nt + nr - a - b)
        parts = [
            2 * o * math.log(o * (nt + nr) / (row * size)) if o else 0.0
            for (o, size), row in zip(cells, rows, strict=True)
        ]
        sign = (a * nr > b * nt) - (a * nr < b * nt)
        some = b or 0.5
        ratio = math.log2(((a or 0.5) / nt) / (some / nr))
        found[term] = (
            a,
            b,
            documents[True][term],
            documents[False][term],
            sign * sum(parts),
            sign * (parts[0] + parts[1]),
            parts[0] + parts[1] - math.log(nt + nr),
            ratio,
            100 * (a / nt - some / nr) / (some / nr),
            a * (nr - b) / (some * (nt - a)),
            spread[True].get(term, math.nan),
            spread[False].get(term, math.nan),
        )
    return found


def _merge(units: list[Counter]) -> Counter:
    total = Counter()
    for unit in units:
        total.update(unit)
    return total


def _dp(units: list[Counter], sizes: list[int], totals: Counter) -> dict[str, float]:
    whole = sum(sizes)
    gaps = dict.fromkeys(totals, 1.0)
    for unit, size in zip(units, sizes, strict=True):
        for term, count in unit.items():
            gaps[term] += abs(count / totals[term] - size / whole) - size / whole
    return {term: gap / 2 for term, gap in gaps.items()}


def permutation_loop(tokens: pd.Series, target: pd.Series, draws: int) -> pd.Series:
    """Relabel units and count again with pandas, once per draw."""
    words = tokens.explode()
    rng = np.random.default_rng(1)

    def gap(labels: np.ndarray) -> pd.Series:
        side = pd.Series(labels, index=tokens.index)
        counts = pd.crosstab(words, side.reindex(words.index))
        rates = counts / counts.sum()
        return (rates[True] - rates[False]).abs()

    observed = gap(target.to_numpy())
    hits = sum((gap(rng.permutation(target.to_numpy())) >= observed).astype(int) for _ in range(draws))
    return (hits + 1) / (draws + 1)


def compare(table: pd.DataFrame, plain: dict[str, tuple]) -> None:
    columns = [
        "count_target",
        "count_reference",
        "df_target",
        "df_reference",
        "g2",
        "g2_two_term",
        "bic",
        "log_ratio",
        "diff_percent",
        "odds_ratio",
        "dp_target",
        "dp_reference",
    ]
    expected = pd.DataFrame.from_dict(plain, orient="index", columns=columns)
    np.testing.assert_allclose(
        table[columns].to_numpy(dtype=float), expected.loc[table.term].to_numpy(), rtol=1e-5, atol=2e-6
    )


if __name__ == "__main__":
    main()
