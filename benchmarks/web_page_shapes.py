"""The pages of ``web_pages.py``: made after templates of Chinese public sites, with text of no site.

⟦ ⟧ stand round the paragraphs of an article, ⟪ ⟫ round its title, number, source and date.
"""

VERBS = "加快推进 着力完善 统筹实施 深入开展 稳步扩大 切实加强 有序推动 持续优化 全面落实 积极探索".split()
THINGS = (
    "老旧小区改造 社区养老服务 农村供水工程 公共图书馆建设 城市内涝治理 普惠托育服务 基层医疗卫生 "
    "职业技能培训 河湖水系连通 粮食仓储设施 便民生活圈 政务数据共享 中小学校舍安全"
).split()
ENDS = (
    "明确资金来源和责任主体 健全长效管护机制 在年底前完成年度任务 让群众得到看得见的实惠 由牵头部门按季度通报进展 "
    "坚持因地制宜、分类施策 防止层层加码 把任务分解到岗到人 鼓励社会力量参与运营 做到当年立项、当年开工"
).split()


def prose(number: int, sentences: int = 3) -> str:
    """One paragraph, another one for each number."""
    parts = []
    for step in range(sentences):
        key = number * 7 + step * 3
        first = f"{VERBS[key % 10]}{THINGS[key % 13]}，{ENDS[(key + number) % 10]}"
        parts.append(f"{first}，{VERBS[(key + 4) % 10]}{THINGS[(key + 5) % 13]}，{ENDS[(key + number + 3) % 10]}。")
    return f"第{number}项工作。" * (number % 5 == 0) + "".join(parts)


def text(first: int, count: int, form: str = "<p>{}</p>\n", sentences: int = 3) -> str:
    """Paragraphs of an article in a form, marked."""
    return "".join(form.format(f"⟦{prose(number, sentences)}⟧") for number in range(first, first + count))


def menu(count: int, form: str = '<li><a href="/{0}/">{1}</a></li>') -> str:
    """Links of a navigation."""
    words = "首页 要闻动态 政务公开 政策文件 办事服务 互动交流 专题专栏 数据发布 领导之窗 机构设置 网站地图".split()
    return "".join(form.format(n, words[n % 11]) for n in range(count))


def related(count: int, form: str = '<li><a href="/t2024{0}.html">{1}</a><span>2024-03-0{2}</span></li>') -> str:
    """Links to other articles."""
    return "".join(form.format(n, f"关于{VERBS[n % 10]}{THINGS[(n + 3) % 13]}的通知", n % 9 + 1) for n in range(count))


FOOT = (
    "<p>主办单位：某市人民政府办公室　承办单位：某市大数据中心</p><p>网站标识码：0000000001　"
    '<a href="https://beian.miit.gov.cn/">某ICP备00000000号</a>　<a href="http://www.beian.gov.cn/">'
    "某公网安备 00000000000001号</a></p><p>地址：某市人民路1号　邮编：000000　电话：0000-00000000</p>"
)
PAGES: dict[str, tuple[str, bool]] = {}


def page(name: str, source: str, head: str = "", kept_back: bool = False) -> None:
    """Add a page of the marked source."""
    top = f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n{head}\n</head>\n'
    PAGES[name] = (
        source if source.lstrip().startswith("<!DOCTYPE") else f"{top}<body>\n{source}\n</body>\n</html>",
        kept_back,
    )


page(
    "central government, 2023",
    f"""<div class="header mhide"><div class="header_logo"><ul>{menu(9)}</ul></div></div>
<div class="mainbody"><div class="BreadcrumbNav"><a href="/">首页</a> &gt; <a href="/yaowen/">要闻</a></div>
<div class="article oneColumn pub_border">
<h1 id="ti">⟪国务院部署推进公共服务工作⟫</h1>
<div class="pages-date">⟪2023-02-26 18:01⟫ <span class="font">⟪来源： 某社⟫</span>
<div class="pages_print mhide"><span class="font index_switchsize">字号：<span class="default on">默认</span>
<span class="big">大</span> <span class="bigger">超大</span></span> <span class="split">|</span>
<span class="font printIco" onclick="forPrint()">打印</span> <span class="split">|</span>
<div class="share" id="share"><div class="share-box"><a class="share-btn" title="微信">&nbsp;</a></div></div></div>
</div>
<div class="pages_content" id="UCAP-CONTENT">
{text(1, 6, '<p style="text-indent: 2em; font-family: 宋体; font-size: 12pt;">{}</p>' + chr(10))}
<div style="display:none"></div></div>
<div class="editor"><span><a href="/fuwu/jiucuo.htm">【我要纠错】</a></span><span class="zrbj">责任编辑：王某</span>
</div>
<div class="pageInfo pageGray" id="pagination"></div>
<div id="div_div" class="mhide"><div id="qr_container" class="sweep">扫一扫在手机打开当前页</div></div>
<canvas id="Canvas"></canvas>
<div class="xg-list related"><div class="pannel-title">相关稿件</div><ul class="list01">{related(5)}</ul></div>
</div></div>
<div class="footer"><div class="links"><ul><li>链接：</li>{menu(6)}</ul></div>
<p>版权所有：某政府网 中文域名：某政府网.政务</p><p>网站标识码bm00000001 京ICP备00000000号</p></div>""",
    "<title>国务院部署推进公共服务工作_滚动新闻_某政府网</title>",
)
page(
    "central government, 2021",
    f"""<div style="display: block;position: relative;"><div class="share-popup" id="share-popup"><h6>分享到：<b></b>
</h6>
<ul><li><a data-w="gwds_qzone" class="share-btn">QQ空间</a></li><li>
<a data-w="gwds_douban" class="share-btn">豆瓣网</a>
</li></ul></div></div><div class="main"><iframe id="ifr_top" src="/2016public/top.htm"></iframe>
<div class="content"><div class="padd"><div class="BreadcrumbNav"><a href='/index.htm'>首页</a>&nbsp;>&nbsp;
<a href='/guowuyuan/index.htm'>国务院</a></div><div class="article oneColumn pub_border">
<h1>
        ⟪有关负责人检查指导防汛减灾工作⟫
      </h1>
<div class="pages-date">⟪2021-08-01 06:59⟫  <span class="font">⟪来源： 某社⟫</span>
<div class="pages_print"><span class="font index_switchsize">【字体：<span class="bigger">大</span>
<span class="medium">中</span> <span class="smaller">小</span>】</span>
<span style="cursor:pointer;" class="font printIco"
onclick="javascript:window.print()">打印</span></div></div>
<div class="pages_content" id="UCAP-CONTENT">
<p style="text-align: center;"><span style="font-weight: bold;">⟦有关负责人检查防汛减灾工作时强调<br>
<span>进一步抓细抓实防汛责任措施<br>
</span><span>切实提高应急能力</span>⟧</span></p>
{text(11, 4, '<p style="text-indent: 2em;">{}</p>' + chr(10), 4)}</div>
<div class="editor"><span><a href="/fuwu/jiucuo.htm" target="_blank">【我要纠错】</a> </span>责任编辑：宋某 </div>
<div id="pageBreak"></div><script type="text/javascript">manuscriptPage_N()</script>
<div id="div_div"><div id="qr_container" style="margin:auto;">扫一扫在手机打开当前页</div></div>
<div class="xg-list related"><div class="pannel-title">相关稿件</div><ul class="list01">{related(3)}</ul></div>
<div class="share-title" style="display:none">有关负责人检查指导防汛减灾工作</div>
<div class="share-substr" style="display:none">{prose(11, 4)}</div>
</div></div></div><iframe id="ifr_foot.htm" src="/2016public/bottom.htm"></iframe>
<div class="back_top"><a>回到
顶部</a></div></div>""",
    "<title>有关负责人检查指导防汛减灾工作_某政府网</title>",
)
page(
    "ministry, TRS editor, linked lines",
    f"""<div class="header"><div class="headerC center"><a class="AppBtn" target="_parent">手机版</a><ul>
<li><a href="https://email/">邮箱</a></li><li><a href="/en/">EN</a></li></ul></div></div>
<div class="header_logo"><form action="/s/"><input type="submit" value="搜索"/></form>
<div class="searchWord">热门搜索：
<script>document.write("<a href='/s'>空气质量</a>")</script></div></div>
<div class="innerBaseBanner"><div class="center"><h2><script>document.write("要闻动态");</script></h2>
<div class="crumbsNav">当前位置：<a href="../../../">首页</a>&nbsp;>&nbsp;<a href="../../">要闻动态</a></div></div>
</div>
<div class="innerBg"><div class="innerCenter"><div class="stbzXq"><div class="neiright_Box">
<h2 class="neiright_Title">⟪生态环境一周要闻（4.10-4.16）⟫</h2><div class="neiright_Content">
<div class="neiright_JPZ_GK"><p class="ydLyZzBox"><span>2022-04-17</span><span>来源：某部</span></p>
<span class="xqLyPc time">⟪2022-04-17⟫</span><span class="xqLyPc">⟪来源：某部⟫</span>
<div class="neiright_JPZGK">分享到：<div class="bshare-custom"><a title="分享到微信" class="bshare-weixin"></a></div>
</div>
<span class="zzjgLdPrint"><a  href="javascript:void(1)" onclick="window.print()">[打印]</a></span>
<span class="zzjgLdFont">字号：<a>[大]</a> <a class="active">[中]</a> <a >[小]</a></span></div>
<div class="neiright_JPZ_GK_CP"><div class=TRS_Editor><div class="Custom_UnionStyle">
<div>　　<b>⟦1.召开常务会议⟧</b></div>
{text(21, 2, '<div>　　{}&gt;&gt;&gt;<a href="/t20220412.shtml">更多内容，点击阅读</a></div>' + chr(10))}
<div>　<b>　⟦2.集中通报典型案例⟧</b></div>
{text(24, 1, "<div>　　{}</div>" + chr(10))}
<div>　　⟦▶ 典型案例丨<a href="/1.shtml">某地钢铁行业去产能存在乱象 产业结构调整落实不力</a>⟧</div>
<div>　　⟦▶ 典型案例丨<a href="/2.shtml">某地生态保护不到位 运河段环境问题突出</a>⟧</div>
<div>　　⟦▶<a href="/3.shtml"> 一图读懂《尾矿污染环境防治管理办法》</a>⟧</div>
{text(25, 3, "<div>　　{}</div>" + chr(10))}</div></div></div></div></div></div>
<div id='recommend-rel' style="display: none"><h2>相关阅读推荐</h2><ul></ul></div></div></div>
<div class="footer"><div class="footerTopUl"><ul class="active">{menu(60)}</ul></div>
<div class="footer_web_linkBBox"><span>链接 ：</span><ul>{menu(5)}</ul></div><div class="footer_BBox">
<p>版权所有：某部<span>|</span>ICP备案编号: <a href="https://beian.miit.gov.cn ">京ICP备00000000号</a></p>
<p>网站标识码：bm00000002<span>|</span><a href="http://www.beian.gov.cn/">京公网安备 00000000000000号</a></p></div>
</div>
<div class="footerMoble"><p>版权所有：某部 </p><p>网站标识码：bm00000002</p><div class="style_pc">电脑版</div>
</div>""",
    "<title>生态环境一周要闻（4.10-4.16）_某部</title>",
)
page(
    "WeChat",
    f"""<div id="js_article" class="rich_media"><div id="js_top_ad_area" class="top_banner"></div>
<div class="rich_media_inner"><div id="page-content" class="rich_media_area_primary">
<div class="rich_media_area_primary_inner">
<div id="img-content" class="rich_media_wrp"><h1 class="rich_media_title " id="activity-name">

⟪一图读懂便民服务新举措⟫
</h1><div id="meta_content" class="rich_media_meta_list"><span id="copyright_logo" class="rich_media_meta">原创</span>
<span class="rich_media_meta rich_media_meta_text">政策君</span>
<span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a href="javascript:void(0);" id="js_name">
⟪某某发布⟫                      </a></span><em id="publish_time" class="rich_media_meta rich_media_meta_text"></em>
</div>
<div class="rich_media_content js_underline_content" id="js_content" style="visibility: hidden; opacity: 0; ">
<section style="text-align:center"><img data-src="https://m/1" alt="图片"></section>
{text(31, 3, '<section style="margin: 0 16px;"><p><span leaf="">{}</span></p></section>' + chr(10))}
<section><section><section><strong><span leaf="">⟦哪些人可以申请⟧</span></strong></section></section></section>
{text(34, 3, '<section><span style="font-size: 15px;"><span leaf="">{}</span></span></section>' + chr(10))}
<p style="display: none;"><mp-style-type data-value="3"></mp-style-type></p></div>
<script type="text/javascript" nonce="0">var first_sceen__time = (+new Date());</script></div>
<div class="rich_media_tool"><a id="js_view_source" href="javascript:;">阅读原文</a>
<div id="js_read_area" style="display:none;">阅读 <span>10</span></div></div></div></div>
<div class="rich_media_area_extra"></div></div></div>
<div id="js_pc_qr_code" style="display:none;"><div class="qr_code_pc"><p>微信扫一扫<br>关注该公众号</p></div></div>
<div class="weui-dialog" style="display: none;"><div class="weui-dialog__ft">知道了</div></div>""",
    '<title></title><meta property="og:title" content="一图读懂便民服务新举措" />',
)
page(
    "old site of tables",
    f"""<table width="1006" border="0" align="center"><tr><td class="td1"><a href="../">首页</a></td><td>
<img src="l.jpg"></td>
<td><a href="../x/">信息公开</a></td><td><a href="../t/">投资</a></td><td><a href="../l/">旅游</a></td></tr></table>
<table width="1006" align="center"><tr><td width="98">天气预报：</td><td><iframe src="http://tianqi/"></iframe></td>
<td width="84">站内搜索：</td><form action="s"><td><input name="w"></td></form></tr></table>
<table width="1006"><tr><td width="253" valign="top"><table width="220">
{menu(8, '<tr><td width="19"><img src="i.jpg"></td><td width="136"><a href="../{0}/">{1}</a></td></tr>')}</table></td>
<td valign="top"><table width="752"><tr><td class="pos">您现在的位置是：<a href="../../">首页</a>&nbsp;&gt;&gt;&nbsp;
<a href="../">信息公开</a>&nbsp;&gt;&gt;&nbsp;正文</td></tr>
<tr><td align="center"><font size="5"><b>⟪关于做好冬季供暖工作的通知⟫</b></font></td></tr>
<tr><td align="center">⟪发布时间：2009-11-05⟫　来源：⟪某区管委会⟫　浏览次数：<script>hits()</script></td></tr>
<tr><td><font size="3">⟦各街道办事处，各有关单位：⟧<br>　　{"<br>　　".join(f"⟦{prose(n)}⟧" for n in range(41, 46))}<br>
　　　　　　　　　　　　⟦二〇〇九年十一月五日⟧</font></td></tr>
<tr><td align="right">【<a href="javascript:window.print()">打印</a>】
【<a href="javascript:window.close()">关闭</a>】</td></tr>
</table></td></tr></table><table width="1006"><tr><td align="center">主办：某区管委会　<a href="../w/">网站地图</a> |
<a href="../l/">联系我们</a></td></tr><tr><td align="center">违法和不良信息举报电话：0000-0000000(工作时间)<br>
　建议使用：1024×768分辩率 真彩32位浏览 <font color="#000000">网站标识码：0000000140</font></td></tr>
<tr><td align="center">中文域名：某区管委会.政务&nbsp;<a href="http://b/"> 蒙ICP备00000000号-2</a></td></tr>
</table>""",
    "<title>某区管委会</title>",
)
page(
    "party newspaper",
    f"""<div class="rm_nav"><a href="/">人民网</a><a href="/a/">党网·时政</a><a href="/b/">要闻</a>
<a href="/c/">地方</a></div>
<div class="layout rm_txt cf"><div class="col col-1 fl">
<div class="path">人民网&gt;&gt;<a href="/">时政</a>&gt;&gt;<a href="/x/">滚动</a></div>
<h3 class="pre"></h3><h1>⟪以文化滋养精神家园⟫</h1><h4 class="sub"></h4><div class="author cf">⟪本报记者  某某⟫</div>
<div class="channel cf">
<div class="col-1-1 fl">⟪2024年01月08日05:17⟫ | 来源：<a href="http://p/">⟪人民网－人民日报⟫</a></div>
<div class="col-1-2"><a>小</a><a>中</a><a>大</a></div></div>
<div class="rm_txt_con cf"><div class="bza"><p style="text-align:center"><img src="1.jpg"></p></div>
{text(51, 6, '<p style="text-indent: 2em;">' + chr(10) + chr(9) + "{}</p>" + chr(10))}
<p class="paper_num">⟦《人民日报》（2024年01月08日 04 版）⟧</p><div class="box_pic"></div><div class="zdfy clearfix">
</div>
<center></center><div class="edit cf">(责编：某甲、某乙)</div></div>
<div class="share_con"><p>分享让更多人看到 <span></span></p></div></div>
<div class="col col-2 fr"><div class="rtit">推荐阅读</div><ul>{related(4)}</ul>
<div class="item"><a href="/r"><b>社区养老如何破题</b></a><p>
<a href="/r">老有所养是民生大事。近年来各地探索了不少办法，……</a></p></div></div></div>
<div class="rm_foot"><p>人民日报社概况|<a href="/1">关于人民网</a>|<a href="/2">招聘</a></p>
<p>人 民 网 股 份 有 限 公 司 版 权 所 有 ，未 经 书 面 授 权 禁 止 使 用</p><p>京ICP证000006号</p></div>""",
    "<title>以文化滋养精神家园--时政--人民网</title>",
)
page(
    "news agency",
    f"""<div class="head"><div class="header-top"><ul>{menu(8)}</ul></div></div><div class="main clearfix">
<div class="main-left left">
<div class="columBox cf"><div class="header-time left"><span class="year"><em> 2024</em></span><span class="day">
<em>03</em>/<em>05</em></span>
<span class="time">10:22:31</span></div><div class="source">⟪来源：某社⟫</div></div>
<h1><span class="title">⟪各地扎实推进惠民工程⟫</span></h1><div class="adv"><div>字体：<span id="small">小</span>
<span id="medium">中</span><span id="big">大</span></div><div class="share">分享到：<a class="weixin"></a></div></div>
<div id="detail"><span id="detailContent">{text(61, 5, "<p>　　{}</p>" + chr(10))}<p>　　⟦（参与记者：某某）⟧</p>
</span></div>
<div class="relatedNews"><h2>相关新闻</h2><ul>{related(3)}</ul></div>
<div class="editor"><span class="tiyi"><a href="javascript:void(0)">【纠错】</a></span> <span>【责任编辑:某某】</span>
</div>
<div class="nextpage"><div class="attention">阅读下一篇：<a href="/n.htm">春运进行时</a></div></div></div>
<div class="main-right right"><div class="columBox"><h3>深度观察</h3><ul>{related(6)}</ul></div></div></div>
<div class="foot"><script src="f.js"></script></div>""",
    "<title>各地扎实推进惠民工程-新华网</title>",
)
GRID = "".join(
    f"<tr><td><p>⟦{n}⟧</p></td><td><p><span>⟦{THINGS[n]}⟧</span></p></td><td><p>⟦某局、某委⟧</p></td></tr>"
    for n in range(1, 6)
)
page(
    "open government document with its card",
    f"""<div class="top"><ul class="nav">{menu(10)}</ul></div><div class="wrap">
<div class="dqwz">当前位置：<a href="/">首页</a>
> <a href="/x">政府信息公开</a> > <a href="/y">规范性文件</a></div>
<table class="xxgk_table" width="100%"><tr><td class="t1">⟪索 引 号：⟫</td><td>⟪000014349/2024-00001⟫</td>
<td class="t1">主题分类：</td>
<td>城乡建设</td></tr><tr><td class="t1">⟪发文机关：⟫</td><td>⟪某市人民政府⟫</td><td class="t1">成文日期：</td>
<td>2024年03月01日</td></tr>
<tr><td class="t1">标　　题：</td><td colspan="3">某市人民政府关于推进便民服务的实施意见</td></tr>
<tr><td class="t1">发文字号：</td><td>⟪某政发〔2024〕3号⟫</td><td class="t1">有效性：</td><td>有效</td></tr></table>
<div class="content"><h2 class="title">⟪某市人民政府关于推进便民服务的实施意见⟫</h2>
<div class="sub">⟪某政发〔2024〕3号⟫</div>
<div id="zoom" class="view TRS_UEDITOR trs_paper_default trs_word"><p>⟦各区县人民政府，市政府各部门：⟧</p>
{text(71, 4, '<p style="text-align:justify"><span style="font-family:仿宋">{}</span></p>' + chr(10))}
<p>⟦附件：重点任务分工⟧</p><table border="1" style="border-collapse:collapse"><tbody><tr><td><p>⟦序号⟧</p></td>
<td><p>⟦任务⟧</p></td><td><p>⟦责任单位⟧</p></td></tr>{GRID}</tbody></table>
<p style="text-align:right">⟦某市人民政府⟧</p><p style="text-align:right">⟦2024年3月1日⟧</p><p>⟦（此件公开发布）⟧</p>
</div>
<div class="fj"><p>附件下载：</p></div><div class="xgjd"><p>相关解读</p><ul>{related(2)}</ul></div>
<div class="ewm"><p>扫一扫在手机打开当前页</p></div><div class="opt"><a href="javascript:window.print()">打印本页</a>
<a href="javascript:window.close()">关闭窗口</a></div></div></div><div class="foot">{FOOT}</div>""",
    "<title>某市人民政府关于推进便民服务的实施意见-某市人民政府门户网站</title>",
)
LAW = "".join(
    f"<p>⟦第{n}条　{prose(80 + i, 1)}"
    f"依照<a href='/l1'>《某某法》</a>、<a href='/l2'>《某某条例》</a>、<a href='/l3'>《某某办法》</a>执行。⟧</p>\n"
    for i, n in enumerate("一二三四五六")
)
page(
    "law with contents and linked laws",
    f"""<div class="top"><div class="nav"><ul>{menu(8)}</ul></div></div><div class="content"><div class="pos">
<a href="/">首页</a> &gt; <a href="/f">法律文件</a></div><div class="title"><h1>⟪某省便民服务促进条例⟫</h1></div>
<div class="fbsj">⟪（2024年3月1日某省第十四届人民代表大会常务委员会第八次会议通过）⟫</div>
<div id="Zoom"><p style="text-align:center">⟦目　　录⟧</p><p>⟦第一章　总则⟧</p><p>⟦第二章　服务⟧</p>
<p style="text-align:center"><b>⟦第一章　总则⟧</b></p>{LAW}<p style="text-align:center"><b>⟦第二章　服务⟧</b></p>
{text(87, 3)}</div><div class="zrbj">责任编辑：某某</div><div class="clear"></div></div>
<div class="bottom"><a href="/1">关于我们</a>|<a href="/2">版权声明</a>
<br>京ICP备00000000号 网站主办：某省人大常委会办公厅</div>""",
    "<title>某省便民服务促进条例_某省人大</title>",
)
page(
    "commercial portal",
    f"""<div class="path-search"><div class="path wrap"><div class="channel-path"><a href="/">新闻中心</a>
<span class="spliter">&gt;</span>
正文</div><form action="/s"><input></form></div></div><div class="main-content w1240">
<h1 class="main-title">⟪社区食堂为何受欢迎⟫</h1>
<div class="top-bar-wrap" id="top_bar_wrap"><div class="date-source"><span class="date">⟪2018年07月16日 10:17⟫</span>
<a href="http://h/" class="source ent-source">⟪某都市报⟫</a></div><div class="page-tools">
<span class="tool-icon">缩小字体</span>
<span class="tool-icon">放大字体</span><span class="tool-icon">收藏</span><span class="tool-icon">微博</span></div>
</div>
<div class="article-content clearfix"><div class="article-content-left"><div class="article" id="artibody">
<div class="img_wrapper"><img alt="图" src="//n/1.jpg"><span class="img_descr">⟦社区食堂一角。⟧</span></div>
<div class="video-2017" id="videoList0"></div>{text(91, 5, "<p>　　{}</p>" + chr(10))}
<div id="left_hzh_ad"><script>ad()</script></div>{text(96, 2, "<p>　　{}</p>" + chr(10))}
<p class="show_author">责任编辑：张某 </p></div><div class="article-bottom"><div class="keywords">文章关键词：
<a href="/k1">社区</a><a href="/k2">食堂</a></div><div class="wap_special"><a href="/fk">我要反馈</a></div></div>
<div class="sina-comment-form"><div class="hd"><span class="tip">网友评论</span></div><textarea>说两句</textarea>
</div></div>
<div class="article-content-right"><div class="blk"><h2>热门排行</h2><ul>{related(8)}</ul></div></div></div></div>
<div class="footer"><p>新闻中心意见反馈留言板 电话：000-000000</p><p>
<a href="/a">关于我们</a>|<a href="/b">广告服务</a></p>
<p>Copyright © 1996-2018 某公司 版权所有</p></div>""",
    "<title>社区食堂为何受欢迎|社区|食堂_新闻中心</title>",
)
page(
    "court",
    f"""<div id="header"><div class="nav">
<a href="/">首页</a> <a href="/1">审判</a> <a href="/2">执行</a> <a href="/3">评论</a></div></div>
<div id="container"><div class="location">当前位置：<a href="/">首页</a> &gt; <a href="/a">法学理论</a></div>
<div class="detail_bigtitle">⟪论便民诉讼机制的完善⟫</div><div class="detail_thr"><div class="detail_thr2">
⟪2023-05-04 08:55:21⟫ | 来源：⟪某法院网⟫ | 作者：⟪某某⟫</div><div class="detail_thr3"></div></div>
<div class="detail_txt">　　{"<br/>　　".join(f"⟦{prose(n)}⟧" for n in range(101, 106))}<br/>
<br/>　　⟦（作者单位：某县人民法院）⟧</div>
<div class="detail_edit">责任编辑：某某</div><div class="detail_share"><a onclick="share('weibo')">微博</a>
<a onclick="share('wx')">微信</a></div></div>
<div id="footer"><p>Copyright©2023 by www.court.example All Rights Reserved.本网站所有内容，未经授权，不得转载。</p>
<p>京ICP备00000000号</p></div>""",
    "<title>论便民诉讼机制的完善 - 某法院网</title>",
)
page(
    "short notice under a long menu",
    f"""<div class="header"><div class="menu"><ul>{menu(36)}</ul></div></div><div class="container"><div class="left">
<ul>{menu(12)}</ul>
<div class="zcjd">{related(10)}</div></div><div class="right"><div class="tit">⟪停水通知⟫</div>
<div class="info"><span>⟪发布日期：2024-03-08⟫</span><span>信息来源：某水务局</span><span>点击数：<i id="hit">12</i>
</span></div>
<div class="con"><p>⟦因管网改造，3月10日8时至18时人民路以北停水，请提前储水。⟧</p></div>
<div class="page-nav"><p>上一篇：<a href="/1.html">关于做好节水工作的通知</a></p>
<p>下一篇：<a href="javascript:;">没有了</a></p></div></div></div>
<div class="footer"><p>版权所有：某水务局　技术支持：某科技有限公司</p>{FOOT}</div>""",
    "<title>停水通知_通知公告_某水务局</title>",
)
page(
    "flat page",
    f"""<p><a href="/">首页</a> | <a href="/1">公告</a> | <a href="/2">下载</a></p><h1>⟪便民服务工作简报⟫</h1>
<p>⟪2024年第3期⟫</p>
{text(111, 4)}<p>⟦粮食总产量1355亿斤⟧</p><table><tr><td>⟦指标⟧</td><td>⟦数值⟧</td></tr><tr><td>⟦新增托位⟧</td>
<td>⟦5000个⟧</td></tr></table>
<p>⟦某市人民政府办公室⟧</p><div>{FOOT}</div>""",
    "<title>简报</title>",
)
STATISTICS = "".join(
    f"<tr><td>⟦{THING}⟧</td><td align=right>⟦{n * 137 % 1000}⟧</td><td align=right>⟦{n * 31 % 90}.{n}⟧</td></tr>\n"
    for n, THING in enumerate(THINGS)
)
page(
    "statistics with tables and footnotes",
    f"""<div class="main-nav"><ul>{menu(10)}</ul></div><div class="detail-content"><div class="detail-title">
<h1>⟪某市2023年国民经济和社会发展统计公报⟫</h1><div class="detail-title-des"><h2><p>⟪2024/02/29 09:30⟫</p></h2>
<span>⟪来源：某统计局⟫</span><em>字号：<a>大</a><a>中</a><a>小</a></em></div></div>
<div class="txt-content"><div class="trs_editor_view TRS_UEDITOR trs_paper_default trs_web">
<p>⟦{prose(121)}<sup><a href="#_ftn1" name="_ftnref1">[1]</a></sup>⟧</p>{text(122, 2)}
<p align="center">⟦表1　2023年主要指标⟧</p>
<table border=1><tr><th>⟦指标⟧</th><th>⟦绝对数⟧</th><th>⟦比上年增长（%）⟧</th></tr>{STATISTICS}</table>{text(124, 2)}
<p>⟦注：⟧</p><p><a href="#_ftnref1" name="_ftn1">⟦[1]⟧</a>⟦本公报数据为初步统计数，面积单位为km<sup>2</sup>。⟧</p>
</div></div></div>
<div class="foot"><div>{FOOT}</div></div>""",
    "<title>某市2023年国民经济和社会发展统计公报-某统计局</title>",
)

# Kept back: counted when the rules were done.
page(
    "city with UCAP and readings",
    f"""<div class="topbar"><a href="/wza">无障碍浏览</a><a href="/zz">长者模式</a></div><div class="nav">
<ul>{menu(9)}</ul></div>
<div class="position">当前位置：<a href="/">首页</a>&nbsp;&gt;&nbsp;<a href="/xx">信息公开</a>&nbsp;&gt;&nbsp;内容</div>
<div class="article"><UCAPTITLE><h1 class="ttl">⟪市政府办公室关于加强文物安全工作的实施意见⟫</h1></UCAPTITLE>
<div class="article-attr"><span>⟪发布日期：2018-08-06⟫</span><span>浏览次数：<b id="hits">0</b> 次</span>
<span>字号：[ <a>大</a> <a>中</a> <a>小</a> ]</span></div>
<div id="zoomcon"><UCAPCONTENT>
<p>⟦各区人民政府，市各委办局：⟧</p>{text(201, 6)}<p style="text-align:right">⟦某市人民政府办公室⟧</p>
<p style="text-align:right">⟦2018年8月6日⟧</p><p>⟦（此件公开发布）⟧</p></UCAPCONTENT></div>
<div class="xgfj"><a href="/f/238.pdf">⟦市政府办公室关于加强文物安全工作的实施意见（某府办〔2018〕238号）.pdf⟧</a>
</div>
<div class="xgjd"><h3>相关解读</h3><ul>{related(2)}</ul></div><div class="info_ewm">扫一扫在手机打开当前页</div>
<div class="share">分享到：<div id="share-1"></div></div><script>$('#share-1').share();</script></div>
<div class="bottom"><div class="wzdh">网站导航：<select><option>中国政府网</option></select></div>{FOOT}</div>""",
    "<title>市政府办公室关于加强文物安全工作的实施意见 - 某市人民政府</title>",
    True,
)
page(
    "portal with recommended abstracts",
    f"""<div id="js_N_NTES_wrap" class="ntes_nav"><a href="/">网易首页</a><a href="/app">应用</a></div>
<div class="wrapper clearfix" id="contain"><div class="post_main"><div class="post_crumb">
<a href="/">网易</a> &gt; <a href="/n">新闻</a> &gt; 正文</div>
<h1 class="post_title">⟪县城图书馆的新生⟫</h1>
<div class="post_info">⟪2023-09-30 16:33:16⟫　来源: <a href="#" id="ne_article_source">⟪某周刊⟫</a>
<a href="javascript:void(0);" class="post_jubao">举报</a></div><div id="content"><div class="post_body">
{text(211, 7, '<p id="0N">{}</p>' + chr(10))}</div></div>
<div class="post_statement">特别声明：以上内容(如有图片或视频亦包括在内)
为自媒体平台用户上传并发布，本平台仅提供信息存储服务。</div>
<div class="post_recommends"><div class="post_recommends_title">相关推荐</div><ul class="post_recommends_list">
<li><a href="/r1"><h3>小镇书店的一天</h3><p>清晨六点，店主已经打开了门。书架上的灰，他每天擦两遍……</p></a></li>
<li><a href="/r2"><h3>乡村教师日记</h3><p>下课铃响，孩子们跑向操场。</p></a></li></ul></div></div>
<div class="post_side"><h2>热点新闻</h2><ul>{related(6)}</ul></div></div><div class="ntes_foot">
<a href="/g">About NetEase</a></div>""",
    "<title>县城图书馆的新生_网易订阅</title>",
    True,
)
page(
    "aggregator, article element and comments",
    f"""<div id="root"><div class="header"><a href="/">首页</a><a href="/hot">热点</a></div>
<div class="article-detail-container"><div class="main">
<div class="expand-container"><div class="article-content"><h1>⟪公交线网如何优化⟫</h1><div class="article-meta">
<span>⟪2024-01-20 09:11⟫</span>
<span class="dot">·</span><span class="name"><a href="/c/user/1">⟪某地交通⟫</a></span></div>
<article class="syl-article-base">{text(221, 6, '<p data-track="1">{}</p>' + chr(10))}</article></div></div>
<div class="detail-side-interaction"><button>赞</button><button>评论</button><button>收藏</button></div>
<div class="ttp-comment-wrapper"><div class="title">评论 2</div><ul><li><div class="comment-info">
<a href="/u/1">路人甲</a>
<p class="content">早就该优化了，我们这里等车要半小时。</p><span>2天前</span><button>回复</button></div></li>
<li><div class="comment-info"><a href="/u/2">路人乙</a><p class="content">支持！</p></div></li></ul></div></div>
<div class="right-sidebar"><div class="hot-board"><h2>热榜</h2><ol>{related(6)}</ol></div></div></div></div>""",
    "<title>公交线网如何优化 - 今日头条</title>",
    True,
)
page(
    "account on a search engine",
    f"""<div id="ssr-content"><div class="headDeco"><a href="/">百度首页</a></div><div class="_18p7x">
<div class="EaCvy"><div class="_2oTsX">
<div class="sKHSJ">⟪托育机构进社区⟫</div><div class="_1Yeqq"><div class="_2gGWi"><a href="/u">
<p class="_7y5nA">⟪某日报⟫</p></a></div>
<div><span>⟪2023-12-01 08:00⟫</span><span>某日报官方账号</span></div></div></div>
<div class="_18p7y">{text(231, 6, '<div class="dpu8C _2kCxD"><p><span class="bjh-p">{}</span></p></div>' + chr(10))}
<div class="dpu8C _2kCxD"><p><span class="bjh-p"><span class="bjh-strong">⟦记者手记⟧</span></span></p></div>
{text(237, 2, '<div class="dpu8C _2kCxD"><p><span class="bjh-p">{}</span></p></div>' + chr(10))}</div></div>
<div class="_3rKgy"><div>举报/反馈</div></div></div><div class="right">
<h3>作者最新文章</h3>{related(3, '<div><a href="/{0}">{1}</a></div>')}</div></div>""",
    "<title>托育机构进社区</title>",
    True,
)
REFERENCES = "".join(
    f'<div class="TiaoNoA"><span class="navtiao">⟦第{n}条</span>　{prose(240 + i, 2)}⟧</div>'
    f'<div class="lianxiang"><a href="/x/{i}">'
    f'法宝联想</a>: <a href="/c/{i}">裁判文书 {i}篇</a> <a href="/j/{i}">相关论文 {i}篇</a></div>\n'
    for i, n in enumerate("一二三四五六七八")
)
page(
    "law database",
    f"""<div class="header"><a href="/">首页</a><a href="/law">法律法规</a><a href="/case">司法案例</a><input></div>
<div class="content"><div class="info">
<h2 class="title">⟪某市节约用水办法⟫</h2><div class="fields"><ul><li><strong>制定机关：</strong>
<a href="/d">⟪某市人民政府⟫</a></li>
<li><strong>发文字号：</strong>⟪某市人民政府令第60号⟫</li><li><strong>公布日期：</strong>⟪2023.05.01⟫</li></ul></div>
</div>
<div class="fulltext-wrap"><div class="fulltext"><div id="divFullText">
<div align="center">⟦（2023年4月20日某市人民政府第12次常务会议通过　自2023年7月1日起施行）⟧</div>{REFERENCES}</div>
</div></div></div>
<div class="footer"><p>©某数据库 <a href="/b">京ICP备00000000号</a></p></div>""",
    "<title>某市节约用水办法_某数据库</title>",
    True,
)
page(
    "broadcaster",
    f"""<div class="nav2016"><a href="/">央视网</a><a href="/a">新闻</a><a href="/b">经济</a></div>
<div class="main_con"><div class="column_wrapper"><div class="cnt_nav">
<a href="/">央视网</a> &gt; <a href="/n">新闻频道</a> &gt; 正文</div><div class="cnt_bd"><h1>⟪水网建设提速⟫</h1><h2>
</h2><div class="function">
<span class="info"><i>来源：<a href="/s">⟪央视网⟫</a> ⟪2023年06月02日 12:31⟫</i></span>
<span class="share">内容分享</span></div>
<div class="content_area" id="content_area"><!--begin 正文-->{text(251, 6, "<p>　　{}</p>" + chr(10))}</div>
<div class="zebian"><span>编辑：某某</span><span>责任编辑：</span></div></div>
<div class="recommend"><div class="title">推荐阅读</div><ul>{related(5)}</ul></div></div></div>
<div class="footer"><p>央视网 京ICP证000535号 网上传播视听节目许可证号 0000000</p></div>""",
    "<title>水网建设提速_新闻频道_央视网(cctv.com)</title>",
    True,
)
page(
    "plan with annexes beside the text",
    f"""<div id="head"><ul>{menu(7)}</ul></div><div id="main">
<div id="position">您的位置：<a href="/">首页</a>/<a href="/t">通知公告</a></div>
<div id="article"><div id="title">⟪某县农村供水规划（2024—2030年）⟫</div><div id="property">
<span>⟪发布时间：2024-05-06⟫</span>
<span>⟪信息来源：某县水利局⟫</span>
<span>【字体：<a href="javascript:doZoom(16)">大</a> <a href="javascript:doZoom(14)">中</a>】</span></div>
<div id="digest"><p>⟦摘要：{prose(260, 1)}⟧</p></div><div id="text">
<h3>⟦一、总体要求⟧</h3>{text(261, 3)}<h3>⟦二、主要任务⟧</h3>
<ol><li>⟦{prose(264, 1)}⟧</li><li>⟦{prose(265, 1)}⟧</li></ol>{text(266, 2)}</div>
<div id="annex"><p>⟦附件：<a href="/a/1.doc">1.某县农村供水工程名录.doc</a>⟧</p>
<p>⟦<a href="/a/2.xlsx">2.投资估算表.xlsx</a>⟧</p></div>
<div id="tool"><a href="#" onclick="window.print();return false">打印</a> <a href="#top">返回顶部</a></div></div></div>
<div id="foot"><p>Copyright 2024 某县水利局</p>{FOOT}</div>""",
    "<title>某县农村供水规划（2024—2030年）-某县水利局</title>",
    True,
)
page(
    "letter and answer in two boxes",
    f"""<div class="hd"><ul>{menu(8)}</ul></div><div class="wrap"><div class="crumb">
<a href="/">首页</a> &gt; <a href="/z">领导信箱</a></div>
<div class="letter"><h3>⟪关于加装电梯的咨询⟫</h3><table><tr><td>⟪来信时间⟫</td><td>⟪2024-01-02⟫</td></tr><tr>
<td>⟪信件编号⟫</td><td>⟪202401020001⟫</td></tr></table>
<div class="q"><div class="lab">⟦来信内容⟧</div>
<div class="txt">⟦我家住在建设路的老楼，楼里老人多，想加装电梯，请问怎样申请，补贴有多少？⟧</div></div>
<div class="a"><div class="lab">⟦答复单位：某市住建局⟧</div><div class="txt">{text(271, 4)}</div></div></div>
<div class="satisfy"><a href="javascript:vote(1)">满意</a><a href="javascript:vote(2)">不满意</a></div></div>
<div class="ft">{FOOT}</div>""",
    "<title>领导信箱_某市人民政府</title>",
    True,
)
page(
    "long post of a microblog",
    f"""<div class="WB_miniblog"><div class="WB_global_nav"><a href="/">首页</a><a href="/v">视频</a></div>
<div class="WB_artical"><div class="main_toppic"></div>
<div class="main_editor" node-type="articleContent">
<div class="title" node-type="articleTitle">⟪一名驻村干部的三年⟫</div>
<div class="authorinfo"><span class="author2"><a href="/u"><em class="W_autocut">⟪某某⟫</em></a></span>
<span class="time">⟪发布于 2022-08-03 10:00⟫</span></div>
<div class="WB_editor_iframe_new" node-type="contentBody">{text(281, 5, '<p align="justify">{}</p>' + chr(10))}
<p align="justify"><br></p>{text(286, 2, '<p align="justify">{}</p>' + chr(10))}</div></div>
<div class="WB_editor_iframe_copy">声明：未经许可，不得转载。</div><div class="artical_add_box">
<a href="/l">登录后查看更多</a></div></div></div>""",
    "<title>一名驻村干部的三年</title>",
    True,
)
page(
    "nested tables with broken paragraphs",
    f"""<center><table><tr><td><img src=t.gif></td></tr><tr><td>
<a href=1>首页</a> <a href=2>法规</a> <a href=3>案例</a> <a href=4>论坛</a></td></tr></table>
<table width=770><tr><td width=160><table>{menu(7, "<tr><td><a href={0}>{1}</a></td></tr>")}</table></td><td>
<table width=600>
<tr><td align=center><b>⟪关于规范停车收费的若干规定⟫</b></td></tr><tr><td align=center>⟪（1998年6月1日发布）⟫</td>
</tr><tr><td>
<p>　　{"<br><br>　　".join(f"⟦{prose(n, 2)}⟧" for n in range(291, 297))}<p>　　⟦本规定自发布之日起施行。⟧
</td></tr></table></td></tr></table><hr><font size=2>某市物价局版权所有　某ICP备00000001号<br>建议使用IE浏览器</font>
</center>""",
    "<title>法规库</title>",
    True,
)
page(
    "appointments without sentences",
    f"""<div class="nav"><ul>{menu(8)}</ul></div><div class="con">
<div class="bt">⟪某市人民政府关于张某等同志任免职的通知⟫</div><div class="ly">⟪2024-02-02⟫　某市人社局</div>
<div class="nr"><p>⟦各区人民政府，市政府各部门：⟧</p><p>⟦市政府研究决定：⟧</p><p>⟦任命张某为某市水务局副局长⟧</p>
<p>⟦任命李某为某市民政局副局长⟧</p>
<p>⟦免去王某的某市住建局副局长职务⟧</p><p>⟦某市人民政府⟧</p><p>⟦2024年2月1日⟧</p></div><div class="pn">
<span>上一篇：</span><a href="/1">无</a></div></div>
<div class="fo">{FOOT}</div>""",
    "<title>某市人民政府关于张某等同志任免职的通知</title>",
    True,
)
page(
    "questions of the press",
    f"""<header class="site-header"><nav><ul>{menu(8)}</ul></nav></header><main><nav class="breadcrumb">
<a href="/">首页</a><a href="/j">政策解读</a></nav>
<article><header><h1>⟪《停车条例》答记者问⟫</h1><p class="meta">⟪2024年4月1日⟫ <span>来源：⟪某市司法局⟫</span></p>
</header>
<div class="entry"><p>⟦近日，《停车条例》公布。有关负责人回答了记者提问。⟧</p>
{"".join(f"<p><strong>⟦问：{THINGS[n]}有什么要求？⟧</strong></p><p>⟦答：{prose(300 + n)}⟧</p>" for n in range(5))}</div>
<footer><p>责任编辑：某某</p><div class="tags"><a href="/t1">停车</a><a href="/t2">条例</a></div></footer></article>
<aside><h2>热门</h2><ul>{related(5)}</ul><p>关注我们的公众号，第一时间了解政策。</p></aside></main>
<footer class="site-footer">{FOOT}</footer>""",
    "<title>《停车条例》答记者问</title>",
    True,
)
page(
    "procurement notice with a summary table",
    f"""<div id="top_nav"><ul>{menu(6)}</ul></div><div class="main"><div class="main_container">
<p class="v_dq">当前位置：<a href="/">首页</a> » <a href="/c">公开招标</a></p>
<div class="vF_detail_header"><h2 class="tc">⟪某小学食堂设备采购项目公开招标公告⟫</h2>
<p class="tc">⟪2024年03月15日 10:20⟫ 来源：⟪某政府采购网⟫ 【<span id="print">打印</span>】</p></div>
<div class="table"><p class="tc"><b>⟦公告概要⟧</b></p><table><tr><td colspan="4"><b>⟦公告信息：⟧</b></td></tr><tr>
<td class="title">⟦采购项目名称⟧</td>
<td colspan="3">⟦某小学食堂设备采购项目⟧</td></tr><tr><td class="title">⟦品目⟧</td>
<td colspan="3">⟦货物/设备/厨房设备⟧</td></tr><tr><td class="title">⟦预算金额⟧</td>
<td colspan="3">⟦￥120.000000万元（人民币）⟧</td></tr></table></div>
<div class="vF_detail_content"><p>⟦项目概况⟧</p>{text(311, 3)}<h3>⟦一、项目基本情况⟧</h3>
<p>⟦项目编号：某采2024-001⟧</p><p>⟦最高限价：119万元⟧</p>
<h3>⟦二、申请人的资格要求⟧</h3>{text(314, 2)}</div></div></div>
<div class="footer">版权所有 &copy; 2024 某财政局 京ICP备00000000号</div>""",
    "<title>某小学食堂设备采购项目公开招标公告</title>",
    True,
)
page(
    "text in one pre",
    f"""<table><tr><td><a href="/">返回首页</a></td></tr></table><h2>⟪一九九六年工作总结⟫</h2><pre>
{chr(10).join("　　⟦" + prose(n, 2) + "⟧" for n in range(321, 326))}
</pre><p><a href="1995.htm">上一年</a> <a href="1997.htm">下一年</a></p>""",
    "<title>工作总结</title>",
    True,
)
page(
    "page for computers and page for telephones",
    f"""<div class="pc"><div class="nav"><ul>{menu(8)}</ul></div><div class="detail"><h1>⟪春耕备耕工作方案⟫</h1>
<div class="date">⟪2024-02-20⟫</div>
<div class="editor">{text(331, 5)}</div></div></div><div class="wap" style="display: none"><h1>春耕备耕工作方案</h1>
<div class="editor">
{"".join(f"<p>{prose(n)}</p>" for n in range(331, 336))}</div></div><div class="footer">{FOOT}</div>""",
    "<title>春耕备耕工作方案</title>",
    True,
)
