"""制度的表单: at which addresses does somebody type something about the written rules and the sections?"""

NORMS = (
    "norms/new/",
    "norms/<int:norm>/renew/",
    "norms/<int:norm>/checks/",
    "norms/<int:norm>/send/",
    "manage/organisation/sections/new/",
    "manage/organisation/posts/<int:post>/section/",
    "norms/<int:norm>/withdraw/",
    "manage/organisation/sections/<int:section>/close/",
    "norms/load/",
    "norms/<int:norm>/acknowledge/",
)
