# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges a PDF by the rules of PDF/A-3b (ISO 19005-3) with other people's libraries: pikepdf opens it,
the bytes are looked at as they stand, fontTools reads the fonts. Shares no line with the program.

problems (data) gives a list of sentences, each with its clause; none: nothing was found."""

import hashlib
import io
import re

import pikepdf

import pdfa_content
import pdfa_xmp

MOST_INTEGER, MOST_STRING, MOST_NAME = 2**31 - 1, 32767, 127
FILTERS = {'/FlateDecode', '/DCTDecode', '/ASCIIHexDecode', '/ASCII85Decode', '/RunLengthDecode', '/CCITTFaxDecode'}
INTENTS = {'/RelativeColorimetric', '/AbsoluteColorimetric', '/Perceptual', '/Saturation'}
BLENDING = {'/Normal', '/Compatible', '/Multiply', '/Screen', '/Overlay', '/Darken', '/Lighten', '/ColorDodge', '/ColorBurn',
            '/HardLight', '/SoftLight', '/Difference', '/Exclusion', '/Hue', '/Saturation', '/Color', '/Luminosity'}
RELATIONSHIPS = {'/Source', '/Data', '/Alternative', '/Supplement', '/EncryptedPayload', '/FormData', '/Schema', '/Unspecified'}
ACTIONS = {'/Launch', '/Sound', '/Movie', '/ResetForm', '/ImportData', '/Hide', '/SetOCGState', '/Rendition', '/Trans', '/GoTo3DView',
           '/JavaScript'}
PDF_DATE = re.compile(r"D:\d{14}(Z|[+-]\d\d'\d\d'?)\Z")


class Judge:
    def __init__(self, data):
        self.data = data
        self.found = []
        self.pdf = pikepdf.open(io.BytesIO(data), suppress_warnings=False)
        for warning in self.pdf.get_warnings():
            self.complain(f'qpdf warns: {warning}')

    def complain(self, sentence):
        if sentence not in self.found:
            self.found.append(sentence)

    def want(self, condition, sentence):
        if not condition:
            self.complain(sentence)


# ---- the bytes ----

def read_table(judge, at):
    """{ number: offset } of the table at @at and those before it, the newest first."""
    data, offsets = judge.data, {}
    while True:
        if data[at:at + 5] != b'xref\n':
            judge.complain('6.1.4: no cross-reference table')
            return offsets
        end = at + 5
        while (head := re.compile(rb'(\d+) (\d+)\n').match(data, end)) is not None:
            end = head.end()
            for number in range(int(head[1]), int(head[1]) + int(head[2])):
                entry = data[end:end + 20]
                judge.want(re.fullmatch(rb'\d{10} \d{5} [nf]( \n|\r\n| \r)', entry), f'6.1.4: entry of object {number}')
                if entry[17:18] == b'n':
                    offsets.setdefault(number, int(entry[:10]))
                end += 20
        judge.want(data[end:end + 7] == b'trailer', '6.1.4: the trailer follows')
        before = re.search(rb'/Prev (\d+)', data[end:data.index(b'startxref', end)])
        if before is None:
            return offsets
        at = int(before[1])


def check_object_bytes(judge, number, at, is_stream, length):
    data = judge.data
    head = re.compile(rb'%d 0 obj\n' % number).match(data, at)
    judge.want(head is not None and data[at - 1:at] == b'\n', f'6.1.9: object {number} begins a line')
    end = data.index(b'endobj', at)
    if is_stream:
        begin = re.compile(rb'>>\s*stream(\r\n|\n)').search(data, at)
        tail = begin.end() + length
        judge.want(re.match(rb'\r?\nendstream\nendobj\n', data[tail:tail + 20]), f'6.1.7.1: length of stream {number}')
        end = begin.start()
    else:
        judge.want(data[end - 1:end] == b'\n' and data[end + 6:end + 7] == b'\n', f'6.1.9: object {number} ends a line')
    for digits in re.findall(rb'(?<![<\\])<([0-9A-Fa-f\s]*)>(?!>)', data[at:end]):
        judge.want(len(digits.split()) == 0 or len(b''.join(digits.split())) % 2 == 0, f'6.1.6: odd hexadecimal in {number}')


def check_bytes(judge):
    data = judge.data
    judge.want(re.match(rb'%PDF-1\.[0-7]\n%[\x80-\xff]{4,}', data), '6.1.2: header')
    tail = re.search(rb'startxref\n(\d+)\n%%EOF(\r\n|\n|\r)?\Z', data)
    judge.want(tail is not None, '6.1.3: bytes behind the end')
    judge.want('/XRefStm' not in judge.pdf.trailer, '6.1.4: a hybrid file')
    for number, at in read_table(judge, int(tail[1])).items() if tail else ():
        thing = judge.pdf.get_object(number, 0)
        is_stream = isinstance(thing, pikepdf.Stream)
        check_object_bytes(judge, number, at, is_stream, int(thing.get('/Length', -1)) if is_stream else 0)


# ---- the objects ----

def check_limits(judge, thing, depth=0):
    """Of everything inside one object (6.1.13)."""
    if isinstance(thing, pikepdf.String):
        judge.want(len(bytes(thing)) <= MOST_STRING, '6.1.13: a long string')
    elif isinstance(thing, pikepdf.Name):
        judge.want(len(str(thing).encode()) <= MOST_NAME + 1, '6.1.13: a long name')
        str(thing).encode('utf-8')
    elif isinstance(thing, int) and not isinstance(thing, bool):
        judge.want(-MOST_INTEGER - 1 <= thing <= MOST_INTEGER, '6.1.13: a big integer')
    elif isinstance(thing, pikepdf.Array):
        for each in thing:
            if not getattr(each, 'is_indirect', False):
                check_limits(judge, each, depth + 1)
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        for key, each in thing.items():
            judge.want(len(key.encode()) <= MOST_NAME + 1, '6.1.13: a long name')
            if not getattr(each, 'is_indirect', False):
                check_limits(judge, each, depth + 1)
                if isinstance(each, (pikepdf.Dictionary, pikepdf.Stream)):
                    check_dictionary(judge, each)


def check_stream(judge, thing):
    filters = thing.get('/Filter', [])
    filters = [filters] if isinstance(filters, pikepdf.Name) else filters
    judge.want({str(each) for each in filters} <= FILTERS, '6.1.7.2: a filter')
    judge.want(not {'/F', '/FFilter', '/FDecodeParms'} & set(thing.keys()), '6.1.7.1: an external stream')
    if thing.get('/Subtype') == '/Image':
        check_image(judge, thing)
    if thing.get('/Subtype') == '/Form':
        judge.want(not {'/OPI', '/PS', '/Ref'} & set(thing.keys()) and thing.get('/Subtype2') != '/PS', '6.2.9: a form')
    judge.want(thing.get('/Subtype') != '/PS', '6.2.9: PostScript')


def check_image(judge, image):
    judge.want(not image.get('/Interpolate', False), '6.2.8: an interpolated image')
    judge.want('/Alternates' not in image and '/OPI' not in image, '6.2.8: an image with alternates')
    bits = int(image.get('/BitsPerComponent', 1))
    judge.want(bits in (1, 2, 4, 8, 16) and (bits == 1 or not image.get('/ImageMask', False)), '6.2.8: bits')
    judge.want(str(image.get('/Intent', '/Perceptual')) in INTENTS, '6.2.6: an image’s intent')
    if '/ColorSpace' in image:
        check_colour(judge, image.ColorSpace)
    else:
        judge.want(image.get('/ImageMask', False), '6.2.4: an image without colours')
    mask = image.get('/SMask')
    if mask is not None:
        judge.want(mask.get('/ColorSpace') == '/DeviceGray', '6.2.10: a soft mask')
    if image.get('/Filter') == '/DCTDecode':
        check_jpeg(judge, image)


def check_jpeg(judge, image):
    """What the picture's own head says is what the dictionary says."""
    raw = image.read_raw_bytes()
    head = re.search(rb'\xff[\xc0-\xc3]..\x08(..)(..)(.)', raw, re.DOTALL)
    components = {'/DeviceGray': 1, '/DeviceRGB': 3}.get(str(image.ColorSpace), 0)
    judge.want(raw[:2] == b'\xff\xd8' and raw.rstrip(b'\n')[-2:] == b'\xff\xd9', '6.2.8: a JPEG is whole')
    judge.want(head is not None and (int.from_bytes(head[1], 'big'), int.from_bytes(head[2], 'big'), head[3][0])
               == (int(image.Height), int(image.Width), components), '6.2.8: a JPEG is what its dictionary says')


def check_colour(judge, space):
    """Device colours that the RGB output intent covers, and what is made of them (6.2.4)."""
    if isinstance(space, pikepdf.Name):
        judge.want(str(space) in ('/DeviceRGB', '/DeviceGray', '/Pattern'), f'6.2.4.3: colour {space}')
        return
    kind = str(space[0])
    if kind in ('/Indexed', '/Pattern') and len(space) > 1:
        check_colour(judge, space[1])
    elif kind == '/ICCBased':
        check_profile(judge, space[1], '6.2.4.2')
    else:
        judge.want(kind in ('/CalRGB', '/CalGray', '/Lab', '/Pattern', '/DeviceRGB', '/DeviceGray'), f'6.2.4.3: colour {kind}')


def check_profile(judge, stream, clause):
    profile = stream.read_bytes()
    components = {b'RGB ': 3, b'GRAY': 1, b'CMYK': 4}.get(profile[16:20])
    judge.want(int.from_bytes(profile[:4], 'big') == len(profile) and profile[36:40] == b'acsp', f'{clause}: a profile is whole')
    judge.want(profile[8] in (2, 4) and profile[12:16] in (b'prtr', b'mntr') and components == int(stream.N), f'{clause}: its kind')
    return components


def check_state(judge, state):
    judge.want('/TR' not in state and str(state.get('/TR2', '/Default')) == '/Default', '6.2.5: a transfer function')
    judge.want('/HTP' not in state and int(state.get('/HT', {}).get('/HalftoneType', 1)) in (1, 5), '6.2.5: a halftone')
    judge.want(str(state.get('/RI', '/Perceptual')) in INTENTS, '6.2.6: an intent')
    modes = state.get('/BM', pikepdf.Name('/Normal'))
    for mode in [modes] if isinstance(modes, pikepdf.Name) else modes:
        judge.want(str(mode) in BLENDING, '6.2.10: a blend mode')


def check_action(judge, thing):
    judge.want('/AA' not in thing, '6.5.2: additional actions')
    judge.want('/JS' not in thing, '6.5.1: JavaScript')
    if thing.get('/Type') == '/Action':
        judge.want(str(thing.get('/S')) not in ACTIONS, '6.5.1: an action')


def check_dictionary(judge, thing):
    kind = thing.get('/Type')
    check_action(judge, thing)
    if kind == '/ExtGState' or {'/BM', '/ca', '/CA'} & set(thing.keys()) and '/Subtype' not in thing:
        check_state(judge, thing)
    if kind == '/Annot':
        check_annotation(judge, thing)
    if '/ShadingType' in thing:
        check_colour(judge, thing.ColorSpace)
    if thing.get('/S') == '/Transparency' and '/CS' in thing:
        check_colour(judge, thing.CS)


def check_annotation(judge, annotation):
    flags = int(annotation.get('/F', 0))
    judge.want(annotation.get('/Subtype') in ('/Widget', '/Text', '/Link'), '6.3.1: a kind of annotation')
    judge.want('/F' in annotation and flags & 4 and not flags & (1 | 2 | 32 | 256), '6.3.2: flags of an annotation')
    left, low, right, high = (float(side) for side in annotation.Rect)
    if left != right and low != high:
        judge.want(set(annotation.get('/AP', {}).keys()) == {'/N'}, '6.3.3: appearance')
    judge.want('/A' not in annotation, '6.4.1: an action of a field')


def check_objects(judge):
    for thing in judge.pdf.objects:
        check_limits(judge, thing)
        if isinstance(thing, pikepdf.Stream):
            check_stream(judge, thing)
        if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            check_dictionary(judge, thing)


# ---- the document ----

def check_trailer(judge):
    trailer, root = judge.pdf.trailer, judge.pdf.Root
    names = trailer.get('/ID', [])
    judge.want(len(names) == 2 and all(bytes(each) for each in names), '6.1.3: ID')
    judge.want('/Encrypt' not in trailer, '6.1.3: encrypted')
    for key in ('/OpenAction', '/AA', '/Requirements', '/OCProperties', '/Perms', '/Collection', '/NeedsRendering'):
        judge.want(key not in root, f'6.5, 6.9, 6.11: {key} in the catalog')
    judge.want(not {'/AlternatePresentations', '/JavaScript'} & set(root.get('/Names', {}).keys()), '6.10: names')
    form = root.get('/AcroForm', {})
    judge.want(not form.get('/NeedAppearances', False) and '/XFA' not in form, '6.4: a form')


def check_intent(judge):
    intents = judge.pdf.Root.get('/OutputIntents', [])
    judge.want(len(intents) == 1, '6.2.3: one output intent')
    for intent in intents:
        judge.want(intent.get('/S') == '/GTS_PDFA1' and str(intent.get('/OutputConditionIdentifier', '')) != '', '6.2.3: its kind')
        judge.want('/DestOutputProfileRef' not in intent, '6.2.3: a profile elsewhere')
        judge.want(check_profile(judge, intent.DestOutputProfile, '6.2.3') == 3, '6.2.4.3: RGB pages, RGB intent')


def check_pages(judge):
    for page in judge.pdf.pages:
        boxes = {name: [float(side) for side in page.obj[name]] for name in ('/MediaBox', '/BleedBox', '/TrimBox') if name in page.obj}
        judge.want(len(boxes) == 3, 'a page has three boxes')
        for name, (left, low, right, high) in boxes.items():
            judge.want(3 <= right - left <= 14400 and 3 <= high - low <= 14400, f'6.1.13: {name}')
        judge.want('/PresSteps' not in page.obj and '/AA' not in page.obj, '6.10: a page')


def check_attachments(judge):
    root = judge.pdf.Root
    associated = {each.objgen for each in root.get('/AF', [])}
    names = root.get('/Names', {}).get('/EmbeddedFiles', {}).get('/Names', [])
    named = [str(names[i]) for i in range(0, len(names), 2)]
    judge.want(named == sorted(named), '7.9.6 of ISO 32000-1: names in their order')
    for i in range(0, len(names), 2):
        check_attachment(judge, str(names[i]), names[i + 1], associated)
    every = [thing for thing in judge.pdf.objects if isinstance(thing, pikepdf.Dictionary) and '/EF' in thing]
    judge.want({each.objgen for each in every} == associated, '6.8: files and /AF are the same')


def check_attachment(judge, name, specification, associated):
    judge.want(specification.objgen in associated, f'6.8: {name} is associated')
    judge.want(str(specification.get('/F')) == str(specification.get('/UF')) == name, f'6.8: names of {name}')
    judge.want(str(specification.get('/AFRelationship')) in RELATIONSHIPS, f'6.8: relationship of {name}')
    judge.want(str(specification.get('/Desc', '')) != '', f'6.8: description of {name}')
    stream = specification.EF.F
    judge.want(re.fullmatch(r'/[\w.+-]+/[\w.+-]+', str(stream.get('/Subtype', ''))), f'6.8: media type of {name}')
    parameters, data = stream.get('/Params', {}), stream.read_bytes()
    judge.want(PDF_DATE.match(str(parameters.get('/ModDate', ''))), f'6.8: date of {name}')
    judge.want(int(parameters.get('/Size', -1)) == len(data), f'6.8: size of {name}')
    judge.want(bytes(parameters.get('/CheckSum', b'')) == hashlib.md5(data, usedforsecurity=False).digest(), f'6.8: MD5 of {name}')


def problems(data):
    """What @data, the bytes of a file, has against PDF/A-3b."""
    judge = Judge(data)
    for check in (check_bytes, check_objects, check_trailer, check_intent, check_pages, check_attachments,
                  pdfa_content.check, pdfa_xmp.check):
        check(judge)
    return judge.found
