"""大厅设施: what stands in a hall, and which of it is out of order?"""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from onewindow.places.models import Device, DeviceFault, Hall


def equipment(hall: Hall) -> list[Device]:
    """What stands in the hall, each with whether it is out of order (`broken`)."""
    broken = DeviceFault.objects.filter(device=OuterRef("pk"), mended_at__isnull=True)
    found = Device.objects.filter(hall=hall, retired_on__isnull=True).select_related("zone")
    return list(found.annotate(broken=Exists(broken)).order_by("kind", "pk"))
