"""The catalogue as OSCAL 1.2: a catalog for each edition, one of the neutral controls, and how the two relate."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from safeconduct.catalogue.export.oscal_catalog import controls_catalog, edition_catalog
from safeconduct.catalogue.export.oscal_mapping import mapping_collection
from safeconduct.catalogue.export.oscal_parts import CONTROLS_FILE, Plain, catalog_file
from safeconduct.core.records.catalogue import Catalogue

MAPPING_FILE = "mapping.json"


def oscal_files(catalogue: Catalogue) -> Mapping[str, str]:
    """The text of each file by its name in the folder; equal catalogues give equal texts."""
    documents: dict[str, Plain] = {
        catalog_file(one): edition_catalog(catalogue, one) for one in catalogue.programmes.values()
    }
    documents |= {CONTROLS_FILE: controls_catalog(catalogue), MAPPING_FILE: mapping_collection(catalogue)}
    return {name: json.dumps(one, ensure_ascii=False, indent=1) + "\n" for name, one in documents.items()}


def write_oscal(catalogue: Catalogue, folder: Path) -> tuple[Path, ...]:
    """Write every file into a folder, which is made where it is not there; the paths written."""
    written = []
    for name, text in oscal_files(catalogue).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        written.append(path)
    return tuple(written)


def oscal_zip(catalogue: Catalogue) -> bytes:
    """Every file in one archive, which bears no time of writing."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in sorted(oscal_files(catalogue).items()):
            archive.writestr(ZipInfo(name), text.encode(), ZIP_DEFLATED)
    return packed.getvalue()
