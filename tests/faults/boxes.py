"""大厅本机的表单: at which addresses does somebody type something about the machine of a hall, and at its windows?"""

BOXES = (
    "manage/boxes/halls/<int:hall>/new/",
    "manage/boxes/<int:box>/reserve/",
    "manage/boxes/<int:box>/key/",
    "counter/offline/<int:version>/<uuid:once>/",
    "counter/receipts/<str:number>/again/",
    "counter/receipts/<str:number>/settle/",
    "manage/boxes/<int:box>/resume/",
    "manage/boxes/<int:box>/retire/",
    "box/push/",
    "box/pull/",
)
