"""A visitor's next visits, and their days and times as late as the visitor chooses."""
