"""演示账号: who can sign in to every demonstration, and with which password that is good nowhere else?"""

from __future__ import annotations

from dataclasses import dataclass, replace

DEMO_PASSWORD = "yichuang-2026"  # noqa: S105 (printed at every start)


@dataclass(frozen=True)
class SignIn:
    """One line of what `make run` prints and the sign-in page shows."""

    username: str
    name: str
    role: str

    def __str__(self) -> str:
        return f"  {self.username:<10} {self.name}  {self.role}"


SIGN_INS = (
    SignIn("wangfang", "王芳", "申请人，身份证 991523198803100426"),
    SignIn("liwei", "李伟", "3 号综合受理窗口"),
    SignIn("heping", "何平", "1 号综合受理窗口（低位）"),
    SignIn("liuyang", "刘洋", "2 号综合受理窗口（潮汐）"),
    SignIn("luojun", "罗军", "4 号综合受理窗口，先叫不动产登记"),
    SignIn("songyan", "宋燕", "5 号综合受理窗口，先叫社保医保"),
    SignIn("tangli", "唐丽", "6 号综合受理窗口，先叫公安户政"),
    SignIn("zhangmin", "张敏", "市场监督管理局审核"),
    SignIn("chenju", "陈局", "市场监督管理局负责人，作决定"),
    SignIn("zhaoqiang", "赵强", "公安局审核"),
    SignIn("zhoujie", "周洁", "统一出件窗口"),
    SignIn("daoban", "吴敏", "导办员"),
    SignIn("dating", "马宁", "大厅主任"),
    SignIn("zhuren", "何宁", "中心负责人，批准限号"),
    SignIn("sunli", "孙丽", "督查"),
    SignIn("zhiban", "吕宁", "安排非工作时间的值班"),
    SignIn("dengji", "方洁", "预约、延时登记表备案，延时回访"),
    SignIn("huanjing", "安然", "大厅改进岗，答复大厅意见"),
    SignIn("wujing", "吴静", "事项审核和发布"),
    SignIn("admin", "郑凯", "系统管理员"),
    SignIn("admin2", "何敏", "系统管理员（第二人）"),
)


def sign_ins(issuing: str, improving: str) -> list[SignIn]:
    """The same as this place says it: its words for handing results out, and for who answers what the halls hear."""
    said = {"统一出件": issuing, "大厅改进岗": improving}
    return [replace(one, role=_put(one.role, said)) for one in SIGN_INS]


def _put(role: str, said: dict[str, str]) -> str:
    for usual, word in said.items():
        role = role.replace(usual, word)
    return role
