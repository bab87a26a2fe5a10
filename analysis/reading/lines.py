"""What a line of a document is by its shape alone, where it is no prose: a date, a cell, a caption, a signature."""

import re
from functools import lru_cache

from analysis._jieba import read_dictionary
from analysis.reading.names import OFFICE, close_up, is_name

_YEAR = r"(?:[12]\d{3}|[一二][〇○ＯO零一二三四五六七八九]{3})"
DATE = rf"{_YEAR}\s*年\s*[\d一二三四五六七八九十]{{1,2}}\s*月(?:\s*[\d一二三四五六七八九十]{{1,3}}\s*日)?"
NUMBER = r"[〔\[【（(﹝［][12１２]\d{3}年?[〕\]】）)﹞］]\s*第?\s*\d{1,5}\s*号"  # of a document, without whose it is
_DONE = "通过|批准|修正|修订|公布|发布|施行|印发|会议上|大会上"
_ORGAN = re.compile(
    r"[\u4e00-\u9fff]{0,24}(?:人民政府|委员会|办公厅|办公室|总局|国务院|中央|人民法院|人民检察院|领导小组|联席会议|总指挥部|总工会"
    r"|联合会|协会|学会|银行|有限公司|[省市县区]委|[\u4e00-\u9fff]{2}[厅署]|[省市县区][\u4e00-\u9fff]{2,12}[局办])"
)
_KINDS = {
    "note": (
        r"[（(](?:此件|此文|本文有删减|以上|下转|上接|完)[^。]{0,60}[）)]|[（(]信息公开[^。]{0,20}[）)]"
        r"|(?:抄送|分送|主送|印送)[：:].*"
    ),
    "date": rf"[（(—―]*(?:{DATE}|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}})[）)]?",
    "number": (
        rf"[\u4e00-\u9fff]{{0,12}}\s?{NUMBER}"
        r"|[\u4e00-\u9fff]{0,20}第\s*[\d一二三四五六七八九十百〇零]{1,6}\s*号(?:令|公告)?"
    ),
    "adopted": (
        rf"[（(]\s*(?:自|经)?{DATE}[^。]*[）)]?|[（(][^（）()。]{{0,60}}(?:{_DONE}|征求意见稿|草案|讨论稿|送审稿|试行)[）)]"
        rf"|(?:自|经)?{DATE}[^。；]{{0,90}}(?:{_DONE})|[—―─－-]{{1,3}}[^。；]{{4,60}}(?:{_DONE})"
        "|[^。；，]{2,40}第[一二三四五六七八九十]{1,4}次(?:全体)?会议上"
    ),
    "contents": r"目\s*录|.{2,60}?(?:[.．]{3,}|…{2,}|·{3,}|_{3,}|\t+)\s*\d{1,4}",
    "caption": (
        r"(?:图|表|附图|附表|专栏)\s*[A-Z]?\.?[\d一二三四五六七八九十]{1,3}(?:[-－.—]\d{1,3})?(?:[：:\s][^。；，]{0,50})?"
        r"|附[图表]\s+[^。；，]{2,50}|(?:Figure|Fig\.|Table)\s*\d+\b.{0,80}"
    ),
    "keywords": (
        r"[【［\[](?:关\s*键\s*词|中图分类号|文献标[识志]码|文章编号|收稿日期|基金项目|作者简介)[】］\]].*"
        r"|(?:关\s*键\s*词|主\s*题\s*词|中图分类号|分类号|文献标[识志]码|文章编号|DOI|基金项目|收稿日期|修回日期|作者简介"
        r"|作者单位|通信作者|通讯作者|引用格式|责任编辑|[Kk]ey\s*[Ww]ords|KEY WORDS)\s*[：:　\s].*"
    ),
    "footnote": (
        r"(?:\[\d{1,3}\]|［\d{1,3}］|〔\d{1,3}〕|[*†‡※¹²³⁴⁵⁶⁷⁸⁹])\s*\S.*|[①-⑳]\s*(?:参见|转引|载|《|[^。]*(?:出版社|第\d+期|第\d+页)).*"
        r"|(?:注\s*\d*|备注|注释|资料来源|数据来源|来源)\s*[：:].*"
    ),
    "annex": (
        r"附\s*(?:件|表|录)\s*[\d一二三四五六七八九十A-Z]{0,3}\s*(?:[：:\s][^。；]{0,80})?|附\s*(?:[：:][^。；]{0,80})?"
    ),
    "addressee": (
        r"(?:各(?!位)|[^。；，]{2,30}(?:人民政府|委员会|[厅局部委]))(?!.*(?:要|应|如下|以下|包括|工作|措施))[^。；]{0,120}[：:]"
    ),
    "table": (
        r"(?![—―])(?=.*\d)[\d\s.,，%％‰+\-—–~～/／()（）×*°℃′″－:：<>＜＞≤≥=亿万千百元个家吨公顷人次平方米里年月日]{1,40}"
        r"|[（(]?(?:计量)?单位[：:][^。；，]{1,12}[）)]?|[^。；，：:\d]{2,20}[ \u3000]+\d[\d.,]*\s?[\u4e00-\u9fff]{1,2}"
        r"|[^\t。]*\t[^。]*|\|.*|.*\|\s*\|.*|[^。；]{1,20}(?:[ \u3000]{2,}[^\s。；]{1,20}){2,}"
    ),
    "roster": (
        r"(?:(?:常务)?副?(?:组\s*长|主\s*任|总指挥|召集人|指挥长|会\s*长|主\s*席|秘书长|院\s*长|委\s*员)|成\s*员(?:单位)?|联系人|顾\s*问)"
        r"\s*[：:][^。；]{0,160}"
    ),
}
_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _KINDS.items()}
_LONGEST, _LONGEST_ROSTER, _LONGEST_ORGANS = 300, 160, 60


@lru_cache(maxsize=65536)
def line_kind(line: str) -> str | None:
    """Say what a line is by its shape, without a look at those around it; None for prose, headings and titles.

    Kinds: ``date``, ``number`` (国发〔2024〕12号), ``adopted`` (when and where a text was adopted or a speech given),
    ``note`` (（此件公开发布）), ``contents``, ``caption``, ``keywords``, ``footnote``, ``annex``, ``addressee``,
    ``table`` (cells), ``roster`` (who holds an office), ``signature`` (organs and nothing else).
    """
    line = line.strip()
    if not line or len(line) > _LONGEST:
        return None
    for kind, pattern in _PATTERNS.items():
        if pattern.fullmatch(line):
            return kind
    if _is_roster(line):
        return "roster"
    return "signature" if _is_signature(line) else None


def _is_roster(line: str) -> bool:
    """Names with their offices, apart from each other: 王　芳　县水利局局长, 王芳（县水利局局长）, 出席：王芳　李明."""
    label = re.match(r"[\u4e00-\u9fff \u3000]{2,10}[：:]", line)
    parts = re.split(r"[\s（(）)、，,]+", close_up(line[label.end() if label else 0 :]).rstrip("）)"))
    names = [is_name(part) for part in parts]
    if not names[0] or len(line) > _LONGEST_ROSTER or not (label or len(parts) > 1):
        return False
    return all(name or OFFICE.fullmatch(part) for name, part in zip(names, parts, strict=True))


def _is_signature(line: str) -> bool:
    """Organs with spaces between them, or one alone."""
    names = line.split()
    joint = len(names) > 1 and all(re.fullmatch("[\u4e00-\u9fff]{4,20}[部委局厅署院行会]", name) for name in names)
    return joint or len(line) <= _LONGEST_ORGANS and all(_is_organ(name) for name in names)


def _is_organ(name: str) -> bool:
    if len(name) < 3:
        return False
    if _ORGAN.fullmatch(name):
        return True
    return name[-1] in "部局院署委" and read_dictionary().get(name, (0, ""))[1] == "nt"
