"""The addresses of leave, handover and first asked that take something in."""

AWAY = (
    "absence/new/",
    "absence/posts/<int:pk>/b/",
    "absence/posts/<int:pk>/<int:officer>/new/",
    "absence/<int:absence>/posts/<int:pk>/",
    "absence/<int:absence>/back/",
    "handover/new/",
    "handover/posts/<int:pk>/<int:officer>/new/",
    "handover/<int:handover>/sign/",
    "handover/<int:handover>/take/",
    "handover/<int:handover>/call-off/",
    "asked/new/",
    "asked/<str:number>/answer/",
    "asked/<str:number>/offer/",
    "asked/<str:number>/decline/",
    "asked/<str:number>/take/",
    "watch/overdue/<int:overdue>/take-back/",
)
