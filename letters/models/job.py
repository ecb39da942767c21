"""A row that says work is owed; the row is the queue, a Celery message only the nudge."""

from django.db import models


class JobState(models.TextChoices):
    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    DEAD = "dead", "Given up"


class Job(models.Model):
    kind = models.CharField(max_length=20)
    subject = models.PositiveBigIntegerField(help_text="Primary key of the row the work is about.")
    key = models.CharField(max_length=120, unique=True)
    letter = models.ForeignKey("letters.Letter", models.PROTECT, null=True, related_name="jobs")
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    run_after = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=32, blank=True)
    last_error = models.CharField(max_length=500, blank=True)
    progress = models.CharField(max_length=60, blank=True, help_text="How far long work has come, while it runs.")
    told_at = models.DateTimeField(null=True, blank=True, help_text="When it last came further.")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("run_after", condition=models.Q(state__in=["queued", "running"]), name="job_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="running", lease_until__isnull=False)
                | (~models.Q(state="running") & models.Q(lease_until__isnull=True, lease_token="")),
                name="job_running_has_a_lease",
            )
        ]

    def __str__(self) -> str:
        return self.key
