"""The operator's pages: to look things up; what the record holds cannot be edited here."""

from django.contrib import admin
from django.http import HttpRequest

from letters import models


class LookOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows can be read, not added, changed or deleted."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(models.User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """People may be renamed, switched off or allowed to start letters."""

    fields = ["email", "name", "language", "may_convene", "is_active"]
    list_display = ["email", "name", "may_convene", "is_active"]
    search_fields = ["email", "name"]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(models.Society)
class SocietyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["official_name", "short_name", "country"]
    search_fields = ["official_name", "short_name"]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(models.Signature)
class SignatureAdmin(LookOnly):
    list_display = ["receipt_no", "society_name", "printed_name", "signed_at", "withdrawn_at"]


@admin.register(models.Job)
class JobAdmin(LookOnly):
    list_display = ["key", "state", "attempts", "run_after", "last_error"]
    list_filter = ["state", "kind"]


@admin.register(models.Event)
class EventAdmin(LookOnly):
    list_display = ["letter", "seq", "kind", "actor", "at"]


@admin.register(models.Stray)
class StrayAdmin(LookOnly):
    list_display = ["received_at", "sender", "title", "why"]


for model in (
    models.Letter,
    models.Version,
    models.Invitation,
    models.Edition,
    models.Submission,
    models.Mail,
):
    admin.site.register(model, LookOnly)
