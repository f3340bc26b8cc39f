# SPDX-License-Identifier: GPL-3.0-or-later
"""What the pages of a PDF/A-3b draw (ISO 19005-3, 6.2): operators, resources, nesting, colours, and for
each font that the characters shown are in it, as wide as the PDF says, and what they mean."""

import io
import re

import pikepdf
from fontTools.cffLib import CFFFontSet
from fontTools.misc.psCharStrings import T2WidthExtractor
from fontTools.ttLib import TTFont

import pdfa

OPERATORS = set('''b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J l m M MP n q Q re
RG rg ri S s SC SCN sc scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' "'''.split())
LINES = set('m l c v y h re S s f f* B n W'.split())
CATEGORIES = {'Do': '/XObject', 'gs': '/ExtGState', 'sh': '/Shading', 'Tf': '/Font', 'BDC': '/Properties', 'DP': '/Properties'}
MOST_NESTED = 28
INVISIBLE = 3


class Drawing:
    """One content stream, read from its beginning to its end."""

    def __init__(self, judge, stream, resources, shown):
        self.judge, self.stream, self.resources, self.shown = judge, stream, resources, shown
        self.saved, self.font, self.mode = [], None, 0

    def find(self, category, name):
        found = self.resources.get(category, {}).get(str(name))
        self.judge.want(found is not None, f'6.2.2: {name} is not among the resources')
        return found

    def read(self):
        for instruction in pikepdf.parse_content_stream(self.stream):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                self.judge.complain('an image within the contents: card files have none')
                continue
            self.step(str(instruction.operator), list(instruction.operands))
        self.judge.want(not self.saved, '6.2.2: q without Q')

    def step(self, operator, operands):
        want = self.judge.want
        if operator in LINES:
            return
        want(operator in OPERATORS, f'6.2.2: operator {operator}')
        want(operator not in ('k', 'K'), '6.2.4.3: CMYK')
        for operand in operands:
            pdfa.check_limits(self.judge, operand)
        if operator == 'q':
            self.saved.append((self.font, self.mode))
            want(len(self.saved) <= MOST_NESTED, '6.1.13: q is nested too deep')
        elif operator == 'Q':
            want(self.saved, '6.2.2: Q without q')
            self.font, self.mode = self.saved.pop() if self.saved else (None, 0)
        elif operator == 'ri':
            want(str(operands[0]) in pdfa.INTENTS, '6.2.6: an intent')
        elif operator in ('cs', 'CS'):
            name = operands[0]
            known = str(name) in ('/DeviceRGB', '/DeviceGray', '/Pattern')
            space = name if known else self.find('/ColorSpace', name)
            pdfa.check_colour(self.judge, space)
        elif operator in ('scn', 'SCN') and operands and isinstance(operands[-1], pikepdf.Name):
            self.find('/Pattern', operands[-1])
        elif operator == 'Tr':
            self.mode = int(operands[0])
        elif operator in ('Tj', 'TJ', "'", '"'):
            self.show(operands[-1])
        elif operator in CATEGORIES and isinstance(operands[-1], pikepdf.Name):
            found = self.find(CATEGORIES[operator], operands[0] if operator == 'Tf' else operands[-1])
        if operator == 'Tf':
            self.font = self.find('/Font', operands[0])

    def show(self, text):
        parts = [bytes(each) for each in text if isinstance(each, pikepdf.String)] if isinstance(text, pikepdf.Array) else [bytes(text)]
        self.judge.want(self.font is not None, '6.2.2: text without a font')
        if self.font is None:
            return
        codes = self.shown.setdefault(self.font.objgen, (self.font, set()))[1]
        for part in parts:
            width = 2 if self.font.Subtype == '/Type0' else 1
            self.judge.want(len(part) % width == 0, '6.2.11: half a character')
            codes.update(int.from_bytes(part[i:i + width], 'big') for i in range(0, len(part), width))


def read_streams(judge):
    """{ font's object: (font, { code }) } of all that is shown."""
    shown = {}
    for page in judge.pdf.pages:
        judge.want('/Resources' in page.obj, '6.2.2: resources of a page')
        Drawing(judge, page.obj, page.obj.get('/Resources', {}), shown).read()
    for thing in judge.pdf.objects:
        if isinstance(thing, pikepdf.Stream) and (thing.get('/Subtype') == '/Form' or '/PatternType' in thing):
            judge.want('/Resources' in thing, '6.2.2: resources of a form')
            Drawing(judge, thing, thing.get('/Resources', {}), shown).read()
    return shown


# ---- fonts ----

class Program:
    """The glyphs of an embedded font: how wide the one of a number is, in thousandths; None: there is none."""

    def __init__(self, descriptor):
        if '/FontFile2' in descriptor:
            self.font = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()), lazy=True)
            self.scale = 1000 / self.font['head'].unitsPerEm
            self.order = self.font.getGlyphOrder()
            self.width = self.width_of_truetype
        else:
            fonts = CFFFontSet()
            fonts.decompile(io.BytesIO(descriptor.FontFile3.read_bytes()), None)
            self.font = fonts[0]
            self.scale = 1000 * getattr(self.font, 'FontMatrix', [0.001])[0]
            self.order = self.font.charset
            self.width = self.width_of_cff

    def width_of_truetype(self, glyph):
        return self.font['hmtx'][self.order[glyph]][0] * self.scale if glyph < len(self.order) else None

    def width_of_cff(self, glyph):
        if glyph >= len(self.order):
            return None
        string, _ = self.font.CharStrings.getItemAndSelector(self.order[glyph])
        reader = T2WidthExtractor(getattr(string.private, 'Subrs', []), string.globalSubrs, string.private.nominalWidthX,
                                  string.private.defaultWidthX)
        reader.execute(string)
        return reader.width * self.scale

    def glyph_of_cid(self, cid):
        names = [f'cid{cid:05d}', cid]
        if hasattr(self.font, 'ROS'):
            return next((self.order.index(name) for name in names if name in self.order), None)
        return cid


def read_widths(array):
    """{ cid: width } of a /W array."""
    widths, i, items = {}, 0, list(array)
    while i < len(items):
        if isinstance(items[i + 1], pikepdf.Array):
            widths.update({int(items[i]) + n: float(width) for n, width in enumerate(items[i + 1])})
            i += 2
        else:
            widths.update({cid: float(items[i + 2]) for cid in range(int(items[i]), int(items[i + 1]) + 1)})
            i += 3
    return widths


def read_meanings(stream):
    """{ code: text } of a /ToUnicode."""
    text, meanings = stream.read_bytes().decode('latin-1'), {}
    spell = lambda digits: bytes.fromhex(digits).decode('utf-16-be')
    for block in re.findall(r'beginbfchar(.*?)endbfchar', text, re.DOTALL):
        for code, value in re.findall(r'<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>', block):
            meanings[int(code, 16)] = spell(value)
    for block in re.findall(r'beginbfrange(.*?)endbfrange', text, re.DOTALL):
        for first, last, value, many in re.findall(r'<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[(.*?)\])', block):
            values = re.findall(r'<([0-9A-Fa-f]+)>', many)
            for n, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                meanings[code] = spell(values[n]) if many else spell(value[:-4]) + chr(int(value[-4:], 16) + n)
    return meanings


def check_descriptor(judge, font, name):
    descriptor = font.get('/FontDescriptor', {})
    files = {'/FontFile', '/FontFile2', '/FontFile3'} & set(descriptor.keys())
    judge.want(len(files) == 1, f'6.2.11.4: {name} is embedded')
    judge.want(re.match(r'/[A-Z]{6}\+', str(font.BaseFont)) and font.BaseFont == descriptor.get('/FontName'), f'6.2.11.4: subset {name}')
    judge.want('/CIDSet' not in descriptor and '/CharSet' not in descriptor, f'{name} lists its own characters: not looked at')
    if '/FontFile3' in descriptor:
        judge.want(str(descriptor.FontFile3.Subtype) in ('/Type1C', '/CIDFontType0C'), f'6.2.11.2: kind of {name}')
    judge.want('/FontFile' not in descriptor, f'{name} is a Type 1 font of the old kind: not looked at')
    return descriptor if files and '/FontFile' not in descriptor else None


def compare(judge, name, code, said, found):
    judge.want(found is not None, f'6.2.11.4: {name} has no glyph for {code}')
    judge.want(found is None or (said is not None and abs(said - found) <= 1), f'6.2.11.5: width of {code} in {name}: {said}, {found}')


def check_composite(judge, font, codes, name):
    inner = font.DescendantFonts[0]
    judge.want(str(font.get('/Encoding')) in ('/Identity-H', '/Identity-V'), f'6.2.11.3.3: encoding of {name}')
    if inner.Subtype == '/CIDFontType2':
        judge.want(str(inner.get('/CIDToGIDMap', '')) == '/Identity', f'6.2.11.3.2: CIDToGIDMap of {name}')
    descriptor = check_descriptor(judge, inner, name)
    if descriptor is None:
        return
    program, widths = Program(descriptor), read_widths(inner.get('/W', []))
    for code in codes:
        glyph = program.glyph_of_cid(code) if inner.Subtype == '/CIDFontType0' else code
        judge.want(glyph not in (0, None), f'6.2.11.8: .notdef of {name}')
        compare(judge, name, code, widths.get(code, float(inner.get('/DW', 1000))), program.width(glyph) if glyph is not None else None)


def find_glyph(program, font, descriptor, code):
    """Of a simple font (6.2.11.6); None: .notdef."""
    if '/FontFile2' in descriptor:
        character = ord(bytes([code]).decode('cp1252'))
        for table in program.font['cmap'].tables:
            wanted = {(3, 1): character, (1, 0): code, (3, 0): 0xF000 + code}.get((table.platformID, table.platEncID))
            if wanted in table.cmap:
                return program.font.getGlyphID(table.cmap[wanted])
        return None
    names = program.font.Encoding
    name = names[code] if not isinstance(names, str) else None
    return program.order.index(name) if name in program.order else None


def check_simple(judge, font, codes, name):
    descriptor = check_descriptor(judge, font, name)
    if descriptor is None:
        return
    program, first = Program(descriptor), int(font.FirstChar)
    if '/FontFile2' in descriptor and not int(descriptor.Flags) & 4:
        judge.want(str(font.get('/Encoding', '')) in ('/WinAnsiEncoding', '/MacRomanEncoding'), f'6.2.11.6: encoding of {name}')
    for code in codes:
        glyph = find_glyph(program, font, descriptor, code)
        judge.want(glyph not in (0, None), f'6.2.11.8: .notdef of {name} for {code}')
        said = float(font.Widths[code - first]) if 0 <= code - first < len(font.Widths) else None
        compare(judge, name, code, said, program.width(glyph) if glyph is not None else None)


def check_meanings(judge, font, codes, name):
    """Level B does not ask for it; whoever searches or copies does."""
    if '/ToUnicode' not in font:
        judge.want(str(font.get('/Encoding', '')) == '/WinAnsiEncoding', f'{name} says nothing of what it shows')
        return
    meanings = read_meanings(font.ToUnicode)
    for code in codes:
        judge.want(code in meanings and not {'\0', '\ufeff', '\ufffe'} & set(meanings[code]), f'6.2.11.7: meaning of {code} in {name}')


def check(judge):
    shown = read_streams(judge)
    judge.want(shown, 'there are letters on the card')
    for font, codes in shown.values():
        name = str(font.get('/BaseFont', '/a font without a name'))
        judge.want(str(font.get('/Type')) == '/Font', f'6.2.11.2: {name}')
        if font.Subtype == '/Type0':
            check_composite(judge, font, codes, name)
        elif str(font.Subtype) in ('/TrueType', '/Type1'):
            check_simple(judge, font, codes, name)
        else:
            judge.complain(f'6.2.11: {name} is a {font.Subtype}')
        check_meanings(judge, font, codes, name)
    for thing in judge.pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get('/Type') == '/Font' and thing.objgen not in shown:
            judge.want(str(thing.Subtype) in ('/CIDFontType0', '/CIDFontType2'), '6.2.11: a font that nobody shows')
