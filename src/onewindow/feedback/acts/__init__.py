"""评价和投诉的行为: the person served gives a rating, once for one service, or complains; a complaint is settled."""

from onewindow.feedback.acts.cases import rate
from onewindow.feedback.acts.complaints import complain, settle
from onewindow.feedback.acts.windows import rate_service

__all__ = ["complain", "rate", "rate_service", "settle"]
