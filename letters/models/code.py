"""A 6-digit code mailed to the officer of one link; good for one act in one browser, 15 minutes and 3 tries."""

import datetime

from django.db import models

from letters.models.link import derived, new_nonce

LIFE = datetime.timedelta(minutes=15)
TRIES = 3


class Code(models.Model):
    link = models.ForeignKey("letters.Link", models.CASCADE, related_name="codes")
    nonce = models.CharField(max_length=32, default=new_nonce, unique=True)
    created_at = models.DateTimeField()
    # Whoever else holds the link, such as a mail scanner, cannot use up what this browser asked for.
    browser = models.CharField(
        max_length=32, blank=True, help_text="The browser that asked; the code works there only."
    )
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.CheckConstraint(condition=models.Q(tries__lte=TRIES), name="code_three_tries")]

    def __str__(self) -> str:
        return f"code for {self.link}"

    @property
    def digits(self) -> str:
        """The six digits, made anew from the nonce each time they are mailed or compared."""
        return f"{int.from_bytes(derived('code', self.nonce)[:8], 'big') % 1_000_000:06d}"
