"""拒绝启动: which sentence does a person read when this installation cannot work?"""


class Refused(Exception):
    """A sentence in Chinese that says what is wrong and what to do; the command line prints it and ends."""
