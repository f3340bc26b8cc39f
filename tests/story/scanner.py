# SPDX-License-Identifier: GPL-3.0-or-later
"""A barcode scanner in keyboard mode: what it types reaches the display at one go, as fast as no hands
are, however busy the machine is."""

import ctypes

RETURN, CONTROL, SHIFT = 0xff0d, 0xffe3, 0xffe1
ENTER = '\r'
# Scanners press Ctrl with a key for the control characters that have no key.
WITH_CONTROL = {'\n': 'j', '\x1e': '^'}
FIRST_KEY, LAST_KEY = 8, 255
# Where the keys of a North American keyboard are, as X counts them.
ROWS = ((10, '1234567890-='), (24, 'qwertyuiop'), (38, 'asdfghjkl'), (52, 'zxcvbnm'))


class Scanner:
    def __init__(self, display):
        self.name = display.encode()
        self.x = ctypes.CDLL('libX11.so.6')
        self.test = ctypes.CDLL('libXtst.so.6')
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XkbKeycodeToKeysym.restype = ctypes.c_ulong

    def read_keys(self, display):
        """What is on the keys in the layout in use: (key, whether with Shift) of each keysym."""
        keys = {}
        for shift in (1, 0):
            for key in range(LAST_KEY, FIRST_KEY - 1, -1):
                keys[self.x.XkbKeycodeToKeysym(display, key, 0, shift)] = key, shift
        return keys

    def find_strokes(self, text, keys):
        """The keys that are down together, for each character."""
        for character in text:
            held = [keys[CONTROL][0]] if character in WITH_CONTROL else []
            character = WITH_CONTROL.get(character, character)
            key, shift = keys[RETURN if character == ENTER else ord(character)]
            yield [*held, *([keys[SHIFT][0]] if shift else []), key]

    def press(self, find):
        """Presses the strokes that @find makes of what is on the keys now."""
        display = ctypes.c_void_p(self.x.XOpenDisplay(self.name))
        for stroke in list(find(self.read_keys(display))):
            for key, down in [(key, 1) for key in stroke] + [(key, 0) for key in reversed(stroke)]:
                self.test.XTestFakeKeyEvent(display, key, down, 0)
        self.x.XSync(display, 0)
        self.x.XCloseDisplay(display)

    def scan(self, text):
        """Types @text, set to the layout in use."""
        self.press(lambda keys: self.find_strokes(text, keys))

    def scan_american(self, text):
        """Types a number as scanners do that were delivered for North America, whatever is printed on the
        keys, and Enter."""
        codes = {sign: first + i for first, signs in ROWS for i, sign in enumerate(signs)}
        self.press(lambda keys: [*([*([keys[SHIFT][0]] if sign.isupper() else []), codes[sign.lower()]] for sign in text),
                                 [keys[RETURN][0]]])
