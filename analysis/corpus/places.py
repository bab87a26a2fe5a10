"""Places that a text names: the longest name wins, and what may be a word needs something beside it."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from analysis._jieba import dictionary_entries
from analysis.corpus.regions import DIVISION_LEVELS, load_regions

PLACE_TAGS = ("ns", "nt", "nz")  # of jieba's dictionary
COMMON = 100  # how often a word that names no place stands in jieba's counts, to be taken for a common word
CITY = 1 / 6  # how often a name stands with 市 behind it, of all its counts, to be taken for a city's
BETWEEN = ("、", "和", "与", "及", "至", "到", "—", "-")  # what joins the names of a list
KINDS = "省市县区州盟旗"
OF_A_PLACE = re.compile("(?:国际)?机场|综保区|综合保税区|高新区|经开区|片区|地区|都市圈|经济圈|等[地市]")
SITUATION = re.compile("[东西南北中新老城市郊关站前]{2}区")  # 新城区 says where in a city, and is the name of two
SURE, DOUBTFUL, STRICT = range(3)  # as it is; with a place beside it or in full elsewhere; after its parent only


class Hit(NamedTuple):
    """A name in a text, and the regions that it may stand for."""

    form: str
    start: int
    end: int
    regions: tuple[str, ...]
    trust: int = SURE


class Gazetteer(NamedTuple):
    """What can be found, by its first two characters and longest first; and what is known of each region."""

    forms: dict[str, list[str]]
    regions: dict[str, tuple[str, ...]]  # form to the regions it may stand for
    trust: dict[str, int]
    stems: dict[str, tuple[str, ...]]  # short name to counties, which are not looked for by it
    above: dict[str, frozenset[str]]  # region to itself and what it lies in
    names: dict[str, tuple[str, str, str]]  # region to its name, level and parent
    places: frozenset[str]  # longer words for a place that begin with a short name: 成都平原


def find_places(text: str) -> Iterator[tuple]:
    """Yield mention, name, start, end, region, level and parent of each place, in reading order."""
    known = _gazetteer()
    hits = _with_evidence(list(_scan(text, known)), text, known)
    told = {hit.regions[0] for hit in hits if len(hit.regions) == 1}
    for before, hit, after in zip([None, *hits], hits, [*hits[1:], None], strict=False):
        regions = hit.regions if len(hit.regions) == 1 else _meant(before, hit, after, text, told, known)
        facts = [known.names[region] for region in regions]
        name, level, parent = (_one(column) for column in zip(*facts, strict=True))
        yield hit.form, name if len(regions) == 1 else hit.form, hit.start, hit.end, "|".join(regions), level, parent


def _meant(before: Hit | None, hit: Hit, after: Hit | None, text: str, told: set[str], known: Gazetteer) -> tuple:
    """Narrow the bearers of a name by the place after it, its neighbours in a list, or what the text has in full."""
    inner: set[str] = set()
    if after and after.start == hit.end:
        inner = inner.union(*(known.above[region] - {region} for region in after.regions))
    pairs = [(one, other) for one, other in ((before, hit), (hit, after)) if one and other]
    listed = [pair for pair in pairs if text[pair[0].end : pair[1].start] in BETWEEN]
    beside = {known.names[one.regions[0]][1:] for pair in listed for one in pair if len(one.regions) == 1}
    for fits in (inner.__contains__, lambda region: known.names[region][1:] in beside, told.__contains__):
        found = tuple(filter(fits, hit.regions))
        if len(found) == 1:
            return found
    return hit.regions


def _one(values: Iterable[str]) -> str:
    """Return what all agree on, else nothing."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""


def _scan(text: str, known: Gazetteer) -> Iterator[Hit]:
    """Find names from left to right, the longest that fits at each place."""
    edges = [0, *accumulate(map(len, _cutter()(text)))]
    before, place = None, 0
    while place < len(text) - 1:
        hit = _at(place, text, edges, before, known) if text[place : place + 2] in known.forms else None
        if hit:
            yield hit
            before = hit
        place = hit.end if hit else place + 1


def _at(place: int, text: str, edges: list[int], before: Hit | None, known: Gazetteer) -> Hit | None:
    """Return the longest name at a place, if its ends are ends of words and what must stand before it does."""
    joined = before if before and before.end == place else None
    for form in known.forms[text[place : place + 2]]:
        if not text.startswith(form, place):
            continue
        end, regions, trust = place + len(form), known.regions[form], known.trust[form]
        inside = _within(regions, joined.regions, known) if joined else ()
        if inside:
            regions, trust = inside, SURE
        elif joined and _within(known.stems.get(form, ()), joined.regions, known):
            continue  # 北京朝阳 is not the 朝阳 of Liaoning
        if trust != STRICT and not _torn(form, place, text, edges, bool(inside), known):
            return Hit(form, place, end, regions, trust)
    return None


def _torn(form: str, place: int, text: str, edges: list[int], inside: bool, known: Gazetteer) -> bool:
    """Tell whether a short name, or the last character of a full one, belongs to another word: 海南 in 上海南部."""
    kind = form[-1] in KINDS and known.names[known.regions[form][0]][1] in DIVISION_LEVELS
    end = place + len(form)
    if len(form) > 2 and not kind:
        return False
    short = len(form) < (4 if kind else 3)
    word = bisect_right(edges, place) - 1
    if short and not inside and edges[word] != place and (len(form) == 2 or edges[word + 1] < end):
        return True  # 滨海|城市
    last = bisect_right(edges, end) - 1
    if edges[last] == end:
        return False
    if edges[last] > place:
        return True  # 北京|市场
    return len(form) == 2 and text[edges[last] : edges[last + 1]] not in known.places


def _within(regions: Iterable[str], outer: Iterable[str], known: Gazetteer) -> tuple[str, ...]:
    """Return those of some regions that lie in one of others."""
    around = set(outer)
    return tuple(region for region in regions if (known.above[region] - {region}) & around)


def _with_evidence(hits: list[Hit], text: str, known: Gazetteer) -> list[Hit]:
    """Drop names that may be words, but for those beside a place of a list or in them, or in full elsewhere."""
    sure = [hit.trust == SURE or bool(OF_A_PLACE.match(text, hit.end)) for hit in hits]
    steps = range(1, len(hits))
    for step, other in [*((i, i - 1) for i in steps), *((i - 1, i) for i in reversed(steps))]:
        left, right = hits[min(step, other)], hits[max(step, other)]
        if not sure[step]:
            listed = text[left.end : right.start] in BETWEEN and _alike(left, right, sure[other], known)
            contains = step < other and left.end == right.start and _within(right.regions, left.regions, known)
            sure[step] = listed or bool(contains and sure[other])
    told = {region for hit, certain in zip(hits, sure, strict=True) if certain for region in hit.regions}
    return [hit for hit, kept in zip(hits, sure, strict=True) if kept or told.intersection(hit.regions)]


def _alike(left: Hit, right: Hit, sure: bool, known: Gazetteer) -> bool:
    """Tell whether two names may stand for divisions of one level, and of one parent if neither is sure."""
    kinds = [{known.names[region][1 : 2 if sure else 3] for region in hit.regions} for hit in (left, right)]
    return any(kind[0] in DIVISION_LEVELS for kind in kinds[0] & kinds[1])


@lru_cache(maxsize=1)
def _cutter():
    import rjieba

    tokenizer = rjieba.Jieba()
    return lambda text: tokenizer.cut(text, False)


@lru_cache(maxsize=1)
def _gazetteer() -> Gazetteer:
    table = load_regions()
    rows = list(zip(table.index, table.name, table.level, table.parent, table.aliases, strict=True))
    parents = dict(zip(table.index, table.parent, strict=True))
    regions: dict[str, dict[str, None]] = defaultdict(dict)
    stems: dict[str, dict[str, None]] = defaultdict(dict)
    for region, name, level, _, aliases in rows:
        for form in (name, *aliases):
            bare = level == "county" and form != name and ("自治" not in name or form[-1] not in "县旗")
            for printed in _printings(form):
                (stems if bare else regions)[printed].setdefault(region)
    forms = defaultdict(list)
    for form in sorted(regions, key=lambda form: (-len(form), form)):
        forms[form[:2]].append(form)
    names = {region: (name, level, parent) for region, name, level, parent, _ in rows}
    return Gazetteer(
        dict(forms),
        {form: _innermost(found, names) for form, found in regions.items()},
        _trust(regions, names),
        {form: tuple(found) for form, found in stems.items()},
        {region: frozenset(_chain(region, parents)) for region in parents},
        names,
        _longer_places(forms),
    )


def _printings(form: str) -> set[str]:
    """Return the ways to print brackets and dashes."""
    round_ = {form, form.translate(str.maketrans("()", "（）"))}
    return {one.replace("—", dash) for one in round_ for dash in ("—", "–", "-", "")}


def _innermost(found: Iterable[str], names: dict[str, tuple[str, str, str]]) -> tuple[str, ...]:
    """Leave out a district that is a new area, too: 浦东新区."""
    outer = {names[region][2] for region in found if names[region][0] == names.get(names[region][2], ("",))[0]}
    return tuple(region for region in found if region not in outer)


def _chain(region: str, parents: dict[str, str]) -> Iterator[str]:
    while region:
        yield region
        region = parents[region]


def _longer_places(short: Container[str]) -> frozenset[str]:
    """Return the words that jieba's dictionary has for places and that begin with a name of two characters."""
    words = (word for word, _, tag in dictionary_entries() if tag == "ns" and word[:2] in short)
    return frozenset(word for word in words if len(word) > 2 and word[-1] not in "路街门桥")


def _trust(regions: Mapping[str, Iterable[str]], names: dict[str, tuple[str, str, str]]) -> dict[str, int]:
    """Tell which names may be words: by their length, and by the tags and counts of jieba's dictionary."""
    short = {form for form in regions if len(form) == 2}
    words = short | {form + "市" for form in short} | {form[:-1] for form in regions if form[-1] == "区"}
    entries = {word: (int(count), tag) for word, count, tag in dictionary_entries() if word in words}

    def trust(form: str) -> int:
        levels = {names[region][1] for region in regions[form]}
        if levels == {"county"}:
            count, tag = entries.get(form[:-1], (0, "ns"))
            common = count >= COMMON and tag != "ns" and not tag.startswith("nr")
            word = form[-1] == "区" and (common or bool(SITUATION.fullmatch(form)))
            return STRICT if len(form) == 2 else DOUBTFUL if word else SURE
        count, tag = entries.get(form, (0, "ns"))
        city = entries.get(form + "市", (0, ""))[0] >= count * CITY or tag in PLACE_TAGS
        return SURE if city or len(form) > 2 or levels != {"prefecture"} else DOUBTFUL

    return {form: trust(form) for form in regions}
