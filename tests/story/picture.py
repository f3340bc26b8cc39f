# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures compared by eye's measure: grey means of squares, so that another's way of smoothing an
edge does not count and another letter does."""

import struct
import subprocess
import zlib

SQUARE = 6


def _unfilter(rows, width, channels):
    """Undoes PNG's filters (RFC 2083, 6)."""
    above = bytearray(width * channels)
    for row in rows:
        kind, line = row[0], bytearray(row[1:])
        if kind == 1:
            for i in range(channels, len(line)):
                line[i] = (line[i] + line[i - channels]) & 255
        elif kind == 2:
            for i, up in enumerate(above):
                line[i] = (line[i] + up) & 255
        elif kind == 3:
            for i, up in enumerate(above):
                left = line[i - channels] if i >= channels else 0
                line[i] = (line[i] + (left + up) // 2) & 255
        elif kind == 4:
            for i, up in enumerate(above):
                left = line[i - channels] if i >= channels else 0
                corner = above[i - channels] if i >= channels else 0
                guess = left + up - corner
                distances = abs(guess - left), abs(guess - up), abs(guess - corner)
                line[i] = (line[i] + (left, up, corner)[distances.index(min(distances))]) & 255
        above = line
        yield line


def read_png(path):
    """Rows of grey values of an 8-bit picture with three or four channels."""
    data = path.read_bytes()
    at, packed = 8, b''
    while at < len(data):
        length, kind = struct.unpack('>I4s', data[at:at + 8])
        if kind == b'IHDR':
            width, _, depth, colour = struct.unpack('>IIBB', data[at + 8:at + 18])
            assert depth == 8 and colour in (2, 6)
        elif kind == b'IDAT':
            packed += data[at + 8:at + 8 + length]
        at += length + 12
    channels = 3 if colour == 2 else 4
    stride = width * channels + 1
    raw = zlib.decompress(packed)
    rows = (raw[i:i + stride] for i in range(0, len(raw), stride))
    return [[(r * 299 + g * 587 + b * 114) // 1000
             for r, g, b in zip(row[0::channels], row[1::channels], row[2::channels])]
            for row in _unfilter(rows, width, channels)]


def read_page(pdf, page, dpi):
    """Rows of grey values of one page of a PDF file, drawn by another's program."""
    data = subprocess.run(['pdftoppm', '-r', str(dpi), '-f', str(page), '-l', str(page), '-gray', pdf],
                          check=True, capture_output=True).stdout
    _, width, height, _ = data.split(maxsplit=4)[:4]
    width, height = int(width), int(height)
    pixels = data[-width * height:]
    return [pixels[y * width:(y + 1) * width] for y in range(height)]


def upright(rows):
    """A landscape card as it lies on the portrait medium: its top at the right."""
    return [[row[x] for row in rows] for x in range(len(rows[0]) - 1, -1, -1)]


def difference(one, other):
    """The mean and the greatest difference of two pictures' squares, 0 to 255."""
    height = min(len(one), len(other)) // SQUARE
    width = min(len(one[0]), len(other[0])) // SQUARE
    differences = []
    for y in range(height):
        for x in range(width):
            sums = [sum(sum(rows[y * SQUARE + i][x * SQUARE:(x + 1) * SQUARE]) for i in range(SQUARE))
                    for rows in (one, other)]
            differences.append(abs(sums[0] - sums[1]) / SQUARE ** 2)
    return sum(differences) / len(differences), max(differences)
