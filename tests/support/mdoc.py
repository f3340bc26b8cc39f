# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads an mdoc of ISO/IEC 18013-5 with other people's libraries, and believes nothing of it that is
not proved: digests, signature, certificate, times."""

import datetime
import hashlib

import cbor2
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

NAME_SPACE = 'org.iso.18013.5.1'
MANDATORY = {'family_name', 'given_name', 'birth_date', 'issue_date', 'expiry_date', 'issuing_country',
             'issuing_authority', 'document_number', 'portrait', 'driving_privileges',
             'un_distinguishing_sign'}
UTC = datetime.timezone.utc


def keep_dates(decoder, tag):
    """Tag 1004 as it stands; cbor2 itself has tag 0 read."""
    return ('full-date', tag.value) if tag.tag == 1004 else tag


def decode(data):
    return cbor2.loads(data, tag_hook=keep_dates)


def check_signature(issuer_auth, certificate):
    protected, _, payload, signature = issuer_auth
    assert decode(protected) == {1: -7} and len(signature) == 64
    signed = cbor2.dumps(['Signature1', protected, b'', payload])
    number = int.from_bytes(signature[:32], 'big'), int.from_bytes(signature[32:], 'big')
    certificate.public_key().verify(utils.encode_dss_signature(*number), signed,
                                    ec.ECDSA(hashes.SHA256()))


def check_certificate(certificate, root, now):
    """That @root issued it, for this purpose, and not for another time."""
    root.public_key().verify(certificate.signature, certificate.tbs_certificate_bytes,
                             ec.ECDSA(certificate.signature_hash_algorithm))
    assert certificate.issuer == root.subject
    purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert [purpose.dotted_string for purpose in purposes] == ['1.0.18013.5.1.2']
    for each in certificate, root:
        assert each.not_valid_before <= now.replace(tzinfo=None) <= each.not_valid_after


def read_items(name_spaces, digests):
    """{ name space: { element: value } }, each proved by its digest over the bytes as they are."""
    elements = {}
    for name_space, items in name_spaces.items():
        found = elements[name_space] = {}
        for item in items:
            assert item.tag == 24
            inner = decode(item.value)
            assert set(inner) == {'digestID', 'random', 'elementIdentifier', 'elementValue'}
            assert len(inner['random']) >= 16
            tagged = cbor2.dumps(item)
            assert digests[name_space][inner['digestID']] == hashlib.sha256(tagged).digest()
            assert inner['elementIdentifier'] not in found
            found[inner['elementIdentifier']] = inner['elementValue']
    return elements


def read(data, root=None, now=None):
    """An IssuerSigned: (elements by name space, security object). @root: DER of the issuer's root,
    which must stand behind the signer at @now or, without, when it was signed."""
    document = decode(data)
    assert set(document) == {'nameSpaces', 'issuerAuth'}
    issuer_auth = document['issuerAuth']
    assert isinstance(issuer_auth, list) and len(issuer_auth) == 4 and set(issuer_auth[1]) == {33}
    certificate = x509.load_der_x509_certificate(issuer_auth[1][33])
    check_signature(issuer_auth, certificate)
    payload = decode(issuer_auth[2])
    assert payload.tag == 24
    security = decode(payload.value)
    assert security['version'] == '1.0' and security['digestAlgorithm'] == 'SHA-256'
    assert security['docType'] == 'org.iso.18013.5.1.mDL'
    validity = security['validityInfo']
    assert validity['signed'] <= validity['validFrom'] < validity['validUntil']
    if root is not None:
        check_certificate(certificate, x509.load_der_x509_certificate(root), now or validity['signed'])
    key = security['deviceKeyInfo']['deviceKey']
    assert set(key) == {1, -1, -2, -3} and key[1] == 2 and key[-1] == 1
    ec.EllipticCurvePublicNumbers(int.from_bytes(key[-2], 'big'), int.from_bytes(key[-3], 'big'),
                                  ec.SECP256R1()).public_key()
    elements = read_items(document['nameSpaces'], security['valueDigests'])
    country = certificate.subject.get_attributes_for_oid(x509.NameOID.COUNTRY_NAME)[0].value
    assert elements[NAME_SPACE]['issuing_country'] == country
    assert MANDATORY <= set(elements[NAME_SPACE])
    return elements, security
