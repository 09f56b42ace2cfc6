"""建立: how does an empty, real installation come to be, with its first administrator?"""

import getpass
import os
import secrets
import sys
from argparse import ArgumentParser, Namespace
from datetime import datetime

from onewindow.config import folders, run
from onewindow.config.refused import Refused

ASKED = {
    "admin": ("--admin", "首位管理员的用户名（小写字母开头）"),
    "name": ("--admin-name", "首位管理员的姓名"),
    "staff_no": ("--staff-no", "首位管理员的工号"),
    "address": ("--address", "政务服务中心地址"),
    "hours": ("--hours", "办公时间"),
    "phone": ("--phone", "咨询电话"),
}
POST = "系统管理员"


def main(argv: list[str]) -> int:
    """Ask what was not given, then make tables, the county, the post and the administrator."""
    parser = ArgumentParser(prog="onewindow init", description="建立一个空的正式安装，不含演示数据。")
    parser.add_argument("--pack", help="政策包，例如 luoshan")
    for name, (word, question) in ASKED.items():
        parser.add_argument(word, dest=name, help=question)
    given = parser.parse_args(argv)
    if given.pack:
        os.environ["PACK"] = given.pack
    installation = run.installed(demo=False)
    if installation.demo:
        raise Refused(
            f"{folders.folder().root} 是演示安装，不能改成正式安装：请用 ONEWINDOW_DATA 指定另一个文件夹。"
        )
    told = {name: getattr(given, name) or _ask(*question) for name, question in ASKED.items()}
    password = _password()
    with run.database():
        run.prepare(installation)
        _found(installation.pack, Namespace(**told), password)
    print(f"已建立 {installation.pack} 的正式安装，管理员 {told['admin']}。首次登录须修改密码。")
    print(f"启动：make run PACK={installation.pack}")
    return 0


def _found(pack: str, told: Namespace, password: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")
    import django

    django.setup()
    from django.db import transaction

    from onewindow.ground.clock import now
    from onewindow.rules.grants import NotAllowed

    try:
        with transaction.atomic():
            _lay(pack, told, password, now())
    except NotAllowed as refused:
        raise Refused(str(refused)) from refused


def _lay(pack: str, told: Namespace, password: str, at: datetime) -> None:
    """The county, its divisions, the post of the administrator and who holds it."""
    from onewindow.people.acts import accounts, posts
    from onewindow.people.models import Officer
    from onewindow.places import acts, regions
    from onewindow.rules.grants import FOUNDER, Grant

    regions.load_regions()
    county = acts.found(
        pack, by=FOUNDER, demo=False, address=told.address, hours=told.hours, phone=told.phone
    )
    if Officer.objects.exists():
        raise Refused("这里已有工作人员：请由管理员在“人员和岗位”页面新建账号。")
    officer = accounts.open_officer(
        county,
        by=FOUNDER,
        at=at,
        name=told.name,
        staff_no=told.staff_no,
        username=told.admin,
        password=password,
    )
    grants = (
        Grant.PEOPLE_MANAGE,
        Grant.TOKENS_MANAGE,
        Grant.PLACES_MANAGE,
        Grant.SETTINGS_CHANGE,
        Grant.ERRANDS_RETRY,
        Grant.SEAL_LOAD,
        Grant.ACCESS_READ,
    )
    post = posts.open_post(county, by=FOUNDER, at=at, name=POST, grants=grants)
    posts.give_post(post, officer=officer, by=FOUNDER, at=at, since=at.date())


def _ask(word: str, question: str) -> str:
    if not sys.stdin.isatty():
        raise Refused(f"缺少{question}：请用 {word} 给出，或在终端里执行 onewindow init。")
    answer = ""
    while not answer:
        answer = input(f"{question}：").strip()
    return answer


def _password() -> str:
    """Typed twice; where nobody can type, a random one is printed once."""
    if not sys.stdin.isatty():
        password = secrets.token_urlsafe(12)
        print(f"首次登录密码：{password}")
        return password
    while True:
        password = getpass.getpass("首次登录密码（至少 10 位）：")
        if password == getpass.getpass("再输一次："):
            return password
        print("两次输入不同，请重新输入。")
