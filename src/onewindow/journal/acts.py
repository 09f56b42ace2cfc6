"""流水的行为: a duty that failed is tried again by somebody who has put right what was wrong."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app

from onewindow.journal.reads import Failed
from onewindow.journal.write import log_access
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@needs(Grant.ERRANDS_RETRY)
def retry(failed: Failed, *, by: Actor, at: datetime) -> None:
    """重办: put a failed duty back into the queue, in its place behind the others of its matter."""
    job = failed.job
    if job.status != "failed":
        raise NotAllowed("这件后续事项已经在办，不用重办。请刷新看结果。")
    log_access(failed.county, by=by, at=at, what="retry", about=f"job:{job.pk}", reason="重办失败的后续事项")
    app.job_manager.retry_job_by_id(job.pk, at)
