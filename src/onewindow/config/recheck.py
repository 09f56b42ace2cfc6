"""复算: does the stored index of every open case agree with its facts?"""

from argparse import ArgumentParser

from onewindow.cases.recheck import recheck


def main(argv: list[str]) -> int:
    """Print each difference; 1 when there was one, so that a nightly job notices."""
    parser = ArgumentParser(prog="onewindow recheck", description="重算全部在办件的期限，报告差异。")
    parser.add_argument("--mend", action="store_true", help="把重算的结果写回")
    found = 0
    for difference in recheck(mend=parser.parse_args(argv).mend):
        found += 1
        kept, computed = difference.kept, difference.computed
        print(f"{difference.number} {difference.column}：存的是 {kept}，重算是 {computed}")
    print(f"共 {found} 处差异。" if found else "没有差异。")
    return 1 if found else 0
