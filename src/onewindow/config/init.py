"""建立: how does an empty, real installation come to be, with its first two administrators?

Two, because nobody gives himself power and many acts need a second person: with one alone nothing could begin.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from datetime import datetime

from onewindow.config import folders, run
from onewindow.config.refused import Refused
from onewindow.ground.onetime import one_time

ASKED = {
    "admin": ("--admin", "第一位管理员的用户名（小写字母开头）"),
    "name": ("--admin-name", "第一位管理员的姓名"),
    "staff_no": ("--staff-no", "第一位管理员的工号"),
    "admin2": ("--admin2", "第二位管理员的用户名（小写字母开头）"),
    "name2": ("--admin2-name", "第二位管理员的姓名"),
    "staff_no2": ("--staff-no2", "第二位管理员的工号"),
    "address": ("--address", "政务服务中心地址"),
    "hours": ("--hours", "办公时间"),
    "phone": ("--phone", "咨询电话"),
}
POST = "系统管理岗"


def main(argv: list[str]) -> int:
    """Ask what was not given, then make tables, the county, the post and the administrator."""
    parser = ArgumentParser(prog="onewindow init", description="建立一个空的正式安装，不含演示数据。")
    parser.add_argument("--pack", help="政策包，例如 luoshan")
    for name, (word, question) in ASKED.items():
        parser.add_argument(word, dest=name, help=question)
    given = parser.parse_args(argv)
    if given.pack:
        os.environ["PACK"] = given.pack
    run.place()
    _refuse_demonstration()
    told = {name: getattr(given, name) or _ask(*question) for name, question in ASKED.items()}
    _refuse_one_person(told)
    installation = run.installed(demo=False)  # nothing is made before everything is answered
    passwords = [one_time(), one_time()]
    with run.database():
        run.prepare(installation)
        _found(installation.pack, Namespace(**told), passwords)
    print(
        f"已建立 {installation.pack} 的正式安装。两位管理员和一次性密码，请分别当面交给本人，第一次登录必须改掉："
    )
    for who, name, password in zip(
        (told["admin"], told["admin2"]), (told["name"], told["name2"]), passwords, strict=True
    ):
        print(f"  {who}  {name}  {password}")
    where = os.environ.get("ONEWINDOW_DATA")
    print(f"启动：make run PACK={installation.pack}{f' ONEWINDOW_DATA={where}' if where else ''}")
    print("开张那天照 docs/manual/first-day.md 一步一步做。")
    return 0


def _refuse_demonstration() -> None:
    kept = folders.folder().installation()
    if kept is not None and kept.demo:
        raise Refused(
            f"{folders.folder().root} 是演示安装，不能改成正式安装：请用 ONEWINDOW_DATA 指定另一个文件夹。"
        )


def _refuse_one_person(told: dict[str, str]) -> None:
    for one, other, word in (
        ("admin", "admin2", "用户名"),
        ("staff_no", "staff_no2", "工号"),
        ("name", "name2", "姓名"),
    ):
        if told[one].strip().lower() == told[other].strip().lower():
            raise Refused(f"两位管理员的{word}相同：要两个不同的人，没有人能给自己权限，印章也要两人办。")


def _found(pack: str, told: Namespace, passwords: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")
    import django

    django.setup()
    from django.db import transaction

    from onewindow.ground.clock import now
    from onewindow.rules.grants import NotAllowed

    try:
        with transaction.atomic():
            _lay(pack, told, passwords, now())
    except NotAllowed as refused:
        raise Refused(str(refused)) from refused


def _lay(pack: str, told: Namespace, passwords: list[str], at: datetime) -> None:
    """The county, its divisions, the post of the administrators and who hold it."""
    from onewindow.people.acts import accounts, posts
    from onewindow.people.models import Officer
    from onewindow.people.usual import ADMINISTRATOR
    from onewindow.places import acts, regions
    from onewindow.rules.grants import FOUNDER

    regions.load_regions()
    county = acts.found(
        pack, by=FOUNDER, demo=False, address=told.address, hours=told.hours, phone=told.phone
    )
    if Officer.objects.exists():
        raise Refused("这里已有工作人员：请由管理员在“人员和岗位”页面新建账号。")
    post = posts.open_post(county, by=FOUNDER, at=at, name=POST, grants=ADMINISTRATOR)
    people = ((told.name, told.staff_no, told.admin), (told.name2, told.staff_no2, told.admin2))
    for (name, staff_no, username), password in zip(people, passwords, strict=True):
        officer = accounts.open_officer(
            county, by=FOUNDER, at=at, name=name, staff_no=staff_no, username=username, password=password
        )
        posts.give_post(post, officer=officer, by=FOUNDER, at=at, since=at.date())


def _ask(word: str, question: str) -> str:
    if not sys.stdin.isatty():
        raise Refused(f"缺少{question}：请用 {word} 给出，或在终端里执行 onewindow init。")
    answer = ""
    while not answer:
        answer = input(f"{question}：").strip()
    return answer
