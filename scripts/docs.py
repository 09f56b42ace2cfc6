"""文档中的表: which tables of the documents are written by the code itself, so that they cannot be wrong?

`docs.py` writes them anew between their two marks; `docs.py --check` only says which are out of date.
"""

import importlib
import os
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "src"), str(PROJECT)]
SOURCE = PROJECT / "src" / "onewindow"

COMMANDS = {
    "run": "database, tables, demonstration county, all services; until Ctrl-C",
    "init": "an empty, real installation with its first two administrators",
    "box": "this machine as the one that owns the queue of a hall (`--county-url`, `--key-file`)",
    "import-items": "items from Excel or CSV; a dry run first",
    "import-calendar": "the yearly notice of holidays",
    "simulate": "some time of life in a demonstration county; with `--hall` a day of its hall, while one watches or at once",
    "tick": "once what happens by itself; a running installation does it every minute",
    "recheck": "compute every open case anew and report differences (`--mend` writes them)",
    "checkpacks": "policy packs, their quotations and worked examples (`--laws DIR`)",
    "dry-run": "what a decision table would have done over past cases of an item (`--version`, `--limit`, `--each`)",
    "what-if": "all dates of a made-up history from a file, each proved day by day (`--examples`, `--short`)",
    "backup": "database, files and keys into one file",
    "restore": "an installation from such a file (`--force` overwrites)",
    "doctor": "what is wrong with this installation and what to do",
    "worker": "carry out the errands that follow from facts; `run` starts it",
    "manage": "Django's own commands, for developers",
    "reindex": "make the search index anew",
}
PEOPLE = {
    "wangfang": ("applicant, paper 991523198803100426", "申请人，身份证 991523198803100426"),
    "liwei": ("comprehensive window 3", "3 号综合受理窗口"),
    "heping": ("comprehensive window 1, the low one", "1 号综合受理窗口（低位）"),
    "liuyang": ("comprehensive window 2, the tidal one", "2 号综合受理窗口（潮汐）"),
    "luojun": ("window 4, calls for real estate first", "4 号综合受理窗口，先叫不动产登记"),
    "songyan": ("window 5, calls for social security first", "5 号综合受理窗口，先叫社保医保"),
    "tangli": ("window 6, calls for the police first", "6 号综合受理窗口，先叫公安户政"),
    "zhangmin": ("examines at the market regulator", "市场监督管理局审核"),
    "chenju": ("heads the market regulator, decides", "市场监督管理局负责人，作决定"),
    "zhaoqiang": ("examines at the police, sees nothing of others", "公安局审核，看不到别的部门的办件"),
    "zhoujie": ("window where results are handed out", "出件窗口"),
    "daoban": ("guides people in the hall", "在大厅导办"),
    "dating": ("manages the hall", "管理大厅"),
    "zhuren": ("heads the centre, approves limits on numbers", "政务服务中心负责人，批准限号"),
    "sunli": ("supervises", "督查"),
    "zhiban": ("arranges the duty outside office hours", "安排非工作时间的值班"),
    "dengji": ("files the forms of bookings and extensions, calls back", "预约、延时登记表备案，延时回访"),
    "huanjing": ("hears what was said in the hall, and answers", "政务服务环境股，答复大厅意见"),
    "wujing": ("reviews and publishes items", "事项审核和发布"),
    "admin": ("administrator", "系统管理员"),
    "admin2": ("second administrator", "系统管理员（第二人）"),
}
PAGES = {
    "/": ("search, themes, departments, progress", "搜索、主题、部门、查进度"),
    "/search/": ("find an item", "找事项"),
    "/track/": ("progress by number and enquiry code", "凭办件编号和查询码查进度"),
    "/verify/": ("is this letter genuine", "文书验真"),
    "/rules/": ("every rule beside its clause", "每条规定和它的出处"),
    "/rules/compare/": ("two places side by side", "两地规定对照"),
    "/rules/what-if/": (
        "rehearse a history, see every date with its proof",
        "推演一段经过，看每个日期怎么来的",
    ),
    "/public/granted/": ("licences granted", "准予许可公开"),
    "/public/chiefs/": ("who represents a department at the window", "首席事务代表名单"),
    "/my/": ("the applicant's own cases", "我的办件"),
    "/accounts/login/": ("sign in", "登录"),
    "/accounts/": ("one's own account, password, second factor", "我的账号、密码、第二因子"),
    "/counter/": ("take an application in", "一窗收件"),
    "/promises/": (
        "papers to come, promises to check, records of broken ones",
        "容缺待补交、承诺待核查、失信记录",
    ),
    "/public/deferrable/": ("which papers may follow, by item", "容缺受理事项清单"),
    "/public/promises/": ("what may be promised instead of proved, by item", "告知承诺事项清单"),
    "/desk/": ("what waits for this office", "待办"),
    "/bookings/": (
        "appointments: answers, check-in, sessions and roster, filed forms",
        "预约：答复、签到、场次和值班、登记表备案",
    ),
    "/emergency/": (
        "stopping a hall, emergency plans, incidents, drills, safety equipment",
        "停止服务、应急预案、突发事件、演练、安全设备",
    ),
    "/services/": (
        "register of home visits, green channels and other services",
        "上门服务、绿色通道等便民服务登记簿",
    ),
    "/hall/services/": ("what each hall offers beside its windows", "各大厅的便民服务"),
    "/my/bookings/": ("the applicant's own appointments", "本人的预约"),
    "/asked/": ("who was asked first, and follows it", "首问"),
    "/absence/": ("leave, stand-ins, handovers", "休假移交"),
    "/issue/": ("hand results out", "统一出件"),
    "/watch/": ("supervise", "监督"),
    "/catalogue/": ("keep the items", "事项管理"),
    "/manage/chiefs/": ("representatives at the window, delegated by heads", "首席事务代表"),
    "/manage/organisation/": ("offices, posts, stand-ins", "组织与岗位"),
    "/manage/windows/": ("halls and windows", "场所与窗口"),
    "/manage/venues/": ("venues held against the text of the place, maps, signs", "场所对标、平面图、标牌"),
    "/rounds/": ("daily round of the hall, what is to be put right", "大厅巡检和整改"),
    "/norms/": ("written rules: acknowledged, checked, kept or not", "工作制度：签收、检查、运行"),
    "/hall/near/": ("where an item is done nearby", "就近哪里能办"),
    "/manage/devices/": ("machines of the halls", "大厅的设备"),
    "/extensions/": ("service after closing time: forms, call-backs", "延时服务：登记表、核查、回访、统计"),
    "/complaints/": (
        "complaints about windows: looked into, decided, answered; record of windows and members",
        "投诉：核查、办结、答复；窗口和人员的记录",
    ),
    "/helping/": ("who needs a guide, notices of the hall", "谁要帮忙，大厅公告"),
    "/day/": (
        "the day of a hall: queues, windows, hours, report, tidal windows, limits",
        "大厅运行：队列、窗口、按小时、日报、潮汐窗口、限号",
    ),
    "/helping/remarks/": ("what was said in the hall, day by day, and its answers", "大厅意见、汇总和答复"),
    "/hall/": ("how many wait in each hall", "各大厅现在等候"),
    "/manage/settings/": ("local settings", "本地设定"),
    "/privacy/": ("what is kept of a person, for what and how long", "个人信息处理告知"),
    "/manage/keeping/": ("terms of keeping: months, what is due, what was cleared", "保存期限"),
    "/manage/calendar/": ("working-day calendar, holiday notices", "工作日历"),
    "/manage/seals/": ("seals of the offices, by two persons", "印章"),
    "/manage/tokens/": ("tokens of programs", "接口令牌"),
    "/manage/accesses/": ("access log", "访问日志"),
    "/errands/": ("errands that failed", "后续事项"),
    "/outbox/": ("what a demonstration would have sent", "演示发件箱"),
    "/api/": ("interface for programs", "程序接口"),
    "/cash/": ("what the cash desks took in on a day", "收费日报"),
    "/third/": ("a third party reads and speaks, by the number and code of his notice", "利害关系人提出意见"),
    "/styleguide/": ("all parts of the pages", "页面部件一览"),
}
Row = tuple[str, ...]


def main() -> int:
    """Write every part; with --check, 1 when one of them says something else than the code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    behind = [name for name in FILES if renew(name, write="--check" not in sys.argv)]
    for name in behind:
        print(f"{name}: {'out of date, run make docs' if '--check' in sys.argv else 'written'}")
    return 1 if behind and "--check" in sys.argv else 0


def renew(name: str, *, write: bool) -> bool:
    """Whether the file differed from what the code says."""
    path = PROJECT / name
    old = path.read_text("utf-8")
    new = old
    for part, made in FILES[name].items():
        new = _replaced(new, part, made(), name)
    if write and new != old:
        path.write_text(new, "utf-8")
    return new != old


def _replaced(text: str, part: str, made: str, name: str) -> str:
    first, last = f"<!-- {part}: written by make docs -->", f"<!-- end of {part} -->"
    if text.count(first) != 1 or text.count(last) != 1:
        raise SystemExit(f"{name} has no place for {part}: {first} … {last}")
    before, rest = text.split(first)
    return f"{before}{first}\n{made}\n{last}{rest.split(last)[1]}"


def table(head: Row, rows: Iterator[Row] | list[Row]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in (head, tuple("---" for _ in head), *rows)]
    return "\n".join(lines)


def sign_ins(language: int) -> str:
    from onewindow.config.demo import SIGN_INS

    head = (("user name", "name", "who"), ("用户名", "姓名", "是谁"))[language]
    return table(head, [(f"`{s.username}`", s.name, PEOPLE[s.username][language]) for s in SIGN_INS])


def commands(language: int) -> str:
    from onewindow.config.cli import COMMANDS as LISTED

    shown = [c for c in LISTED if c.shown and c.exists()]
    head = (("command", "does"), ("命令", "作用"))[language]
    return table(head, [(f"`onewindow {c.word}`", (COMMANDS[c.word], c.help)[language]) for c in shown])


def pages(language: int) -> str:
    from onewindow.web.desks import exists

    head = (("address", "page"), ("地址", "页面"))[language]
    return table(head, [(f"`{path}`", words[language]) for path, words in PAGES.items() if exists(path)])


def places(language: int) -> str:
    """Each place with the official text archived in its pack."""
    from onewindow.config.folders import places as known

    rows: list[Row] = []
    for place in known():
        told = tomllib.loads((PROJECT / "packs" / place / "pack.toml").read_text("utf-8"))
        source = told["sources"][place]
        rows.append((f"`PACK={place}`", told["title"], f"{source['title']}（{source['issued'].year}）"))
    return table((("setting", "place", "its text"), ("参数", "地方", "所依据的文件"))[language], rows)


def packages(language: int) -> str:
    """The packages that exist, in the order of the journey, in the words of their READMEs."""
    found: list[Row] = []
    for name in in_order():
        lines = (SOURCE / name / "README.md").read_text("utf-8").splitlines()
        said = " ".join(lines[2 : lines.index("", 2)])
        first = re.split(r"(?<=\.)\s", said)[0].rstrip(".")
        found.append((f"[`{name}`](src/onewindow/{name}/README.md)", lines[0].split()[-1], first))
    return table(("package", "中文", "what it is"), found)


def in_order() -> list[str]:
    """The packages of the layers contract that exist, the earliest first."""
    told = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    contract = next(c for c in told["tool"]["importlinter"]["contracts"] if c["id"] == "journey")
    names = [layer.strip("()") for layer in reversed(contract["layers"])]
    return [name for name in names if (SOURCE / name / "__init__.py").is_file()]


def operations() -> str:
    """What programs can ask, with the scope and how often in a minute, from the OpenAPI document."""
    rows = [
        (
            f"`{told['operationId']}` {told['summary']}",
            f"`{method.upper()} {path.removeprefix('/api/v1')}`",
            f"`{told['x-scope']}`" if "x-scope" in told else "不用",
            str(told["x-times-a-minute"]),
        )
        for path, methods in _described()["paths"].items()
        for method, told in methods.items()
    ]
    return table(("接口", "地址", "令牌范围", "每分钟"), rows)


def steps() -> str:
    """The steps that a program can take in a case, with the fields that each needs."""
    schema = _described()
    body = schema["paths"]["/api/v1/cases/{number}/steps"]["post"]["requestBody"]["content"][
        "application/json"
    ]
    rows: list[Row] = []
    for step, found in body["schema"]["discriminator"]["mapping"].items():
        shape = schema["components"]["schemas"][found.rsplit("/", 1)[-1]]
        needed = "、".join(f"`{name}`" for name in shape["required"] if name != "step")
        rows.append((f"`{step}`", shape["description"], needed))
    return table(("step", "办什么", "必填"), rows)


def refusals() -> str:
    """Every kind of refusal with its status and its code."""
    from onewindow.web.api.examples import SENTENCES
    from onewindow.web.api.problems import Kind

    rows = [(str(kind.status), f"`{kind.value[1]}`", kind.value[2], SENTENCES[kind]) for kind in Kind]
    return table(("状态", "code", "title", "detail 例如"), rows)


def _described() -> Any:
    from onewindow.web.api.site import api

    return api.get_openapi_schema()


def terms(language: int) -> str:
    """Every word of the code tables: facts, stages, powers, terms, rules, settings, letters, tables, choices."""
    parts = (
        ("Facts 事实 (`rules/facts*.py`)", ("fact", "中文", "what happened"), _facts()),
        ("Stages 阶段 (`rules/stages.py`)", ("stage", "中文"), _stages()),
        ("Powers 权力 (`rules/grants.py`)", ("power", "中文"), _grants()),
        ("Letters 文书 (`letters/kinds.py`)", ("letter", "中文"), _letters()),
        (
            "Keys of policy packs 政策包的键 (`packs/keys.py`, `packs/keys_settings.py`)",
            ("key", "kind", "中文"),
            _keys(),
        ),
        ("Tables 表 (`models`)", ("table", "中文", "what it keeps"), _tables()),
        ("Choices 选项 (`models`, `rules/`)", ("field", "identifier 中文"), _choices()),
    )
    return "\n\n".join(f"### {title}\n\n{table(head, rows)}" for title, head, rows in parts)


def _facts() -> Iterator[Row]:
    from onewindow.rules.facts import FACTS, TERMS_ZH

    for name, kind in FACTS.items():
        yield f"`{name}`", TERMS_ZH[name], _after(kind)


def _stages() -> Iterator[Row]:
    from onewindow.rules.stages import STAGE_WORDS

    for stage, word in STAGE_WORDS.items():
        yield f"`{stage.value}`", word


def _grants() -> Iterator[Row]:
    from onewindow.rules.grants import GRANT_WORDS

    for grant, word in GRANT_WORDS.items():
        yield f"`{grant.value}`", word


def _letters() -> Iterator[Row]:
    from onewindow.letters.kinds import KINDS

    for name, kind in KINDS.items():
        yield f"`{name}`", kind.zh


def _keys() -> Iterator[Row]:
    from onewindow.packs import keys, keys_settings

    for kind, told in (("term", keys.TERMS), ("rule", keys.RULES), ("setting", keys_settings.SETTINGS)):
        for name, key in told.items():
            yield f"`{name}`", kind, key.title


def _tables() -> Iterator[Row]:
    from django.apps import apps

    for model in apps.get_models():
        if model.__module__.startswith("onewindow."):
            word = (model.__doc__ or "").split(":")[0].split("：")[0].split(" (")[0]
            yield f"`{model._meta.app_label}.{model.__name__}`", word.strip(), _after(model)


def _choices() -> Iterator[Row]:
    from onewindow.rules.clock import UNIT_WORDS
    from onewindow.rules.pack import Basis, Kind

    for found in choices():
        words = " · ".join(f"`{one.value}` {one.label}" for one in found)
        yield f"`{found.__module__.split('.')[1]}.{found.__qualname__}`", words
    yield "`rules.Kind`", " · ".join(f"`{one.name}` {one.value}" for one in Kind)
    yield "`rules.Basis`", " · ".join(f"`{one.value}`" for one in Basis)
    yield "`rules.UNIT_WORDS`", " · ".join(f"`{name}` {word}" for name, word in UNIT_WORDS.items())


def choices() -> Iterator[Any]:
    """Every list of choices in the models of our packages."""
    from django.db.models import Choices

    for name in in_order():
        room = f"onewindow.{name}.models"
        if not any((SOURCE / name / where).exists() for where in ("models.py", "models")):
            continue
        own = [
            thing
            for thing in vars(importlib.import_module(room)).values()
            if isinstance(thing, type) and f"{thing.__module__}.".startswith(f"{room}.")
        ]
        for thing in own:
            for found in (thing, *vars(thing).values()):
                if isinstance(found, type) and issubclass(found, Choices):
                    yield found


def _after(thing: type) -> str:
    """What a docstring says after its Chinese term, in one line, with the law that stands in brackets."""
    told = " ".join((thing.__doc__ or "").split("\n\n")[0].split()).rstrip(".")
    term, _, said = told.partition(": ")
    law = re.search(r"\((.+)\)$", term)
    named = f"({law.group(1)})" if law else ""
    return f"{said} {named}".strip().replace("|", "/")


Part = Callable[[], str]
FILES: dict[str, dict[str, Part]] = {
    "README.md": {
        "sign-ins": lambda: sign_ins(0),
        "pages": lambda: pages(0),
        "places": lambda: places(0),
        "commands": lambda: commands(0),
    },
    "README.zh.md": {
        "sign-ins": lambda: sign_ins(1),
        "pages": lambda: pages(1),
        "places": lambda: places(1),
        "commands": lambda: commands(1),
    },
    "ARCHITECTURE.md": {"packages": lambda: packages(0)},
    "docs/manual/integrator.md": {"operations": operations, "steps": steps, "refusals": refusals},
    "GLOSSARY.md": {"terms": lambda: terms(0)},
}


if __name__ == "__main__":
    sys.exit(main())
