"""What an owner types to let somebody into the team or to change what they may do."""

from django import forms

from letters.models import TeamRole

ROLES = [
    (TeamRole.COORDINATOR, "Coordinator: does everything but let people in"),
    (TeamRole.OBSERVER, "Observer: sees everything, changes nothing"),
]


class InviteForm(forms.Form):
    """A person and the role."""

    email = forms.EmailField(
        label="E-mail address", help_text="The person signs in with this address.",
        error_messages={"required": "Write the person’s address.", "invalid": "This is not an e-mail address."},
    )  # fmt: skip
    name = forms.CharField(max_length=200, required=False, help_text="As it is to stand in the record of who did what.")
    role = forms.ChoiceField(choices=ROLES, widget=forms.RadioSelect, initial=TeamRole.COORDINATOR)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class RoleForm(forms.Form):
    """The role alone, for somebody who is there."""

    role = forms.ChoiceField(choices=ROLES)
