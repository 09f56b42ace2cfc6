"""找得到: which items does a person mean by the words that he typed?"""

from onewindow.guidance.reads.literal import containing
from onewindow.guidance.reads.search import Facet, Found, Hit, search
from onewindow.guidance.reads.wanted import WINDOW, Wanted

__all__ = ["WINDOW", "Facet", "Found", "Hit", "Wanted", "containing", "search"]
