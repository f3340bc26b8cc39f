# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader is told without asking: the announcements of the accessibility bus, heard by a program of its own.
It is what this file is when it is run."""

import pathlib
import subprocess
import sys
import tempfile

from box import wait_for

# What GTK says when a text is another one, or a widget comes.
KINDS = ('object:property-change:accessible-name', 'object:text-changed:insert', 'object:children-changed:add',
         'object:state-changed:showing')


class Reader:
    """Listens until the test ends."""

    def __init__(self, screen):
        self.said = tempfile.NamedTemporaryFile(dir=screen.folder, suffix='.heard', delete=False)
        self.process = subprocess.Popen(['/usr/bin/python3', pathlib.Path(__file__)], stdout=self.said,
                                        stderr=subprocess.DEVNULL)
        screen.processes.append(self.process)
        wait_for(lambda: 'listening' in self.heard(), 20)

    def heard(self):
        return pathlib.Path(self.said.name).read_text()

    def hears(self, role, text, seconds=10):
        """Whether a widget of @role announced @text by now."""
        return wait_for(lambda: any(line.startswith(role + '\t') and text in line for line in self.heard().splitlines()),
                        seconds)


def listen():
    import gi
    gi.require_version('Atspi', '2.0')
    from gi.repository import Atspi

    def told(event):
        try:
            text = event.any_data if isinstance(event.any_data, str) else ''
            print(event.source.get_role_name(), event.type, event.source.get_name(), text, sep='\t', flush=True)
        except Exception:  # a widget that has just gone
            pass

    listener = Atspi.EventListener.new(told)
    for kind in KINDS:
        listener.register(kind)
    print('listening', flush=True)
    Atspi.event_main()


if __name__ == '__main__':
    sys.exit(listen())
