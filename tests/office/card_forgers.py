# SPDX-License-Identifier: GPL-3.0-or-later
"""Card files as forgers make them of a genuine one: what was shown, attached or approved is another after the
issuer signed, in each way that an incremental update of a PDF allows, by strangers and by people of the office
with a key for something else. Signatures are made here, after RFC 5652 and ETSI EN 319 122-1."""

import datetime
import hashlib
import io
import re

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

DATA, SIGNED_DATA, SHA256, ECDSA = '1.2.840.113549.1.7.1', '1.2.840.113549.1.7.2', '2.16.840.1.101.3.4.2.1', '1.2.840.10045.4.3.2'
CONTENT_TYPE, DIGEST, CERTIFICATE = '1.2.840.113549.1.9.3', '1.2.840.113549.1.9.4', '1.2.840.113549.1.9.16.2.47'
SIGNING_TIME = '1.2.840.113549.1.9.5'
ROOM = 2048


# ---- signatures ----

def tlv(tag, *parts):
    body = b''.join(parts)
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8 or 1, 'big')
    return bytes([tag]) + (size if len(body) < 128 else bytes([0x80 | len(size)]) + size) + body


def oid(text):
    first, second, *rest = map(int, text.split('.'))
    body = bytes([40 * first + second])
    for arc in rest:
        digits = [arc & 127]
        while arc := arc >> 7:
            digits.append(arc & 127 | 128)
        body += bytes(reversed(digits))
    return tlv(6, body)


def attribute(name, value):
    return tlv(0x30, oid(name), tlv(0x31, value))


def sign(covered, key, certificate, timed=False):
    """A detached message with the signer's certificate by its hash, as PAdES wants it; and with a time, as it does not."""
    crt = x509.load_der_x509_certificate(certificate)
    attributes = [attribute(CONTENT_TYPE, oid(DATA)), attribute(DIGEST, tlv(4, hashlib.sha256(covered).digest())),
                  attribute(CERTIFICATE, tlv(0x30, tlv(0x30, tlv(0x30, tlv(4, hashlib.sha256(certificate).digest())))))]
    if timed:
        attributes.append(attribute(SIGNING_TIME, tlv(0x17, b'261122090000Z')))
    attributes = b''.join(sorted(attributes))
    serial = crt.serial_number.to_bytes(crt.serial_number.bit_length() // 8 + 1, 'big')
    algorithm = tlv(0x30, oid(SHA256))
    signer = tlv(0x30, tlv(2, b'\1'), tlv(0x30, crt.issuer.public_bytes(), tlv(2, serial)), algorithm, tlv(0xA0, attributes),
                 tlv(0x30, oid(ECDSA)), tlv(4, key.sign(tlv(0x31, attributes), ec.ECDSA(hashes.SHA256()))))
    return tlv(0x30, oid(SIGNED_DATA), tlv(0xA0, tlv(0x30, tlv(2, b'\1'), tlv(0x31, algorithm), tlv(0x30, oid(DATA)),
                                                     tlv(0xA0, certificate), tlv(0x31, signer))))


def load_signer(folder, name):
    """Key and certificate (DER) of a key that is kept in files without a passphrase."""
    key = serialization.load_pem_private_key((folder / f'{name}.key').read_bytes(), None)
    certificate = x509.load_pem_x509_certificate((folder / f'{name}.pem').read_bytes())
    return key, certificate.public_bytes(serialization.Encoding.DER)


def make_stranger():
    """Who certified himself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, 'A Stranger')])
    now = datetime.datetime(2026, 1, 1)
    crt = x509.CertificateBuilder(name, name, key.public_key(), 77, now, now + datetime.timedelta(days=400)).sign(key, hashes.SHA256())
    return key, crt.public_bytes(serialization.Encoding.DER)


# ---- files ----

class File:
    def __init__(self, data):
        self.data = data
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.root, self.size = self.pdf.Root.objgen[0], int(self.pdf.trailer.Size)
        self.page = self.pdf.pages[0].obj
        self.fields = [field.objgen[0] for field in self.pdf.Root.AcroForm.Fields]
        self.signatures = [field.V.objgen[0] for field in self.pdf.Root.AcroForm.Fields]

    def spell(self, number, **changes):
        """An object as it stands, with some of its entries set."""
        thing = pikepdf.Dictionary(self.pdf.get_object(number, 0))
        for name in changes:
            if f'/{name}' in thing:
                del thing[f'/{name}']
        return thing.unparse()[:-2] + b' '.join(b'/%s %s' % (name.encode(), value) for name, value in changes.items()) + b' >>'

    def update(self, objects, root=None):
        """The same file with @objects behind it (ISO 32000-1, 7.5.6)."""
        data, table = bytearray(self.data), []
        for number, text in sorted(objects.items()):
            table.append(b'%d 1\n%010d 00000 n \n' % (number, len(data)))
            data += b'%d 0 obj\n%s\nendobj\n' % (number, text)
        start, previous = len(data), int(re.findall(rb'startxref\s+(\d+)', self.data)[-1])
        data += b'xref\n' + b''.join(table) + b'trailer << /Info %d 0 R /Root %d 0 R /Size %d /Prev %d /ID %s >>\nstartxref\n%d\n%%%%EOF\n' % (
            self.pdf.trailer.Info.objgen[0], root or self.root, max(self.size, *(number + 1 for number in objects)), previous,
            self.pdf.trailer.ID.unparse(), start)
        return bytes(data)

    def stream(self, data, kind=b''):
        return b'<< %s /Length %d >>\nstream\n%s\nendstream' % (kind, len(data), data)

    def add_signature(self, objects, signer, fields=None, **how):
        """Behind @objects, a field of its own with a signature over everything."""
        number = max(self.size, *objects, 0) + 1 if objects else self.size
        widget = b'<< /F 132 /FT /Sig /P %d 0 R /Rect [ 0 0 0 0 ] /Subtype /Widget /T (ApprovalSignature) /Type /Annot /V %d 0 R >>' % (
            self.page.objgen[0], number)
        sig = (b'<< /ByteRange [ 0 0000000000 0000000000 0000000000 ] /Contents <%s> /Filter /Adobe.PPKLite /M (D:20261122090000Z)'
               b' /Name (Boris Iliev) /Reason (Approval) /SubFilter /ETSI.CAdES.detached /Type /Sig >>' % (b'0' * 2 * ROOM))
        fields = fields or self.fields
        form = b'<< /Fields [ %s ] /SigFlags 3 >>' % b' '.join(b'%d 0 R' % field for field in fields + [number + 1])
        kids = b'[ %s ]' % b' '.join(b'%d 0 R' % field for field in fields + [number + 1])
        return fill(self.update({**objects, number: sig, number + 1: widget, self.root: self.spell(self.root, AcroForm=form),
                                 self.page.objgen[0]: objects.get(self.page.objgen[0]) or self.spell(self.page.objgen[0], Annots=kids)}),
                    signer, **how)


def fill(data, signer, **how):
    """The last signature of a file, signed (anew) by somebody."""
    start = data.rindex(b'/Contents <') + len(b'/Contents ')
    end = data.index(b'>', start) + 1
    data = bytearray(data)
    at = data.rindex(b'/ByteRange [')
    size = data.index(b']', at) + 1 - at
    data[at:at + size] = (b'/ByteRange [ 0 %d %d %d ' % (start, end, len(data) - end)).ljust(size - 1) + b']'
    message = sign(bytes(data[:start] + data[end:]), *signer, **how)
    data[start + 1:end - 1] = message.hex().encode().ljust(end - start - 2, b'0')
    return bytes(data)


# ---- forgeries ----

def attached_stream(pdf, name):
    return next(each.EF.F.objgen[0] for each in pdf.Root.AF if str(each.UF) == name)


def change_parts(file, other):
    """Ways to show another licence: what of the file is another then."""
    front = file.page.Contents.objgen[0] if not isinstance(file.page.Contents, pikepdf.Array) else file.page.Contents[0].objgen[0]
    kids = [kid.objgen[0] for kid in file.pdf.Root.Pages.Kids]
    changed = {'the front is drawn anew': {front: file.stream(b'0 0 200 100 re f')},
               'a page is added': {file.size: b'<< /Type /Page /Parent %d 0 R /MediaBox [ 0 0 243 153 ] >>' % file.pdf.Root.Pages.objgen[0],
                                   file.pdf.Root.Pages.objgen[0]: b'<< /Type /Pages /Count 3 /Kids [ %s %d 0 R ] >>' % (
                                       b' '.join(b'%d 0 R' % kid for kid in kids), file.size)},
               'the sides are exchanged': {file.pdf.Root.Pages.objgen[0]: b'<< /Type /Pages /Count 2 /Kids [ %d 0 R %d 0 R ] >>' % (kids[1], kids[0])},
               'something is laid over the front': {file.size: b'<< /Type /Annot /Subtype /Square /Rect [ 10 10 90 90 ] /F 4 >>',
                                                    kids[0]: file.spell(kids[0], Annots=b'[ %d 0 R %d 0 R ]' % (file.fields[0], file.size))},
               'the catalogue is another': {file.size: file.spell(file.root, Lang=b'(xx)'), file.root: file.spell(file.root)}}
    for name in ('dg1.bin', 'licence.json'):
        stranger = other.attachments[name].get_file().read_bytes()
        changed[f'{name} is that of another card'] = {attached_stream(file.pdf, name): file.stream(stranger, b'/Type /EmbeddedFile')}
    return changed


def forge(genuine, approved, other, signers):
    """(what it is, the file, its verdict, a word of the reason) of each forgery. @signers: key and certificate by purpose, and a stranger's."""
    file, twice, other = File(genuine), File(approved), pikepdf.open(io.BytesIO(other))
    added, more = 'added to the file after', 'something other than one approval'
    for what, objects in change_parts(file, other).items():
        yield what, file.update(objects), 'not-genuine', added
        yield f'{what}, by an approver', file.add_signature(objects, signers['approval']), 'not-genuine', more
        yield f'{what}, signed by a stranger', file.add_signature(objects, signers['stranger']), 'not-genuine', more
        yield f'{what}, signed by the issuer’s own key', file.add_signature(objects, signers['pdf']), 'not-genuine', more
        yield f'{what}, behind an approval', twice.update({n: text for n, text in objects.items()} if file.size not in objects else
                                                          {twice.size if n == file.size else n: text.replace(b'%d 0 R' % file.size, b'%d 0 R' % twice.size)
                                                           for n, text in objects.items()}), 'not-genuine', added
    front = {file.page.Contents.objgen[0]: file.stream(b'0 0 200 100 re f')} if not isinstance(file.page.Contents, pikepdf.Array) else {}
    signature = file.signatures[0]
    kept = file.spell(signature)
    half = [int(word) for word in file.pdf.get_object(signature, 0).ByteRange]
    yield 'the signature has a second byte range', file.update({**front, signature: kept[:-2] + b'/ByteRange [ 0 9 10 11 ] >>'}), 'not-genuine', ''
    yield 'the byte range leaves out more than the signature', file.update({**front, signature: file.spell(signature, ByteRange=b'[ 0 %d %d %d ]' % (
        half[1], half[2] + 400, half[3] - 400))}), 'not-genuine', 'does not say what it covers'
    yield 'the byte range leaves out the update', file.update({**front, signature: file.spell(signature, ByteRange=b'[ %s ]' % b' '.join(
        b'%d' % number for number in half))}), 'not-genuine', added
    yield 'the byte range begins later', file.update({**front, signature: file.spell(signature, ByteRange=b'[ 100 %d %d %d ]' % (
        half[1] - 100, half[2], half[3]))}), 'not-genuine', ''
    yield 'the signature’s field is taken out', file.update({file.root: file.spell(file.root, AcroForm=b'<< /Fields [ ] /SigFlags 3 >>')}), 'unknown', 'missing'
    yield 'the one signature stands in two fields', file.update({file.size: file.spell(file.fields[0]), file.root: file.spell(
        file.root, AcroForm=b'<< /Fields [ %d 0 R %d 0 R ] /SigFlags 3 >>' % (file.fields[0], file.size))}), 'not-genuine', added
    yield 'fields without end', file.update({file.root: file.spell(file.root, AcroForm=b'<< /Fields [ %s ] /SigFlags 3 >>' % (
        b'%d 0 R ' % file.fields[0] * 50))}), 'not-genuine', added
    yield 'only the approver signed', File(file.update({file.root: file.spell(file.root, AcroForm=b'<< /Fields [ ] >>')})).data, 'unknown', 'missing'
    # The approval, and what becomes of it.
    last = approved.rindex(b'/Contents <') + len(b'/Contents <')
    yield 'the approval is emptied', approved[:last] + b'0' * (approved.index(b'>', last) - last) + approved[approved.index(b'>', last):], 'not-genuine', 'damaged'
    yield 'the approval is cut off in its middle', approved[:len(approved) - 700], None, ''
    yield 'the approver is called otherwise', approved.replace(b'/Name (Boris)', b'/Name (Doris)'), 'not-genuine', 'does not fit'
    yield 'two approvals', twice.add_signature({}, signers['approval']), 'not-genuine', more
    for name in ('qr', 'document', 'audit'):
        yield f'approved with the key for “{name}”', fill(approved, signers[name]), 'not-genuine', 'for something else'
    yield 'approved with the issuer’s own key', fill(approved, signers['pdf']), 'not-genuine', 'for something else'
    yield 'approved by a stranger', fill(approved, signers['stranger']), 'unknown', 'signed by “A Stranger”, who is not known'
    yield 'approved with a time of signing', fill(approved, signers['approval'], timed=True), 'not-genuine', 'does not fit'
    # The issuer's place.
    for name in ('qr', 'document', 'approval'):
        yield f'signed with the key for “{name}”', fill(genuine, signers[name]), 'not-genuine', 'for something else'
    yield 'signed by a stranger', fill(genuine, signers['stranger']), 'unknown', 'signed by “A Stranger”, who is not known'
    mended = io.BytesIO()
    file.pdf.save(mended, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    yield 'written anew by another program', mended.getvalue(), 'not-genuine', ''
    for part in (0.1, 0.5, 0.9, 0.999):
        yield f'cut after {part:.1%}', genuine[:int(len(genuine) * part)], None, 'cut or changed'
    yield 'a line end too many', genuine + b'\n', 'not-genuine', added
    yield 'something in front', b'%%\n' + genuine, None, ''
