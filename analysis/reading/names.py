"""Names of persons and of offices, as bylines, rosters and signatures print them."""

import re
from functools import lru_cache

from analysis._jieba import read_dictionary
from analysis._paths import LISTS

SURNAMES = LISTS / "surnames.txt"
PADDED = re.compile(r"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff][ \u3000]+){1,3}[\u4e00-\u9fff](?![\u4e00-\u9fff])")
OFFICE = re.compile(
    r"[\u4e00-\u9fff]{0,18}(?:书记|主席|主任|总理|[部局厅处科县市区镇乡村州省院校所站馆社会队署厂行]长|州长|盟长|教授|研究员|讲师"
    r"|博士|硕士|院士|工程师|分析师|馆员|委员|常委|代表|理事|秘书|顾问|专员|干部|经理|董事长?|总裁|大学|学院|学校|党校"
    r"|[\u4e00-\u9fff]{3}[馆站社台团队办厂场园会网报]|研究院|研究所|研究室|研究会|中心|协会|学会|公司|集团|政府|委员会|办公室|[县市区省党]委|[部局厅处院])"
)
_HAN_NAME = r"[\u3400-\u9fff]{2,4}"
_LONG_NAME = r"[\u3400-\u9fff]{1,8}[·•][\u3400-\u9fff·•]{1,12}"


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    """Read the list of surnames, of one character and of more."""
    return frozenset(SURNAMES.read_text(encoding="utf-8").split())


def is_name(text: str) -> bool:
    """Say whether a few characters may be a person's name: a surname of the list and one or two more."""
    if re.fullmatch(_LONG_NAME, text):
        return True
    if not re.fullmatch(_HAN_NAME, text):
        return False
    return len(text) <= 3 and text[0] in surnames() or len(text) >= 3 and text[:2] in surnames()


def close_up(text: str) -> str:
    """Write padded names together: 王　芳, and two of them (王　芳　李　明) as two."""
    return PADDED.sub(_closed_up, text)


def _closed_up(match: re.Match) -> str:
    name = re.sub(r"\s", "", match[0])
    return f"{name[:2]} {name[2:]}" if len(name) == 4 and name[2] in surnames() else name


def is_word(text: str) -> bool:
    """Say whether the dictionary has something as a word and not as a person's name."""
    return not read_dictionary().get(text, (0, "nr"))[1].startswith("nr")
