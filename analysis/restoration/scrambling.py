"""Damage articles as extraction from a page does, to see how well they are restored."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

import pandas as pd

from analysis._checks import strings
from analysis._intervals import wilson
from analysis.reading.numbering import is_numbered_heading
from analysis.restoration.page import Article, restore

DAMAGES = (
    "break after a comma",
    "break in mid-clause",
    "characters printed twice",
    "boxed lead",
    "beginning after the end",
    "split title",
)
_PARTS = ("title", "byline", "body", "note")
_SHORTEST = 40
_MARGIN = 8
NEVER_FIRST = "。！？；：，、,;:!?.”’）)》·—…%"
NEVER_LAST = "。！？；：!?;:“‘（(《·—"


class Scrambled(NamedTuple):
    """A damaged page, and what restoring it should give."""

    page: str
    articles: tuple[Article, ...]
    damages: tuple[str, ...]


class _Piece(NamedTuple):
    """A block before it has a number: where it belongs and what it says."""

    article: int
    part: str
    paragraph: int
    text: str
    fragment: int = 0


def scramble(articles: Sequence[Article], *, seed: int, damages: Iterable[str] = DAMAGES) -> Scrambled:
    """Print articles on one page and damage it.

    Parameters
    ----------
    articles : sequence of Article
        Whole articles, as :func:`analysis.restore` returns them.
    seed : int
        Each seed gives one page, the same in every version of Python.
    damages : collection of str, default DAMAGES
        A lead is boxed in one article and a beginning printed late in another; a damage that finds no place (no
        lead, no title of two halves) is left out.

    Returns
    -------
    Scrambled
        ``page``; ``articles``, those given with the numbers of the blocks they now stand in; ``damages`` done.

    Raises
    ------
    ValueError
        If there is no article, or a damage is not one of ``DAMAGES``.

    Examples
    --------
    >>> articles = restore("书香\\n\\n王芳\\n\\n建馆要先听读者的话。\\n\\n(作者为教授)").articles
    >>> scramble(articles, seed=1, damages=()).page.split()
    ['书香', '王芳', '建馆要先听读者的话。', '(作者为教授)']
    """
    damages = strings("damages", damages)
    unknown = sorted(set(damages) - set(DAMAGES))
    if unknown:
        raise ValueError(f"damages: {unknown} not known; choose from {', '.join(DAMAGES)}")
    if not articles:
        raise ValueError("articles: nothing to scramble; give at least one article")
    rng = random.Random(seed)
    boxed = rng.randrange(len(articles))
    rotated = (boxed + 1) % len(articles)
    done: list[str] = []
    pieces: list[_Piece] = []
    for number, article in enumerate(articles):
        skipped = {"boxed lead"} if number != boxed else set()
        if number != rotated or (len(articles) == 1 and "boxed lead" in damages):
            skipped.add("beginning after the end")
        wanted = [damage for damage in DAMAGES if damage in damages and damage not in skipped]
        pieces += _damage(number, article, wanted, rng, done)
    truth = tuple(_number(n, article, pieces) for n, article in enumerate(articles))
    return Scrambled(_print(pieces, rng), truth, tuple(d for d in DAMAGES if d in done))


def restoration_rates(articles: Sequence[Article], *, draws: int, seed: int) -> pd.DataFrame:
    """How often a damaged page is restored exactly, by kind of damage.

    Parameters
    ----------
    articles : sequence of Article
        Whole articles; each draw takes two of them (or one, if there is only one).
    draws : int
        For each kind of damage, for none, and for all at once. Draws that give the same page count once.
    seed : int
        Of the first draw.

    Returns
    -------
    DataFrame
        One row per kind of damage: ``damage``, ``n`` (different pages on which it could be done), ``exact``
        (pages restored exactly: order, joins and text), ``rate``, ``low`` and ``high``, the 95 % interval of
        Wilson (1927), and ``failures``: the beginning of the first paragraph that came out otherwise, for each
        page that is not restored.

    Examples
    --------
    >>> page = "书香\\n\\n王芳\\n\\n建馆要先听读者的话。\\n\\n(作者为教授)"
    >>> rates = restoration_rates(restore(page).articles, draws=2, seed=1)
    >>> rates[["damage", "n", "exact", "low"]].values.tolist()[0]
    ['none', 1, 1, 0.207]

    Notes
    -----
    Pages drawn from the same few articles resemble each other: the interval says how well these articles are
    restored, not what to expect of other texts.
    """
    seeds = range(seed, seed + draws)
    drawn = {s: random.Random(s).sample(list(articles), min(2, len(articles))) for s in seeds}
    rows = []
    for name, damages in {"none": (), **{damage: (damage,) for damage in DAMAGES}, "all": DAMAGES}.items():
        damaged = [scramble(two, seed=s, damages=damages) for s, two in drawn.items()]
        pages = {tuple(page.page.split()): page for page in damaged if page.damages or name == "none"}
        restored = [(page.articles, restore(page.page).articles) for page in pages.values()]
        failures = [_first_loss(wanted, found) for wanted, found in restored if found != wanted]
        rows.append((name, len(pages), len(pages) - len(failures), "; ".join(failures)))
    table = pd.DataFrame(rows, columns=["damage", "n", "exact", "failures"])
    low, high = wilson(table.exact, table.n)
    columns = ["damage", "n", "exact", "rate", "low", "high", "failures"]
    return table.assign(rate=table.exact / table.n, low=low, high=high).round(3)[columns]


def _first_loss(wanted: Sequence[Article], found: Sequence[Article]) -> str:
    """Return the beginning of the first paragraph that the restoration does not give back."""
    there = [part for article in found for part in article.paragraphs]
    parts = (part for article in wanted for part in article.paragraphs)
    return next((part.text[:12] for part in parts if part not in there), "order of paragraphs")


def _damage(number: int, article: Article, wanted: list[str], rng: random.Random, done: list[str]) -> list[_Piece]:
    """The blocks of an article in the order in which they are printed."""
    title = article.title.split(" ", 1) if "split title" in wanted else [article.title]
    if len(title) > 1:
        done.append("split title")
    head = [_Piece(number, "title", i, text) for i, text in enumerate(title)]
    head += [_Piece(number, "byline", 0, article.byline)] if article.byline else []
    foot = [_Piece(number, "note", 0, article.affiliation)] if article.affiliation else []
    body = [[_Piece(number, "body", i, p.text)] for i, p in enumerate(article.paragraphs)]
    boxing = "boxed lead" in wanted
    prose = [i for i, p in enumerate(article.paragraphs) if not is_numbered_heading(p.text) and (i or not boxing)]
    long = [i for i in prose if len(article.paragraphs[i].text) >= _SHORTEST]
    rng.shuffle(long)
    for damage in (d for d in wanted if d != "split title"):
        no_lead = damage == "boxed lead" and article.paragraphs[0].kind != "lead"
        broken = None if no_lead else _break_one(body, long, damage, rng)
        if broken is None:
            continue
        if damage == "boxed lead":
            body[broken].insert(1, body[0].pop())
        if damage == "beginning after the end":
            foot += [*chain.from_iterable(body[:broken]), body[broken][0]]
            body = [body[broken][1:], *body[broken + 1 :]]
        done.append(damage)
    return [*head, *chain.from_iterable(body), *foot]


def _break_one(body: list[list[_Piece]], long: list[int], damage: str, rng: random.Random) -> int | None:
    """Break the next long paragraph in two; returns its number."""
    while long:
        place = long.pop()
        piece = body[place][0]
        cut = _cut(piece.text, damage, rng)
        if cut is not None:
            overlap = rng.choice((2, 3)) if damage == "characters printed twice" else 0
            rest = piece._replace(text=piece.text[cut - overlap :], fragment=1)
            body[place] = [piece._replace(text=piece.text[:cut]), rest]
            return place
    return None


def _cut(text: str, damage: str, rng: random.Random) -> int | None:
    """A place inside a sentence, not beside other punctuation than the comma asked for."""
    comma = {"break after a comma": True, "break in mid-clause": False}.get(damage, rng.random() < 0.4)
    inside = (i for i in range(_MARGIN, len(text) - _MARGIN) if (text[i - 1] in "，,、") == comma)
    places = [i for i in inside if text[i - 1] not in NEVER_LAST and text[i] not in NEVER_FIRST]
    return rng.choice(places) if places else None


def _print(pieces: list[_Piece], rng: random.Random) -> str:
    """The page, with the white space that extraction leaves."""
    page = "\n" * rng.choice((0, 0, 4))
    for previous, piece in zip([None, *pieces], pieces, strict=False):
        if previous is not None:
            new = piece.part == "title" and previous.part != "title"
            page += "\n" * (rng.choice((2, 4)) if new else 2)
        page += piece.text
    return page + rng.choice(("", "\n"))


def _number(number: int, article: Article, pieces: list[_Piece]) -> Article:
    """The article with the numbers of the blocks in which it is printed."""
    places = {piece[:3] + (piece.fragment,): block for block, piece in enumerate(pieces) if piece.article == number}
    order = sorted(places, key=lambda key: (_PARTS.index(key[1]), *key[2:]))
    paragraphs = tuple(
        replace(part, blocks=tuple(places[key] for key in order if key[1:3] == ("body", i)))
        for i, part in enumerate(article.paragraphs)
    )
    return replace(article, paragraphs=paragraphs, block_order=tuple(places[key] for key in order))
