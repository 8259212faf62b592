import subprocess
import sys


def test_statistics_load_without_scipy_stats_and_its_kin():
    code = (
        "import sys, bench.stats.estimates, bench.stats.paired, bench.stats.multiple, bench.stats.ranks, "
        "bench.stats.replicates, bench.stats.sequential; "
        "print([m for m in ('scipy.stats', 'scipy.optimize', 'statsmodels', 'pandas') if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
