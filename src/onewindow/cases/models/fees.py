"""收费的表: what was billed, reduced, paid and paid back."""

from __future__ import annotations

from django.db import models

from onewindow.cases.models.case import Case
from onewindow.people.models import Officer
from onewindow.places.models import Window


def _money() -> models.DecimalField:
    return models.DecimalField(max_digits=10, decimal_places=2)


class Bill(models.Model):
    """缴费通知书: every fee of a case at once; the payment number is what desk and gateway know it by (缴款单号)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="bills")
    pay_number = models.CharField(max_length=20, unique=True)
    second = models.BooleanField(default=False)
    instead = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=500, blank=True)  # of a second one: the head's reason
    total = _money()
    payer = models.CharField(max_length=100)
    where = models.CharField(max_length=300)
    before = models.CharField(max_length=8)
    pay_by = models.DateField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(second=False), name="fees_told_at_once"
            )
        ]

    def __str__(self) -> str:
        return self.pay_number


class BillLine(models.Model):
    """收费项目: one fee of a bill with its kind, standard, basis and amount (费用一次性告知)."""

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="lines")
    name = models.CharField(max_length=100)
    standard = models.CharField(max_length=100)
    basis = models.CharField(max_length=300)
    price = _money()
    count = models.PositiveIntegerField(default=1)
    amount = _money()
    how = models.CharField(max_length=200, blank=True)  # how it was reckoned, where the guide names no sum


class _Settled(models.Model):
    """What one person asks for and another decides on."""

    asked_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    settled_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    approved = models.BooleanField(null=True, blank=True)
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def case(self) -> Case:
        """The case of its bill."""
        case: Case = self.bill.case  # type: ignore[attr-defined]
        return case


class Relief(_Settled):
    """减免: so much less of a bill, on a ground with its basis; decided by somebody else."""

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="reliefs")
    amount = _money()
    ground = models.CharField(max_length=500)
    basis = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bill"], condition=models.Q(approved__isnull=True), name="relief_waits_once"
            )
        ]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(approved__isnull=True), name="relief_waiting")
        ]


class Payment(models.Model):
    """缴费: the whole of one bill, with its receipt number; a gateway's own number enters once."""

    class Way(models.TextChoices):
        DESK = "desk", "窗口缴费"
        GATEWAY = "gateway", "网上缴费"

    bill = models.OneToOneField(Bill, on_delete=models.PROTECT, related_name="payment")
    county = models.CharField(max_length=12)
    way = models.CharField(max_length=8, choices=Way)
    amount = _money()
    receipt = models.CharField(max_length=40)  # 财政票据号码
    serial = models.CharField(max_length=60, null=True, blank=True, unique=True)
    payer = models.CharField(max_length=100)
    window = models.ForeignKey(Window, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "receipt"], name="receipt_number_once")]
        # The day's list of the cash desks.
        indexes = [models.Index(fields=["county", "on", "id"], name="payment_day")]

    @property
    def case(self) -> Case:
        """The case of its bill."""
        return self.bill.case


class StrayPayment(models.Model):
    """收到不用缴的款: what the gateway took and no bill can be paid with; it waits to go back."""

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="strays")
    amount = _money()
    serial = models.CharField(max_length=60, unique=True)
    receipt = models.CharField(max_length=40)
    payer = models.CharField(max_length=100)
    why = models.CharField(max_length=300)  # why it could not be booked
    at = models.DateTimeField()

    @property
    def case(self) -> Case:
        """The case of its bill."""
        return self.bill.case


class Refund(_Settled):
    """退付: what was paid goes back, with the reason; agreed to by somebody else.

    Of money that was never owed nobody needs to think: the platform's word itself asks for it.
    """

    asked_by = models.ForeignKey(  # type: ignore[assignment]
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stray = models.OneToOneField(
        StrayPayment, on_delete=models.PROTECT, null=True, blank=True, related_name="refund"
    )
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="refunds")
    amount = _money()
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bill"], condition=models.Q(approved__isnull=True), name="refund_waits_once"
            )
        ]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(approved__isnull=True), name="refund_waiting")
        ]
