"""The bill of materials (SBOM) in the form that tools for known vulnerabilities read: CycloneDX 1.6."""

import json
from collections import defaultdict
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component as Part
from cyclonedx.model.component import ComponentType
from cyclonedx.model.contact import OrganizationalEntity
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from procurement.components import Component
from procurement.release import Release

VERSION = SchemaVersion.V1_6
# What a machine has besides, with the version that the tests run with. Not delivered.
BESIDE = (
    ("Python", "3.11", "PSF-2.0", "runs the portal; 3.11 or newer"),
    ("PostgreSQL", "15", "PostgreSQL", "the database in production"),
    ("nginx", "1.22", "BSD-2-Clause", "the web server before the portal, or another one"),
)
_licence = LicenseFactory().make_from_string


def as_json(release: Release, components: list[Component]) -> str:
    """The bill of materials, the same for the same state of the portal on the same machine."""
    bom = _bom(release, components)
    text = make_outputter(bom, OutputFormat.JSON, VERSION).output_as_string(indent=2)
    if problem := JsonStrictValidator(VERSION).validate_str(text):
        raise ValueError(f"The bill of materials breaks its own schema: {problem}")
    return json.dumps(json.loads(text), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _bom(release: Release, components: list[Component]) -> Bom:
    portal = Part(
        name=release.name,
        version=release.version,
        type=ComponentType.APPLICATION,
        bom_ref=release.name,
        licenses=[_licence("EUPL-1.2")],
        supplier=OrganizationalEntity(name=release.owner),
    )
    parts = {_reference(each): _part(each) for each in components}
    beside = [_beside(*each) for each in BESIDE]
    bom = Bom(
        serial_number=uuid5(NAMESPACE_URL, f"{release.name} {release.version} {release.as_of.isoformat()}"),
        metadata=BomMetaData(component=portal, timestamp=release.as_of),
        components=[*parts.values(), *beside],
    )
    needs: dict[str, list[Part]] = defaultdict(list)
    for each in components:
        for name in [each.within] if each.within else each.via:
            needs[name].append(parts[_reference(each)])
    for each in components:
        bom.register_dependency(parts[_reference(each)], [] if each.within else needs[each.name])
    bom.register_dependency(portal, [*needs[release.name], *beside])
    return bom


def _reference(component: Component) -> str:
    """One package's own copy of something is another than that of the next."""
    return f"{component.within}/{component.purl}" if component.within else component.purl


def _part(component: Component) -> Part:
    return Part(
        name=component.name,
        version=component.version or None,
        type=ComponentType.LIBRARY,
        bom_ref=_reference(component),
        purl=PackageURL.from_string(component.purl),
        description=component.summary or None,
        licenses=[_licence(component.licence)],
        external_references=[_distribution(component)] if component.hashes else [],
        properties=[Property(name="strategieportal:steckt-in", value=component.within)]
        if component.within
        else [],
    )


def _distribution(component: Component) -> ExternalReference:
    """Where the package comes from, with the hashes of all its files: pip takes no other."""
    return ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(f"https://pypi.org/simple/{component.name}/"),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each) for each in component.hashes],
    )


def _beside(name: str, version: str, licence: str, why: str) -> Part:
    return Part(
        name=name,
        version=version,
        type=ComponentType.PLATFORM,
        bom_ref=f"beside/{name}",
        description=why,
        licenses=[_licence(licence)],
        properties=[Property(name="strategieportal:lieferumfang", value="nein")],
    )
