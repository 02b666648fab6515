"""What can be wrong with a measurement."""

from __future__ import annotations

from docs_store.errors import BilingualError


class MeasuringDataMissing(BilingualError):
    """A file of the measuring sets is not in the folder that was named."""

    indonesian = (
        "Berkas data ukur {path} tidak ada. Sebutkan folder yang berisi qa/ dengan --data FOLDER."
    )
    english = "The measuring data {path} is not there. Name the folder that holds qa/ with --data."
