"""Settings: how this copy looks, who uses it, and when it locks."""

from visitapp.domain.office.scheme import Role
from visitapp.settings import LEAST_TEXT, LOCK_MINUTES, MOST_TEXT, THEMES
from visitapp.ui.settings.section import SettingsForm
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.segmented import Segmented

_ROLES = {Role.MANAGER: "volunteer manager", Role.VISITOR: "visitor"}
_THEMES = {"system": "Use system setting", "light": "Light", "dark": "Dark"}
_STEP = 10


class ThisCopySection(SettingsForm):
    """The appearance is saved on this computer, and never affects figures."""

    title = "This computer"
    words = (
        "How visitapp looks and locks on this computer. This is saved on this computer, not in "
        "the file. Your name is saved in the file, so that others can see who has it open."
    )

    def make_fields(self) -> None:
        preferences = self.viewmodel.context.preferences
        self.theme = Segmented("Theme", [(theme, _THEMES[theme]) for theme in THEMES])
        self.theme.chosen.connect(lambda theme: preferences.change(theme=theme))
        self.fields.addWidget(FormRow("Theme", self.theme))
        self.text = Picker("Text size", width=120)
        sizes = range(LEAST_TEXT, MOST_TEXT + 1, _STEP)
        self.text.set_choices([(percent, f"{percent}%") for percent in sizes])
        self.text.chosen.connect(self._on_text)
        self.fields.addWidget(
            FormRow("Text size", self.text, "You can also press Ctrl + and Ctrl −.")
        )
        self.name, self.name_row = self.add_line("Your name")
        self.lock, self.lock_row = self.add_line(
            "Lock after (minutes)",
            "When visitapp is not in use. Press Ctrl+L to lock at once.",
            width=76,
        )
        preferences.changed.connect(self._on_preferences)

    def fill(self) -> None:
        account = self.viewmodel.account()
        self.name.setText(account.name)
        self.name_row.set_hint(f"You are using visitapp as a {_ROLES[account.role]}.")
        self.lock.setText(str(self.viewmodel.context.preferences.settings.lock_minutes))
        self._show_preferences()

    def _on_preferences(self, _settings: object) -> None:
        self._show_preferences()

    def _show_preferences(self) -> None:
        settings = self.viewmodel.context.preferences.settings
        self.theme.set_key(settings.theme)
        self.text.set_key(settings.text_percent)
        if self.text.key() is None:
            self.text.setEditText(f"{settings.text_percent}%")

    def _on_text(self, percent: object) -> None:
        if isinstance(percent, int):
            self.viewmodel.context.preferences.change(text_percent=percent)

    def state(self) -> tuple[object, ...]:
        return self.name.text(), self.lock.text()

    def save(self) -> bool:
        least, most = LOCK_MINUTES
        wrong = f"Enter a number of minutes from {least} to {most}."
        text = self.lock.text().strip()
        minutes = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1
        self.lock_row.set_error("" if least <= minutes <= most else wrong)
        self.name_row.set_error("" if self.name.text().strip() else "Enter your name.")
        if self.lock_row.error() or self.name_row.error():
            return False
        if minutes != self.viewmodel.context.preferences.settings.lock_minutes:
            self.viewmodel.context.preferences.change(lock_minutes=minutes)
            self.say_done(f"visitapp locks after {minutes} minutes without use.")
        if self.name.text().strip() != self.viewmodel.account().name:
            return self.viewmodel.save_account(self.name.text())
        return True
