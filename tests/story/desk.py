# SPDX-License-Identifier: GPL-3.0-or-later
"""The desks of an office at which the power goes: people sit down at the window, and it is killed
while the database is busy with what they asked for."""

from box import wait_for
from database import Blocker
from window import Window

# On a busy machine a registry may miss its time; then it is asked again, as people do.
TRIES = 8

# Whether the last statement of a desk that lost its power is carried out.
LOST, ARRIVES = False, True


class Desks:
    def __init__(self, box, screen, story):
        self.box = box
        self.screen = screen
        self.story = story

    def sit_down(self, login, **extra):
        """A window at which @login has signed in; @extra goes into its environment."""
        window = Window(self.screen, {**self.box.env(login), **extra})
        self.story.claim(window.sign_in(self.box, login), f'{login} sits down',
                         (window.focused(), window.look('text', 'label', 'alert')))
        return window

    def open(self, login, number, button, **extra):
        """Application @number at the desk of @login, with the keyboard at @button."""
        window = self.sit_down(login, **extra)
        window.command(number)
        self.story.claim(window.waits_at(button, seconds=60), f'{login} goes on at “{button}”',
                         (window.focused(), window.look('alert', 'push button')))
        return window

    def waiting(self):
        """The servers of desks whose statement waits for a lock."""
        return [row[0] for row in self.box.sql(
            "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND"
            " usename <> 'postgres'")]

    def cut_off(self, window, lock, do, fate=ARRIVES):
        """Kills the window while the statement that @do leads to waits for @lock. The statement then
        ARRIVES, and nobody hears its answer; or it is LOST with the desk. Whether it came so far."""
        blocker = Blocker(self.box, lock)
        pids = []
        for _ in range(TRIES):
            do()
            pids = wait_for(self.waiting, 20)
            if pids:
                break
        window.kill()
        for pid in pids if fate == LOST else []:
            self.box.sql(f'SELECT pg_terminate_backend ({pid}, 20000)')
        blocker.end()
        wait_for(lambda: not self.box.sql("SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND"
                                          " usename <> 'postgres'"), 30)
        return bool(pids)
