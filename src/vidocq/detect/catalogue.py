"""The detectors, in the order in which equals yield: the first listed stays."""

from vidocq.core.registry import Registry
from vidocq.core.spans import Category
from vidocq.detect.detector import Detector
from vidocq.detect.detectors.address import Address
from vidocq.detect.detectors.birth_date import BirthDate
from vidocq.detect.detectors.birth_date_beside import BirthDateBeside
from vidocq.detect.detectors.card import Card
from vidocq.detect.detectors.email import Email
from vidocq.detect.detectors.gps import Gps
from vidocq.detect.detectors.handle import Handle
from vidocq.detect.detectors.iban import Iban
from vidocq.detect.detectors.identity_card import IdentityCard
from vidocq.detect.detectors.ip import Ip
from vidocq.detect.detectors.mac import Mac
from vidocq.detect.detectors.nif import Nif
from vidocq.detect.detectors.nir import Nir
from vidocq.detect.detectors.offence import Offence
from vidocq.detect.detectors.passport import Passport
from vidocq.detect.detectors.person import Person
from vidocq.detect.detectors.person_field import PersonField
from vidocq.detect.detectors.phone import Phone
from vidocq.detect.detectors.plate import Plate
from vidocq.detect.detectors.rib import Rib
from vidocq.detect.detectors.rpps import Rpps
from vidocq.detect.detectors.secret import Secret
from vidocq.detect.detectors.siren import Siren
from vidocq.detect.detectors.siret import Siret
from vidocq.detect.detectors.special_category import SpecialCategory
from vidocq.detect.detectors.url_credentials import UrlCredentials
from vidocq.detect.detectors.vat import Vat

IDENTIFIERS: frozenset[Category] = frozenset(
    {
        Category.EMAIL,
        Category.PHONE,
        Category.NIR,
        Category.NIF,
        Category.IBAN,
        Category.RIB,
        Category.CARD,
        Category.SIREN,
        Category.SIRET,
        Category.VAT,
        Category.RPPS,
        Category.PLATE,
        Category.PASSPORT,
        Category.IDENTITY_CARD,
        Category.IP,
        Category.MAC,
        Category.GPS,
        Category.HANDLE,
        Category.SECRET,
    }
)
"""What a form and a check recognise, without a list of words about persons."""

DETECTORS: Registry[Detector] = Registry(
    [
        Nir,
        Iban,
        Rib,
        Siret,
        Siren,
        Vat,
        Rpps,
        Nif,
        Card,
        UrlCredentials,
        Secret,
        Email,
        Phone,
        Ip,
        Mac,
        Gps,
        Plate,
        Handle,
        Passport,
        IdentityCard,
        Address,
        BirthDate,
        BirthDateBeside,
        Person,
        PersonField,
        SpecialCategory,
        Offence,
    ]
)
