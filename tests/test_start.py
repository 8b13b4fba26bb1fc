"""What a start waits for. How long it takes is measured by `bench_start`, not here."""

from pathlib import Path

from tests.benchmarks import bench_start


def test_nothing_that_home_does_not_show_is_loaded_before_it_is_painted(tmp_path: Path) -> None:
    records = tmp_path / "records.visits"
    bench_start.fill(records)
    assert bench_start.seconds("our_start", records, str(tmp_path)) > 0  # it looks by itself
