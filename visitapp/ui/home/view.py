"""Home: what is due, what needs somebody, and last year."""

from visitapp.ui.context import Context
from visitapp.ui.widgets.page import Page


class HomeView(Page):
    """The first page."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Home")
