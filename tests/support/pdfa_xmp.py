# SPDX-License-Identifier: GPL-3.0-or-later
"""The metadata of a PDF/A-3b (ISO 19005-3, 6.6): what XMP says, how it is written, that properties of
one's own are described, and that the information dictionary says the same."""

import re
import xml.etree.ElementTree as tree

RDF = '{http://www.w3.org/1999/02/22-rdf-syntax-ns#}'
ID = '{http://www.aiim.org/pdfa/ns/id/}'
DC = '{http://purl.org/dc/elements/1.1/}'
XMP = '{http://ns.adobe.com/xap/1.0/}'
MEDIA = '{http://ns.adobe.com/xap/1.0/mm/}'
PDF = '{http://ns.adobe.com/pdf/1.3/}'
EXTENSION = '{http://www.aiim.org/pdfa/ns/extension/}'
SCHEMA = '{http://www.aiim.org/pdfa/ns/schema#}'
PROPERTY = '{http://www.aiim.org/pdfa/ns/property#}'
LANGUAGE = '{http://www.w3.org/XML/1998/namespace}lang'
ISO_DATE = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)\Z')
KNOWN = {
    ID + 'part': r'3', ID + 'conformance': r'B', DC + 'format': r'application/pdf',
    XMP + 'CreateDate': ISO_DATE.pattern, XMP + 'ModifyDate': ISO_DATE.pattern, XMP + 'MetadataDate': ISO_DATE.pattern,
    XMP + 'CreatorTool': r'.+', MEDIA + 'DocumentID': r'uuid:[0-9a-f-]{36}', MEDIA + 'InstanceID': r'uuid:[0-9a-f-]{36}',
    PDF + 'Producer': r'.+',
}
ARRAYS = {DC + 'title': 'Alt', DC + 'description': 'Alt', DC + 'rights': 'Alt', DC + 'creator': 'Seq', EXTENSION + 'schemas': 'Bag'}
TYPES = {'Text': r'.*', 'Integer': r'[+-]?\d+', 'Boolean': r'True|False', 'Date': ISO_DATE.pattern, 'URI': r'\S+'}


def read_descriptions(judge, packet):
    """{ property's full name: pattern of its values } of the extension schemas (6.6.2.3.3)."""
    described = {}
    for schema in packet.iterfind(f'.//{EXTENSION}schemas/{RDF}Bag/{RDF}li'):
        parts = {name: schema.findtext(SCHEMA + name, '') for name in ('schema', 'namespaceURI', 'prefix')}
        judge.want(all(parts.values()) and schema.get(RDF + 'parseType') == 'Resource', '6.6.2.3.3: a schema')
        for each in schema.iterfind(f'{SCHEMA}property/{RDF}Seq/{RDF}li'):
            words = {name: each.findtext(PROPERTY + name, '') for name in ('name', 'valueType', 'category', 'description')}
            judge.want(all(words.values()) and words['category'] in ('internal', 'external') and words['valueType'] in TYPES,
                       f'6.6.2.3.3: property {words["name"]}')
            described[f'{{{parts["namespaceURI"]}}}{words["name"]}'] = TYPES.get(words['valueType'], '')
    return described


def check_property(judge, element, described):
    kind = ARRAYS.get(element.tag)
    if kind is not None:
        array = element.find(RDF + kind)
        judge.want(array is not None and len(array) > 0, f'6.6.2.3.1: {element.tag} is an array')
        if kind == 'Alt' and array is not None:
            judge.want('x-default' in [item.get(LANGUAGE) for item in array], f'6.6.2.3.1: {element.tag} has a default')
        return
    pattern = KNOWN.get(element.tag, described.get(element.tag))
    judge.want(pattern is not None, f'6.6.2.3.1: {element.tag} is not described')
    if pattern is not None:
        judge.want(len(element) == 0 and re.fullmatch(pattern, element.text or ''), f'6.6.2.3.1: value of {element.tag}')


def to_iso(date):
    """Of a PDF date in UTC."""
    found = re.match(r'D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z\Z', date)
    return '{}-{}-{}T{}:{}:{}Z'.format(*found.groups()) if found else None


def check_info(judge, packet):
    info = judge.pdf.trailer.get('/Info', {})
    text = lambda key: str(info[key]) if key in info else None
    find = lambda name: packet.findtext(f'.//{name}')
    judge.want(text('/Title') == packet.findtext(f'.//{DC}title/{RDF}Alt/{RDF}li'), '6.6.3: title')
    judge.want(text('/Creator') == find(XMP + 'CreatorTool') and text('/Producer') == find(PDF + 'Producer'), '6.6.3: program')
    judge.want(to_iso(text('/CreationDate') or '') == find(XMP + 'CreateDate'), '6.6.3: created')
    judge.want(to_iso(text('/ModDate') or '') == find(XMP + 'ModifyDate'), '6.6.3: modified')
    judge.want(set(info.keys()) <= {'/Title', '/Creator', '/Producer', '/CreationDate', '/ModDate'}, '6.6.3: more than XMP says')


def check(judge):
    metadata = judge.pdf.Root.get('/Metadata')
    if metadata is None or metadata.get('/Type') != '/Metadata' or metadata.get('/Subtype') != '/XML':
        judge.complain('6.6.2.1: no metadata')
        return
    text = metadata.read_bytes().decode('utf-8')
    opening = re.match(r'<\?xpacket (.*?)\?>', text)
    judge.want(opening and opening[1] == 'begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"', '6.6.2.1: how the packet begins')
    judge.want(re.search(r'<\?xpacket end="[wr]"\?>\s*\Z', text), '6.6.2.1: how the packet ends')
    packet = tree.fromstring(text[opening.end():] if opening else text)
    described = read_descriptions(judge, packet)
    seen = set()
    for description in packet.iterfind(f'{RDF}RDF/{RDF}Description'):
        judge.want(description.get(RDF + 'about') == '', '6.6.2: what it is about')
        judge.want(set(description.attrib) == {RDF + 'about'}, '6.6.2: properties as elements')
        for element in description:
            judge.want(element.tag not in seen, f'6.6.2: {element.tag} twice')
            seen.add(element.tag)
            check_property(judge, element, described)
    judge.want({ID + 'part', ID + 'conformance', DC + 'title'} <= seen, '6.6.4: identification')
    judge.want('xmlns:pdfaid="' in text, '6.6.4: the prefix')
    check_info(judge, packet)
