"""开发: how are Django's own commands reached with this installation's database?"""

from django.core.management import execute_from_command_line


def main(argv: list[str]) -> int:
    """Pass everything on to Django."""
    execute_from_command_line(["onewindow manage", *argv])
    return 0
