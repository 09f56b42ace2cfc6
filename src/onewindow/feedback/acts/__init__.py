"""评价的行为: the person served gives a rating, once for one service: a case, or what was done at a window."""

from onewindow.feedback.acts.cases import rate
from onewindow.feedback.acts.windows import rate_service

__all__ = ["rate", "rate_service"]
