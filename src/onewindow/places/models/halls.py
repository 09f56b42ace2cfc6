"""场所的表: halls, their windows, zones and devices, which business they line up for, and when they are open."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onewindow.journal.models import Subject
from onewindow.places.models.offices import Department, Region
from onewindow.rules.opening import EVERY_DAY, SESSION_WORDS, Hours, SessionKind


class Hall(models.Model):
    """场所: 中心, 便民服务中心, 便民服务站, 驿站."""

    class Kind(models.TextChoices):
        CENTRE = "centre", "政务服务中心"
        FUNCTIONAL = "functional", "功能区政务服务大厅"
        BRANCH = "branch", "分厅"
        TOWNSHIP = "township", "便民服务中心"
        VILLAGE = "village", "便民服务站"
        OUTPOST = "outpost", "驿站"

    county = models.CharField(max_length=12)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=100)
    address = models.CharField(max_length=120)
    hours = models.CharField(max_length=120)
    phone = models.CharField(max_length=20)
    # 本机管理排队: the key of the machine that alone gives numbers and calls here; empty: this installation does.
    box = models.CharField(max_length=40, blank=True, default="")
    # 停止服务: since when, until when as far as it is known, and the reason on every sign.
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_until = models.DateTimeField(null=True, blank=True)
    why_stopped = models.CharField(max_length=60, blank=True, default="")
    # While an epidemic plan is active: how many may be inside, and the line that hangs on page and machine.
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    advice = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "name"], name="hall_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def stopped(self) -> bool:
        return self.stopped_at is not None


class Window(models.Model):
    """窗口: a numbered window of a hall; one window can be of several kinds."""

    class Kind(models.TextChoices):
        COMPREHENSIVE = "comprehensive", "综合受理"
        ISSUE = "issue", "统一出件"
        ADVICE = "advice", "咨询帮办"
        CROSS = "cross", "跨省通办"
        STUCK = "stuck", "办不成事反映"
        PROVINCE = "province", "全省通办"
        CITY = "city", "同城通办"
        COMPLAINT = "complaint", "投诉代办"
        SINGLE = "single", "部门单设"

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="windows")
    number = models.CharField(max_length=10)
    name = models.CharField(max_length=60)
    kinds = ArrayField(models.CharField(max_length=20, choices=Kind))
    zone = models.ForeignKey(
        "places.Zone", on_delete=models.PROTECT, null=True, blank=True, related_name="windows"
    )
    is_open = models.BooleanField(default=True)
    why_closed = models.CharField(max_length=200, blank=True)
    # 暂停服务: since when, and the reason on its sign.
    paused_at = models.DateTimeField(null=True, blank=True)
    why_paused = models.CharField(max_length=60, blank=True, default="")
    # 低位窗口, and 潮汐窗口 that opens when many wait.
    low = models.BooleanField(default=False)
    tidal = models.BooleanField(default=False)
    lines = models.ManyToManyField("places.Line", through="places.Service", related_name="windows")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "number"], name="window_number_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def county(self) -> str:
        return self.hall.county

    @property
    def paused(self) -> bool:
        return self.paused_at is not None

    @property
    def calls(self) -> bool:
        """Whether numbers are called there now."""
        return self.is_open and self.paused_at is None


class Zone(models.Model):
    """区域: a part of a hall with its own sign, for the public or for the staff."""

    class Kind(models.TextChoices):
        GUIDE = "guide", "导询服务区"
        SELF_SERVICE = "self_service", "自助查询办理区"
        WINDOWS = "windows", "窗口服务区"
        ONLINE = "online", "网办区"
        OPENNESS = "openness", "政务公开区"
        SPECIAL = "special", "特殊群体帮办区"
        ROUND_THE_CLOCK = "round_the_clock", "24小时政务服务区"
        ENTERPRISE = "enterprise", "企业服务区"
        ISSUE = "issue", "统一出证区"
        WAITING = "waiting", "等候区"
        ADVICE = "advice", "咨询帮办区"
        RESERVE = "reserve", "预留机动服务区"
        BUSINESS = "business", "商务服务区"
        BACK_OFFICE = "back_office", "后台审批区"
        STAFF = "staff", "行政办公区"
        STARTUP = "startup", "企业开办自助区"
        TOILET = "toilet", "洗手间"
        NURSING = "nursing", "母婴室"
        DOOR = "door", "出入口"

    # Where visitors have no business; the map for the public leaves them out.
    INTERNAL = (Kind.BACK_OFFICE, Kind.STAFF)

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="zones")
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=40)
    internal = models.BooleanField(default=False)
    floor = models.SmallIntegerField(default=1)
    # On the map, in hundredths of the floor: left, top, width, height.
    place = ArrayField(models.PositiveSmallIntegerField(), size=4, default=list, blank=True)
    area = models.PositiveIntegerField(null=True, blank=True)  # m²
    keeper = models.CharField(max_length=60, blank=True, default="")
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "name"], name="zone_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def county(self) -> str:
        return self.hall.county


class Line(models.Model):
    """业务队列: what one lines up for in a hall; its letter stands before the number."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="lines")
    letter = models.CharField(max_length=1)
    name = models.CharField(max_length=40)
    # What it is for, as the machine at the door says it.
    about = models.CharField(max_length=120, blank=True)
    # Whose business is done in it; none named: everybody's (综合).
    departments = models.ManyToManyField(Department, blank=True, related_name="lines")
    # Items that are done in it whatever their department.
    items = models.ManyToManyField(Subject, blank=True, related_name="+")
    # How long one service takes as long as too few were served to know.
    minutes = models.PositiveSmallIntegerField(default=10)
    order = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)
    # 限号: until which day a limit on its numbers was approved; whoever gives a number looks there only then.
    capped_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hall", "letter"], name="line_letter_once"),
            models.UniqueConstraint(fields=["hall", "name"], name="line_name_once"),
        ]
        ordering = ["hall", "order", "letter"]

    def __str__(self) -> str:
        return self.name

    @property
    def county(self) -> str:
        return self.hall.county


class Service(models.Model):
    """窗口办哪些队列: `first` where this window calls this line before its others (专窗)."""

    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="services")
    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="services")
    first = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["window", "line"], name="service_once")]


class Opening(models.Model):
    """开放时段: from when to when a hall is open on which days of the week, as regular hours or beside them."""

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="openings")
    kind = models.CharField(
        max_length=10, choices=[(kind.value, word) for kind, word in SESSION_WORDS.items()]
    )
    # 1 is Monday. Of regular hours and of those at noon and in the evening: on working days, wherever these fall.
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    begins = models.TimeField()
    ends = models.TimeField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("begins")), name="opening_has_time")
        ]
        ordering = ["hall", "begins"]

    @property
    def hours(self) -> Hours:
        """The line as the rules read it; no weekday named is every day."""
        return Hours(SessionKind(self.kind), self.begins, self.ends, frozenset(self.weekdays) or EVERY_DAY)


class Device(models.Model):
    """设备: a machine of the hall, who keeps it, and the hash of the key by which it proves itself."""

    class Kind(models.TextChoices):
        KIOSK = "kiosk", "取号机"
        DISPLAY = "display", "大厅显示屏"
        WINDOW_DISPLAY = "window_display", "窗口显示屏"
        PAD = "pad", "评价器"
        TERMINAL = "terminal", "自助办理一体机"
        ENQUIRY = "enquiry", "查询终端"
        FILING = "filing", "网上自助申报设备"
        COMPUTER = "computer", "计算机"
        PRINTER = "printer", "打印机"
        SCANNER = "scanner", "扫描仪"
        CAMERA = "camera", "高拍仪"
        ID_READER = "id_reader", "身份证读卡器"
        MONITOR = "monitor", "音视频监控设备"
        BROADCAST = "broadcast", "大厅广播设备"
        LED = "led", "LED显示屏"
        TELEVISION = "television", "多媒体电视"
        BOARD = "board", "实体公示牌"
        WIFI = "wifi", "免费WIFI"
        COPIER = "copier", "打印复印"
        SEATS = "seats", "休息等候椅"
        WATER = "water", "饮水"
        CHARGING = "charging", "充电"
        EMS = "ems", "EMS寄递箱"
        WHEELCHAIR = "wheelchair", "轮椅"
        FIRST_AID = "first_aid", "急救箱"
        SUPPLIES = "supplies", "便民用品"
        LIGHTING = "lighting", "照明"
        SANITARY = "sanitary", "卫生洁具"
        FIRE = "fire", "消防器具"
        OTHER = "other", "其他设备"

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="devices")
    kind = models.CharField(max_length=16, choices=Kind)
    name = models.CharField(max_length=60)
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, null=True, blank=True, related_name="devices")
    window = models.ForeignKey(
        Window, on_delete=models.PROTECT, null=True, blank=True, related_name="devices"
    )
    keeper = models.CharField(max_length=60, blank=True)
    # How many of them, and how they are kept in order (日常维护计划).
    count = models.PositiveSmallIntegerField(default=1)
    care = models.CharField(max_length=120, blank=True, default="")
    # The printer of its slips: tcp:host:port or file:/dev/…; empty: the machine prints what its browser shows.
    printer = models.CharField(max_length=80, blank=True, default="")
    key_hash = models.BinaryField(max_length=32, default=b"")
    registered_by = models.CharField(max_length=40, blank=True)
    registered_at = models.DateTimeField(null=True, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "name"], name="device_name_once")]
        indexes = [models.Index(fields=["key_hash"], condition=~models.Q(key_hash=b""), name="device_by_key")]

    def __str__(self) -> str:
        return self.name

    @property
    def county(self) -> str:
        return self.hall.county


class DeviceFault(models.Model):
    """设备故障: what was wrong, and how it was mended."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="faults")
    what = models.CharField(max_length=200)
    told_by = models.CharField(max_length=40)
    told_at = models.DateTimeField()
    how = models.CharField(max_length=200, blank=True)
    mended_by = models.CharField(max_length=40, blank=True)
    mended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["device"], condition=models.Q(mended_at__isnull=True), name="device_fault_open"
            )
        ]
