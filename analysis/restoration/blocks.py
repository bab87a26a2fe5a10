"""The blocks of a newspaper page (what stands between blank lines) and what each is, from its shape alone."""

import re
from collections.abc import Callable, Iterable
from itertools import chain, pairwise
from typing import NamedTuple

from analysis.reading.numbering import numbering

_NOTE = re.compile(r"[（(]\s*(?:本文)?(?:第一)?作者(?:单位|简介|分别|均|为|系|是|：|:|\s).*[）)]", re.DOTALL)
_FULL_TO_HALF = str.maketrans("，：；（）？！　", ",:;()?! ")
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤方俞任"
    "袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴"
    "谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪解应"
    "宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀惠曲封储靳段富巫乌焦巴牧车侯宓全班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹"
    "束龙叶幸司韶黎薄印宿白蒲从索赖卓屠蒙池乔闻党翟谭贡姬申冉桑桂牛边燕尚农温庄晏柴瞿阎连习艾容向古易廖庾居衡步都耿满"
    "匡国文寇广东欧沃利越师巩聂晁敖冷辛那简饶曾沙丰关查后红游竺权逯盖肖闫代付岳海涂苑覃佟佘隋鹿"
)
_DOUBLE_SURNAMES = re.compile("欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯")

Blocks = tuple[str, ...]  # the texts of a page
Run = tuple[int, ...]  # numbers of blocks, read one after the other
_LINE_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


class Page(NamedTuple):
    """A page as its blocks and the white space around them."""

    blocks: Blocks
    spaces: tuple[str, ...]


class Header(NamedTuple):
    """The page blocks that open an article."""

    titles: Run
    byline: int | None


def split_when(numbers: Iterable[int], parts: Callable[[int, int], bool]) -> list[Run]:
    """Cut a row of numbers wherever ``parts`` says so of two neighbours."""
    runs: list[Run] = []
    for number in numbers:
        if runs and not parts(runs[-1][-1], number):
            runs[-1] += (number,)
        else:
            runs.append((number,))
    return runs


def split_page(text: str) -> Page:
    """Cut a page at its blank lines; ``spaces`` has one entry more than ``blocks``."""
    body = text.strip()
    if not body:
        return Page((), (text,))
    head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    gaps = [gap.span() for gap in re.finditer(r"\s+", body) if len(_LINE_BREAK.findall(gap.group())) >= 2]
    bounds = pairwise([0, *chain.from_iterable(gaps), len(body)])
    pieces = [body[start:end] for start, end in bounds]  # blocks and the gaps between them
    return Page(tuple(pieces[::2]), (head, *pieces[1::2], tail))


def fold_width(text: str) -> str:
    """Write full-width punctuation as half-width, so that the two compare as equal."""
    return text.translate(_FULL_TO_HALF)


def is_note(block: str) -> bool:
    """Whether a block is a note on the authors, such as ``(作者为…)``."""
    return len(block) <= 300 and bool(_NOTE.fullmatch(block))


def byline_names(block: str) -> list[str]:
    """The names in a byline, or an empty list when the block is not one."""
    if len(block) > 40:
        return []
    names = re.split(r"[\s、，,;；]+", re.sub(r"^(?:□|本报记者|记者|作者[:：]?)\s*", "", block))
    return names if all(_is_name(name) for name in names) else []


def _is_name(name: str) -> bool:
    if not re.fullmatch(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,8}·[\u3400-\u9fff·]{1,12}", name):
        return False
    return "·" in name or bool(_DOUBLE_SURNAMES.match(name)) or len(name) <= 3 and name[0] in _SURNAMES


def find_headers(blocks: Blocks) -> list[Header]:
    """Find where articles open: one or two title blocks, and a byline if there is one."""
    headers: list[Header] = []
    for index, block in enumerate(blocks):
        floor = (headers[-1].byline or headers[-1].titles[-1]) + 1 if headers else 0
        if index > floor and byline_names(block) and _is_title(blocks[index - 1]):
            second = index - 2 >= floor and _is_title_start(blocks, index - 2)
            headers.append(Header(tuple(range(index - 1 - second, index)), index))
    return _add_titles_without_byline(blocks, headers)


def _add_titles_without_byline(blocks: Blocks, headers: list[Header]) -> list[Header]:
    """A title without a byline is believed at the top, and between two notes."""
    taken = {index for header in headers for index in header.titles}
    notes = [index for index, block in enumerate(blocks) if is_note(block)]
    found = list(headers)
    for index in [0, *(note + 1 for note in notes[:-1])]:
        if index in taken or index + 1 in taken or index + 1 >= len(blocks):
            continue
        bare = not re.search("[，,、]", blocks[index]) or index == 0
        ends = min((h.titles[0] for h in headers if h.titles[0] > index), default=len(blocks))
        closed = index == 0 or any(index < note < ends for note in notes)
        if bare and closed and _is_title(blocks[index]) and len(blocks[index]) <= 40:
            found.append(Header((index,), None))
    return sorted(found, key=lambda header: header.titles)


def _is_title(block: str) -> bool:
    may_be = 2 <= len(block) <= 60 and not re.search(r"[。；;]", block) and block[-1] not in "，,、：:"
    return may_be and numbering(block) is None and not is_note(block)


def _is_title_start(blocks: Blocks, index: int) -> bool:
    """A first line of a title, not the end of a paragraph that the page breaks off here."""
    block = blocks[index]
    opens = index == 0 or is_note(blocks[index - 1])
    slogan = len(block) <= 12 or bool(re.search(r"\s", block))
    return _is_title(block) and len(block) <= 30 and not byline_names(block) and (opens or slogan)
