"""场所的词: which kinds of zone, window or equipment does a document mean by its word?

The documents call the same thing differently; each word here names the kinds that satisfy it.
"""

from collections.abc import Mapping
from types import MappingProxyType

Words = Mapping[str, tuple[str, ...]]

ZONES: Words = MappingProxyType(
    {
        "窗口服务区": ("windows",),
        "窗口受办服务": ("windows",),
        "综合受理区": ("windows",),
        "后台审批区": ("back_office",),
        "咨询服务区": ("advice", "guide"),
        "咨询帮办区": ("advice",),
        "导询服务": ("guide",),
        "自助服务区": ("self_service",),
        "自助查询办理": ("self_service",),
        "自助便民服务区": ("self_service",),
        "信息公开区": ("openness",),
        "政务公开": ("openness",),
        "商务服务区": ("business",),
        "行政办公区": ("staff",),
        "企业服务中心": ("enterprise",),
        "一网通办自助填报区": ("online",),
        "网办": ("online",),
        "企业开办自助区": ("startup",),
        "统一发证区": ("issue",),
        "办事等候区": ("waiting",),
        "预留机动服务区": ("reserve",),
        "特殊群体帮办": ("special",),
        "24小时政务服务": ("round_the_clock",),
        "洗手间": ("toilet",),
        "母婴室": ("nursing",),
    }
)

WINDOWS: Words = MappingProxyType(
    {
        "综合受理窗口": ("comprehensive",),
        "统一出证窗口": ("issue",),
        "发件中心": ("issue",),
        "咨询服务窗口": ("advice",),
        "帮办咨询窗口": ("advice",),
        "“最多跑一次”投诉代办窗口": ("complaint",),
        "全省通办窗口": ("province",),
        "跨省通办窗口": ("cross",),
        "“同城通办”专窗": ("city",),
        "“办不成事”反映窗口": ("stuck",),
    }
)

DEVICES: Words = MappingProxyType(
    {
        "网上自助申报": ("filing", "terminal"),
        "计算机": ("computer",),
        "打印机": ("printer", "copier"),
        "扫描仪": ("scanner",),
        "高拍仪": ("camera",),
        "身份证读卡器": ("id_reader",),
        "排队叫号机": ("kiosk",),
        "一窗受理叫号机": ("kiosk",),
        "智能触摸查询终端": ("enquiry",),
        "服务质量评价设备": ("pad",),
        "好差评评价机": ("pad",),
        "音视频监控设备": ("monitor",),
        "大厅广播设备": ("broadcast",),
        "自助办理一体机": ("terminal",),
        "自助服务一体机": ("terminal",),
        "窗口显示屏": ("window_display",),
        "LED显示屏": ("led", "display"),
        "多媒体电视": ("television",),
        "实体公示牌": ("board",),
        "免费WIFI": ("wifi",),
        "等候椅": ("seats",),
        "休息": ("seats",),
        "饮水机": ("water",),
        "饮水": ("water",),
        "复印机": ("copier",),
        "打印复印": ("copier",),
        "复印": ("copier",),
        "录入": ("computer", "camera", "scanner"),
        "出证": ("printer", "terminal", "copier"),
        "充电": ("charging",),
        "EMS寄递箱": ("ems",),
        "残疾人服务": ("wheelchair",),
        "急救": ("first_aid",),
        "照明": ("lighting",),
        "卫生洁具": ("sanitary",),
        "消防器具": ("fire",),
    }
)

# 设备的类: what the offices work with, what makes the way easier, what is at hand, and what keeps the house safe.
SMART = "智能设备"
OFFICE, EASE, SUPPLIES, SAFETY = "办公设备", "便民设施", "便民用品", "安全和基础设施"
CLASSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        SMART: (
            *("kiosk", "display", "window_display", "pad", "terminal", "enquiry", "filing", "led"),
            *("television", "board", "broadcast", "monitor", "id_reader"),
        ),
        OFFICE: ("computer", "printer", "scanner", "camera", "other"),
        EASE: ("wifi", "copier", "seats", "water", "charging", "ems", "wheelchair"),
        SUPPLIES: ("supplies",),
        SAFETY: ("first_aid", "lighting", "sanitary", "fire"),
    }
)
# What stands in the hall for everybody without charge.
FREE = (*CLASSES[EASE], "first_aid", "supplies")

LEVELS: Mapping[str, str] = MappingProxyType(
    {
        "centre": "政务服务中心",
        "functional": "功能区政务服务大厅",
        "branch": "分厅",
        "township": "便民服务中心",
        "village": "便民服务站",
        "outpost": "驿站",
    }
)


def class_of(kind: str) -> str:
    """The class of equipment to which a kind belongs."""
    return next(name for name, kinds in CLASSES.items() if kind in kinds)
