#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cards drawn per second, beside the batch command of gLabels with the same holders and portraits.

gLabels (Debian package glabels) draws one side, has no PDF417 and writes all cards into one file; it
is measured so, and with a file for each card. Without it the rest is measured alone."""
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

PROOF = pathlib.Path(os.environ['PLATEN_SOURCE_ROOT']) / 'data' / 'layouts' / 'proof'
FIELDS = ['family_name', 'given_names', 'birth_date', 'address', 'licence_number']
CARDS = 60
FLAGS = 'a0="1" a1="0" a2="0" a3="1" a4="0" a5="0" shadow="False"'


def read_holders():
    holders = []
    for path in sorted(PROOF.glob('*.json')):
        sample = json.loads(path.read_text())
        values = sample.get('values', sample)
        portrait = next((PROOF / v for v in sample.values()
                         if isinstance(v, str) and v.endswith('.jpg')), PROOF / 'anna.jpg')
        holders.append([str(values.get(f, '')) for f in FIELDS]
                       + [str(portrait), 'HC1:' + 'ABCDEFG0123456789' * 20])
    return holders


def write_document(folder, rows):
    with open(folder / 'holders.csv', 'w', newline='') as file:
        csv.writer(file).writerows(rows)
    texts = ''.join(
        f'<Object-text x="90pt" y="{20 + 14 * i}pt" w="140pt" h="12pt" justify="Left" auto_shrink="False" {FLAGS}>'
        '<span font_family="Noto Sans" font_size="7" font_weight="Regular" font_italic="False" '
        f'color="0x000000ff" line_spacing="1"><field name="{i + 1}"/></span></Object-text>'
        for i in range(len(FIELDS)))
    (folder / 'card.glabels').write_text(
        '<?xml version="1.0"?><Glabels-document xmlns="http://glabels.org/xmlns/3.0/">'
        '<Template brand="Card" part="ID1" size="Other" width="242.645669pt" height="153.014173pt" '
        'description="ID-1"><Label-rectangle id="0" width="242.645669pt" height="153.014173pt" round="0pt" '
        'x_waste="0pt" y_waste="0pt"><Layout nx="1" ny="1" x0="0pt" y0="0pt" dx="0pt" dy="0pt"/>'
        f'</Label-rectangle></Template><Objects id="0" rotate="False">{texts}'
        f'<Object-image x="11pt" y="37pt" w="68pt" h="87pt" field="{len(FIELDS) + 1}" {FLAGS}/>'
        '<Object-barcode x="170pt" y="80pt" w="60pt" h="60pt" style="IEC18004" text="False" '
        f'checksum="True" color="0x000000ff" field="{len(FIELDS) + 2}" {FLAGS}/></Objects>'
        f'<Merge type="Text/Comma" src="{folder}/holders.csv"/><Data/></Glabels-document>')


def run_glabels(folder, rows):
    write_document(folder, rows)
    began = time.monotonic()
    subprocess.run(['glabels-3-batch', '-o', folder / 'cards.pdf', folder / 'card.glabels'], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=250)
    return time.monotonic() - began


def bench_glabels():
    holders = read_holders()
    rows = [holders[i % len(holders)] for i in range(CARDS)]
    with tempfile.TemporaryDirectory(prefix='gl') as name:
        folder = pathlib.Path(name)
        alone = run_glabels(folder, rows[:1])
        total = run_glabels(folder, rows)
    print(f'{"gLabels, front only, all cards in one file":44} {CARDS / total:9.1f} cards/s')
    print(f'{"gLabels, front only, one file each":44} {1 / alone:9.1f} cards/s')


def main():
    status = subprocess.run(sys.argv[1:]).returncode
    if shutil.which('glabels-3-batch') is None:
        print('gLabels is not installed (package glabels): nothing to compare with.')
    elif 'DISPLAY' in os.environ:
        bench_glabels()
    elif '--displayed' not in sys.argv and shutil.which('xvfb-run'):
        subprocess.run(['xvfb-run', '-a', sys.executable, __file__, 'true', '--displayed'], check=True)
    return status


sys.exit(main())
