# SPDX-License-Identifier: GPL-3.0-or-later
"""All that a program presents on the accessibility bus, in a few questions that are asked at once: to
ask every widget for its role, its name and each of its children costs both programs and the bus
thousands of messages a look."""

import ast
import collections
import re

ROOT = '/org/a11y/atspi/accessible/root'
ACCESSIBLE = 'org.a11y.atspi.Accessible'
FOCUSED, SELECTED = 1 << 12, 1 << 23  # among the states of a widget
PATIENCE_MS = 10000

Widget = collections.namedtuple('Widget', 'path parent role name n_children is_focused is_selected')


# A text as an answer is printed, and what the two long answers consist of. Unpacking them value by value
# takes many times longer than the program needs to give them.
TEXT = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CHILD = re.compile(rf"\({TEXT}, '([^']*)'\)")
ITEM = re.compile(rf"\(\({TEXT}, '([^']*)'\), \({TEXT}, {TEXT}\), \({TEXT}, '([^']*)'\), -?\d+, (-?\d+), "
                  rf"\[[^]]*\], ({TEXT}), (\d+), {TEXT}, \[(\d+), \d+\]\)")


class Tree:
    def __init__(self, pid):
        """@pid: the program that is read; it is on the bus already."""
        from gi.repository import Atspi, Gio, GLib
        self.atspi, self.glib = Atspi, GLib
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress',
                                    None, None, 0, -1)[0]
        self.bus = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)
        programs = self.ask('org.a11y.atspi.Registry', ROOT, ACCESSIBLE, 'GetChildren')
        self.program = next(name for name, _ in programs if self.pid_of(name) == pid)
        self.roles = {}

    def ask(self, program, path, interface, method, arguments=None):
        return self.call(program, path, interface, method, arguments).unpack()[0]

    def call(self, program, path, interface, method, arguments=None):
        return self.bus.call_sync(program, path, interface, method, arguments, None, 0, PATIENCE_MS)

    def pid_of(self, program):
        return self.ask('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                        'GetConnectionUnixProcessID', self.glib.Variant('(s)', (program,)))

    def role(self, number):
        if number not in self.roles:
            self.roles[number] = self.atspi.role_get_name(self.atspi.Role(number))
        return self.roles[number]

    def known(self):
        """The widgets that were ever asked for, hidden ones too; none when the program just leaves."""
        try:
            items = self.call(self.program, '/org/a11y/atspi/cache', 'org.a11y.atspi.Cache', 'GetItems')
        except self.glib.Error:
            return {}
        return {path: Widget(path, parent, self.role(int(role)), ast.literal_eval(name), int(n_children),
                             int(states) & FOCUSED != 0, int(states) & SELECTED != 0)
                for path, parent, n_children, name, role, states in ITEM.findall(items.print_(False))}

    def children(self, paths):
        """The paths of what is presented in each of @paths."""
        inner = {}
        context = self.glib.MainContext()
        context.push_thread_default()

        def answered(bus, result, path):
            try:
                inner[path] = CHILD.findall(bus.call_finish(result).print_(False))
            except self.glib.Error:  # a widget that has just gone
                inner[path] = []

        for path in paths:
            self.bus.call(self.program, path, ACCESSIBLE, 'GetChildren', None, None, 0, PATIENCE_MS,
                          None, answered, path)
        while len(inner) < len(paths):
            context.iteration(True)
        context.pop_thread_default()
        return inner

    def focused(self):
        """The widget that has the keyboard, if any. Only what is presented can have it."""
        for widget in self.known().values():
            if widget.is_focused:
                return widget
        return next((widget for widget, _ in self.read() if widget.is_focused), None)

    def read(self):
        """(widget, way) of all that is presented, from the top: which child to take at each step."""
        known = self.known()
        inner, paths = {}, {ROOT}
        while paths:
            level = self.children(paths)
            inner.update(level)
            # Each once: to widgets that are just going GTK gives one name for all.
            paths = {child for children in level.values() for child in children
                     if child not in inner and (child not in known or known[child].n_children > 0)}
        if any(child not in known for children in inner.values() for child in children):
            known = self.known()
        return list(self.descend(ROOT, [], inner, known))

    def descend(self, path, way, inner, known):
        for index, child in enumerate(inner.get(path, [])):
            if child not in known:  # it has just gone
                continue
            here = [*way, index]
            # Between a stack and a widget in it is a page, which GTK leaves out here.
            if path != ROOT and known[child].parent != path and known[child].parent in known:
                yield known[known[child].parent], here
                here = [*here, 0]
            yield known[child], here
            yield from self.descend(child, here, inner, known)
