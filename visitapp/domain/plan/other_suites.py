"""What a visit to another suite says of a suite that the same people visit."""

from visitapp.domain.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class OtherSuites:
    """How likely a suite is visited on a day of a plan, and on a day on which another is visited,
    for whoever knows that."""

    usual: float
    when_visited: float

    @property
    def sentence(self) -> str:
        """Both in words."""
        usual, visited = round(100 * self.usual), round(100 * self.when_visited)
        return (
            f"A visit comes on {usual} of 100 days. Of those on which another suite is visited, it "
            f"comes on {visited} of 100, since the same people can’t make both"
        )
