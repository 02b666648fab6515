"""What the panel with a source says of tables, links and the size of a page image."""

from __future__ import annotations

from ui.texts import Text

# Rows of a sheet
ROWS_IN_CONTEXT = Text("Baris di sekitar kutipan", "The rows around the quote")
MORE_ROWS_BEFORE = Text("Tampilkan baris sebelumnya", "Show more rows before")
MORE_ROWS_AFTER = Text("Tampilkan baris sesudahnya", "Show more rows after")
COLUMNS_SHOWN = Text(
    "Kolom {first} sampai {last} dari {all}.", "Columns {first} to {last} of {all}."
)
NOT_IN_COLUMNS = Text(
    "Baris ini tidak pasti kolomnya, sehingga ditampilkan sebagai teks.",
    "It is not certain which columns this row's cells stand in, so it is shown as text.",
)

# A link to what is shown
COPY_LINK = Text("Salin tautan", "Copy link")
LINK_BROKEN = Text(
    "Tautan ini terpotong atau berubah, sehingga tidak menunjuk kutipan mana pun. Minta tautannya "
    "sekali lagi.",
    "This link was cut off or changed, so it points to no passage. Ask for it once more.",
)

# The size of a page image
ZOOM = Text("Ukuran gambar halaman", "Size of the page image")
ZOOM_IN = Text("Perbesar", "Zoom in")
ZOOM_OUT = Text("Perkecil", "Zoom out")
ZOOM_FIT = Text("Paskan ke lebar panel", "Fit to the panel's width")
