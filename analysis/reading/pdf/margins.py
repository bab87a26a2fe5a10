"""What stands in the margins of pages and is none of the text: running heads and feet, numbers, feet of web pages."""

import re
from collections import Counter, defaultdict
from statistics import median
from typing import NamedTuple

from analysis.reading.pdf.layout import Line

DEPTH = 5  # lines of a head or foot
_NUMBER = r"(?P<number>\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7}|[\u2160-\u217b]{1,4}|[〇○零一二三四五六七八九十百]{1,5})"
_PAGE = re.compile(
    rf"(?P<mark>[-–—―─‐－·•~～*|｜\[(（【<〈]*(?:第|[Pp]age|PAGE|[Pp]\.?)?){_NUMBER}(?P<unit>[页頁]?)"
    r"(?:[/／,，、;；|｜of]*(?:共|总|全)?(?P<total>\d{1,4})?[页頁]?)[-–—―─‐－·•~～*|｜\])）】>〉]*"
)
_URL = re.compile(r"(?:https?|file)://\S+")
_PRINTED = re.compile(r"\d{2,4}[/年.-]\d{1,2}[/月.-]\d{1,4}日?[,， ]*(?:上午|下午)?\s*\d{1,2}:\d{2}")
# Only a web page has these; the others count where one of these stands in the same block.
_SURE = re.compile(r"ICP[备证]\s*(?:案?\s*)?\d{5,}|公网安备\s*\d{6,}|网站标识码\s*[：:]?\s*\w{6,}")
_WEB = re.compile(
    r"(?:主办|承办|协办|维护|管理|运维|开发|技术支持)(?:单位|部门|机构)?\s*[：:]|版权所有|[Cc]opyright|©|网站地图|网站声明"
    r"|关于我们|联系我们|网站支持IPv6|扫一扫|打印本页|【?打印】|关闭(?:窗口|本页)|返回顶部|分享到|建议使用.*浏览器|分辨率|网站标识码"
    r"|备案[号序]|ICP|公网安备|网站纠错|找错|未经.{0,10}授权"
)
_ADDRESS = re.compile(
    r"(?:地址|邮编|邮政编码|电话|传真|邮箱|电子邮件|[Ee]-?mail)\s*[：:]|国家机构|党政机关|IPv6|无障碍"
)
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Edge(NamedTuple):
    """The outermost row of a page: its words, how far in it is, and whether it stands apart from what follows."""

    page: int
    lines: list[Line]
    text: str
    key: str
    place: float
    size: float
    apart: bool


def without_margins(pages: list[list[Line]], heights: list[float] | None = None) -> list[list[Line]]:
    """Take away page numbers, and rows at the edge of pages that return at the same height on half of them.

    Figures may differ, and left and right pages. Where such rows stand apart from the text they may also name the
    section: then most of them return, and the others at the same height go with them.
    """
    heights = heights or [max((line.bottom for line in page), default=0) for page in pages]
    with_text = sum(bool(page) for page in pages)
    for foot in (False, True):
        rows = [_rows(page)[::-1] if foot else _rows(page) for page in pages]
        open_pages = [number for number, page in enumerate(rows) if page]
        for _ in range(DEPTH):
            edges = [_edge(number, rows[number], heights[number], foot) for number in open_pages]
            found = [edge for edge in edges if edge and len(rows[edge.page]) > 1 and not edge.lines[0].cells]
            gone = _returning(found, with_text) | _numbers(found, with_text) | _printed(found, foot, with_text)
            for edge in found:
                if edge.page in gone:
                    dropped = set(map(id, edge.lines))
                    pages[edge.page] = [line for line in pages[edge.page] if id(line) not in dropped]
                    rows[edge.page] = rows[edge.page][1:]
            open_pages = sorted(gone)
    return pages


def _rows(lines: list[Line]) -> list[list[Line]]:
    """Put lines that stand side by side into rows from the top."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom) / 2):
        last = rows[-1][-1] if rows else None
        if last and min(last.bottom, line.bottom) - max(last.top, line.top) > 0.5 * min(last.size, line.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.x0) for row in rows]


def _edge(page: int, rows: list[list[Line]], height: float, foot: bool) -> Edge | None:
    if not rows:
        return None
    row = rows[0]
    text = " ".join(line.text for line in row)
    top, bottom = min(line.top for line in row), max(line.bottom for line in row)
    size = median(line.size for line in row)
    apart = True
    if len(rows) > 1:
        above, below = (rows[1], row) if foot else (row, rows[1])
        gap = min(line.top for line in below) - max(line.bottom for line in above)
        body = median(line.size for line in rows[min(2, len(rows) - 1)])
        apart = gap > 1.2 * size or size < 0.92 * body
    key = re.sub(r"\s", "", text)
    key = re.sub(r"\d+|[\u2160-\u217b]+|(?<![A-Za-z])[ivxlcIVXLC]+(?![A-Za-z])", "#", key)
    key = re.sub("第[〇零一二三四五六七八九十百]+[页頁]", "第#页", key)
    return Edge(page, row, text, key, height - bottom if foot else top, size, apart)


def _returning(edges: list[Edge], pages: int) -> set[int]:
    """Find rows whose words return at one height on half of the pages, or of the left or right ones."""
    gone: set[int] = set()
    for slot in _slots([edge for edge in edges if re.search(r"[^\W\d_]", edge.key.replace("#", ""))]):
        counts = Counter(edge.key for edge in slot if not edge.key.startswith("附"))
        again = [edge for edge in slot if counts[edge.key] > 2 or counts[edge.key] == 2 and edge.apart]
        sides = {edge.page % 2 for edge in again}
        half = pages / 4 if len(sides) == 1 and len(again) > 2 else pages / 2
        if len(again) < 2 or len(again) < half or len(again) == 2 and pages > 3:
            continue
        gone |= {edge.page for edge in again}
        apart = [edge for edge in slot if edge.apart]
        sizes = median(edge.size for edge in again)
        if (
            len(apart) > 2
            and 5 * sum(edge.apart for edge in again) >= 4 * len(again)
            and 5 * len(again) >= 3 * len(slot)
        ):
            gone |= {edge.page for edge in apart if abs(edge.size - sizes) < 0.05 * sizes}
    return gone


def _slots(edges: list[Edge]) -> list[list[Edge]]:
    """Group rows that are equally far from the edge of their page."""
    slots: list[list[Edge]] = []
    for edge in sorted(edges, key=lambda edge: edge.place):
        if slots and edge.place - slots[-1][0].place < 3:
            slots[-1].append(edge)
        else:
            slots.append([edge])
    return slots


def _numbers(edges: list[Edge], pages: int) -> set[int]:
    """Find page numbers: two that count as the pages do, others at their height, and those that say what they are."""
    found: dict[int, list[Edge]] = defaultdict(list)
    plain, sure = [], []
    for edge in edges:
        match = _PAGE.fullmatch(re.sub(r"\s", "", edge.text))
        value = _value(match["number"]) if match else None
        if match is None or value is None:
            continue
        found[value - edge.page].append(edge)
        plain.append(edge)
        marked = match["mark"] and (match["unit"] or re.search(r"[-–—―─－·•~～]", match["mark"]))
        if marked or match["total"] and int(match["total"]) == pages and value == edge.page + 1:
            sure.append(edge)
    sure += [edge for group in found.values() if len(group) > 1 for edge in group]
    places = [edge.place for edge in sure]
    return {edge.page for edge in sure} | {
        edge.page for edge in plain if len(sure) > 1 and any(abs(edge.place - place) < 3 for place in places)
    }


def _value(number: str) -> int | None:
    """Return the value of Arabic, Roman and Chinese page numbers."""
    if number.isdecimal():
        return int(number)
    if "\u2160" <= number[0] <= "\u217b":
        import unicodedata

        number = unicodedata.normalize("NFKC", number)
    if number.lower().strip("ivxlc") == "":
        values = [_ROMAN[sign] for sign in number.lower()]
        return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
    if "十" in number and "百" not in number:
        tens, ones = number.split("十")[0], number.split("十")[-1]
        return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
    return int("".join(str(_DIGITS.get(sign, 0)) for sign in number)) if "百" not in number else None


def _printed(edges: list[Edge], foot: bool, pages: int) -> set[int]:
    """Find the line that a browser prints on a page: its address and n/m below, date, time and title above."""
    if foot:
        return {
            edge.page for edge in edges if edge.apart and _URL.match(edge.text) and re.search(r"\d+/\d+$", edge.text)
        }
    return {edge.page for edge in edges if edge.apart and _PRINTED.match(edge.text)}


def without_web_foot(pages: list[list[Line]]) -> tuple[list[list[Line]], str]:
    """Take away the foot of a web page at the end of the last page with text, and return its first words."""
    number = next((number for number in reversed(range(len(pages))) if pages[number]), None)
    if number is None:
        return pages, ""
    rows = _rows(pages[number])
    texts = [" ".join(line.text for line in row) for row in rows]
    first = place = len(texts)
    while place and (_WEB.search(texts[place - 1]) or _ADDRESS.search(texts[place - 1])):
        place -= 1
        first = place if _WEB.search(texts[place]) else first
    if not any(_SURE.search(text) for text in texts[first:]):
        return pages, ""
    dropped = {id(line) for row in rows[first:] for line in row}
    return [[line for line in page if id(line) not in dropped] for page in pages], texts[first]
