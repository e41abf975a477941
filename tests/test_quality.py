"""The extraction score on a sample of the development pages never falls below these floors."""

import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parent.parent.parent / "shared" / "bench"
STEP = 6  # every sixth page
FLOORS = (
    ("aeb", "f1_nocap", 0.97),
    ("atf", "f1_nocap", 0.97),
    ("wcxb", "f1_nocap", 0.978),
    ("trafilatura", "str_f1", 0.967),
)


@pytest.mark.slow
@pytest.mark.parametrize(("corpus_name", "metric", "floor"), FLOORS)
def test_the_score_holds(corpus_name: str, metric: str, floor: float) -> None:
    if not BENCH.is_dir():
        pytest.skip("needs the development pages in ../shared/bench")
    from benchmarks import quality  # noqa: PLC0415  (only with the pages)

    sys.path.insert(0, str(BENCH))
    try:
        import corpus  # type: ignore[import-not-found]  # noqa: PLC0415
        import score  # type: ignore[import-not-found]  # noqa: PLC0415
    finally:
        sys.path.remove(str(BENCH))
    cases = corpus.load([corpus_name])[::STEP]
    rows = [score.score_case(case, *quality.candidate(case.html, case.url)) for case in cases]
    result = score.aggregate(rows, resamples=1)
    assert result[metric][0] >= floor
    assert result["empty"][0] == 0
