"""Published data that the expected values of the tests come from.

cigarettes_united_states: packs per head in 39 states, 1970 to 2000 (Abadie, Diamond and Hainmueller 2010, from the
Tax Burden on Tobacco), as in Facure's handbook (MIT). getis_ord_grid, leukaemia_new_york, sids_north_carolina: R package spData (CC0). seatbelts_uk: base R ``Seatbelts``.
salmonella_agona_weekly: counts of R package surveillance (Robert Koch Institute, 1990 to 1995). burkitt_uganda: place and day of
188 cases of Burkitt's lymphoma (Williams and others 1978), as in libpysal (BSD).
"""

from pathlib import Path

import numpy as np


def column(name: str, *columns: str) -> np.ndarray:
    """Columns of one of the files, (rows,) for one name and (rows, columns) for several."""
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8") as file:
        header = file.readline().strip().split(",")
        places = [header.index(one) for one in columns]
        return np.loadtxt(file, delimiter=",", usecols=places)
