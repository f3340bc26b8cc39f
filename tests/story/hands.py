# SPDX-License-Identifier: GPL-3.0-or-later
"""What hands do with dialogs and buttons of Platen's window, by keys alone."""

from box import wait_for


class Hands:
    def __init__(self, window, box):
        self.window = window
        self.box = box

    def dialog(self, *keys):
        """Waits for a dialog, gives it the keyboard and presses @keys in it."""
        wait_for(lambda: len(self.window.windows()) > 1, 20)
        self.window.focus_newest()
        if keys:
            self.window.key(*keys)

    def dialog_ends(self):
        ended = wait_for(lambda: len(self.window.windows()) == 1, 20)
        self.window.focus_newest()
        return ended

    def press(self, name, tries=60):
        """Tabs to the button of that name and presses it."""
        for _ in range(tries):
            focus = self.window.focused()
            if focus and focus[0] == 'push button' and focus[1].startswith(name):
                self.window.key('Return')
                return True
            self.window.key('Tab')
        return False

    def answer(self, text):
        """The reason that the dialog which is opening asks for."""
        self.dialog()
        self.window.waits_at('Reason')
        self.window.type(text)
        self.window.key('Return')
        return self.dialog_ends()

    def become(self, login):
        """Another member of staff at the same desk; the session that commands resume ends with it."""
        self.window.sign_out()
        self.box.signed_in.clear()
        return self.window.sign_in(self.box, login)
