#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An administrator at the window: no persons, but the registries, one of which fails and works again;
and a desk to which none is connected."""

import pathlib

from box import Box, wait_for
from window import Screen, Story, Window

box = Box()
screen = Screen()
story = Story('admin', screen)


def pane_names(window):
    return [name for role, name in window.look('list item') if name in (
        'Search', 'Editor', 'Queue', 'Preview', 'Print Room', 'Registries', 'Decisions',
        'Layouts')]


def row(window, title):
    return window.find('list item', title)


window = Window(screen, box.env('emil'))
story.claim(window.sign_in(box, 'emil'), 'the administrator signs in', window.focused())
story.claim(window.shows('Registries', 'list item', 10) and not window.can('list item', 'Search'),
            'and is led to the registries', window.look('list item', 'label'))
story.claim(pane_names(window) == ['Registries', 'Layouts'], 'and with the layouts that is all that is offered',
            pane_names(window))

# What is about persons is refused in words, by whichever way it is asked for.
window.key('alt+1')
told = window.shows('are open to clerks', 'alert', 10)
story.claim(told, 'a key to a pane about persons is refused', window.look('alert'))
window.command(box.people()['renewal'][0])
story.claim(window.shows('are open to clerks', 'alert', 10) and
            not box.sql("SELECT 1 FROM platen.lookup"),
            'and so is a look-up, which asks nobody', window.look('alert'))

# A registry fails, and works again.
window.key('alt+6', 'F5')
story.claim(window.shows('Population Register: Working', 'list item', 30), 'a registry is tried',
            window.look('list item'))
box.demo('registry-fault', 'identity', 'nonsense')
window.key('F5')
story.claim(window.shows('Population Register: Failing', 'list item', 30) and
            window.shows('Failed at: ', 'label', 10), 'it fails, and where is said',
            window.look('list item', 'label'))
box.demo('registry-fault', 'identity', 'none')
window.key('F5')
story.claim(window.shows('Population Register: Working', 'list item', 30) and
            window.shows('Last failure, over by now: ', 'label', 10) and
            not window.find('label', 'Failed at: '), 'it works again, and its failure is past',
            window.look('list item', 'label'))
story.claim(window.sign_out(), 'the administrator signs out', window.look())
story.claim(window.quit() == 0 and not window.complaints(), 'and goes home', window.said())

# A desk to which no registry is connected.
environment = box.env('anna')
config = pathlib.Path(environment['PLATEN_CONFIG']).read_text()
empty = box.runtime / 'none'
empty.mkdir()
path = box.runtime / 'none.conf'
path.write_text(config.replace(str(box.box / 'registries'), str(empty)))
story.claim(path.read_text() != config, 'a desk is set up without registries', config)
window = Window(screen, {**environment, 'PLATEN_CONFIG': str(path)})
story.claim(window.sign_in(box, 'anna'), 'a clerk sits down there', window.focused())
window.key('alt+6')
story.claim(window.shows('No Registry Is Attached', seconds=20), 'the pane says that there is none',
            window.look('label'))
window.command(box.people()['renewal'][0])
story.claim(wait_for(lambda: window.find('label', 'was not asked') or
                     window.find('alert', 'was not asked'), 20), 'and so does a look-up',
            window.look('label', 'alert'))
story.claim(window.quit() == 0 and not window.complaints(), 'the day ends', window.said())
story.end()
