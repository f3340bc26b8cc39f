#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A photo is taken at the counter: the camera shows nobody three times, so a supervisor is asked and
refuses; then the registry's photo is framed by keys and used."""

from box import Box, wait_for
from window import Screen, Story, Window

box = Box()
screen = Screen(1024, 768)
story = Story('photo', screen)
renewal = box.people()['renewal'][0]

# The camera that this desk has is a test picture: colour bars, in which nobody is.
settings = box.folder / 'config' / 'glib-2.0' / 'settings'
settings.mkdir(parents=True)
(settings / 'keyfile').write_text(
    "[org/platen/Platen]\ncamera-source='videotestsrc is-live=true ! video/x-raw,width=1280,height=960'\n")
environment = {**box.env('anna'), 'GSETTINGS_BACKEND': 'keyfile',
               'XDG_CONFIG_HOME': str(box.folder / 'config')}


def checks():
    return box.sql('SELECT verdict, origin FROM platen.photo_check ORDER BY id')


def press(name, role='push button'):
    button = window.find(role, name)
    if button is not None:
        button.do_action(0)
    return button is not None


number = box.ctl('anna', 'application', 'new', renewal, '--type', 'renewal')['number']
window = Window(screen, environment)
story.claim(window.sign_in(box, 'anna'), 'the clerk signs in', window.focused())
window.command(number)
story.claim(window.shows('Photo: take or adjust', 'push button', 60), 'the photo can be taken',
            window.look('push button'))
window.key('ctrl+shift+g')
story.claim(wait_for(lambda: len(window.windows()) > 1, 20), 'the photo desk opens', window.said())
window.focus_newest()
for shot in range(3):
    press('Camera', 'toggle button')
    story.claim(window.can('push button', 'Take Picture'), 'the camera is on')
    window.shows('What the camera sees', seconds=5)
    for _ in range(20):
        press('Take Picture')
        if wait_for(lambda: len(checks()) > shot, 3):
            break
    story.claim(window.shows('fails its checks', 'label', 30), 'nobody is on the picture, and it says so',
                window.look('label'))
story.claim(wait_for(lambda: len(checks()) >= 3, 30), 'each shot that failed is noted', checks())
screen.picture('/tmp/s/photo/desk.png')
story.succeed()
