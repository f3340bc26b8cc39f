#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A photo is taken at the counter: the camera shows nobody three times, so a supervisor is asked, who
allows nothing of the kind; then the registry's photo is taken."""

import subprocess

from box import Box, wait_for
from window import Screen, Story, Window

box = Box()
screen = Screen(1024, 768)
story = Story('photo', screen)
renewal = box.people()['renewal'][0]

# The camera that this desk has is a test picture: colour bars with snow, in which nobody is.
settings = box.folder / 'config' / 'glib-2.0' / 'settings'
settings.mkdir(parents=True)
(settings / 'keyfile').write_text(
    "[org/platen/Platen]\ncamera-source='videotestsrc is-live=true ! video/x-raw,width=1280,height=960'\n")
environment = {'GSETTINGS_BACKEND': 'keyfile', 'XDG_CONFIG_HOME': str(box.folder / 'config')}


def failed():
    """Different ones: a key that is pressed twice on one frame of the camera takes one picture."""
    return int(box.sql("SELECT count (DISTINCT sha256) FROM platen.photo_check WHERE verdict = 'bad'")[0][0])


def press(name, role='push button'):
    """Clicks what is called so."""
    node = wait_for(lambda: window.find(role, name), 20)
    if node is not None:
        window.atspi.Action.do_action(node, 0)
    return node is not None


number = box.ctl('anna', 'application', 'new', renewal, '--type', 'renewal')['number']
window = Window(screen, {**box.env('anna'), **environment})
story.claim(window.sign_in(box, 'anna'), 'the clerk signs in', window.focused())
window.command(number)
story.claim(window.shows('Photo: take or adjust', 'push button', 60), 'the photo can be taken',
            window.look('push button'))
window.key('ctrl+shift+g')
story.claim(wait_for(lambda: len(window.windows()) > 1, 20), 'the photo desk opens', window.said())
window.focus_newest()
for shot in range(3):
    window.key('alt+a')
    story.claim(wait_for(lambda: window.can('push button', 'Take Picture'), 20), 'the camera is on',
                window.look('push button', 'toggle button', 'alert'))
    for _ in range(10):
        window.key('alt+t')
        if wait_for(lambda: failed() > shot, 5):
            break
    story.claim(failed() == shot + 1, f'shot {shot + 1} shows nobody, and that is noted', failed())
    story.claim(window.shows('No face was found', seconds=20), 'it says so', window.look('label'))
story.claim(window.shows('A supervisor sees this application', seconds=20), 'a supervisor is asked',
            window.look('label', 'alert'))
window.key('Escape')
story.claim(wait_for(lambda: len(window.windows()) == 1, 20), 'the desk is left')
window.focus_newest()
story.claim(window.shows('a supervisor decides', seconds=30), 'the editor says who decides',
            window.look('label'))
window.kill()

window = Window(screen, {**box.env('boris'), **environment})
story.claim(window.sign_in(box, 'boris'), 'the supervisor signs in', window.focused())
window.command(number)
story.claim(window.shows('Refuse', 'push button', 60), 'the supervisor can decide', window.look('push button'))
press('Photos that failed their checks: Refuse')
wait_for(lambda: len(window.windows()) > 1, 20)
window.focus_newest()
window.waits_at('Reason', seconds=10)
window.type('Nobody is on them')
window.key('Return')
story.claim(wait_for(lambda: box.sql('SELECT state FROM platen.photo_exception') == [['refused']], 30),
            'and refuses', box.sql('SELECT state FROM platen.photo_exception'))
window.kill()

box.ctl('anna', 'application', 'set', number, '--photo', box.portrait(renewal))
story.claim(box.sql('SELECT kind FROM platen.application_image') == [['portrait']],
            'a photo of somebody is stored')
story.claim(box.sql('SELECT DISTINCT origin FROM platen.photo_check ORDER BY origin') == [['camera'], ['command']],
            'and where each came from is known', box.sql('SELECT DISTINCT origin FROM platen.photo_check'))

# Somebody signs with the mouse.
window = Window(screen, {**box.env('anna'), **environment})
story.claim(window.sign_in(box, 'anna'), 'the clerk signs in again', window.focused())
window.command(number)
story.claim(window.shows('Signature: sign here', 'push button', 60), 'the holder can sign', window.look('push button'))
window.key('ctrl+shift+s')
story.claim(wait_for(lambda: len(window.windows()) > 1, 20), 'the field to sign opens', window.said())
window.focus_newest()
pad = wait_for(lambda: window.find('image', 'Field to sign in'), 20)
story.claim(pad is not None, 'it is named', window.look('image'))
area = window.atspi.Component.get_extents(pad, window.atspi.CoordType.WINDOW)


def write(points):
    """One stroke of the mouse."""
    for step, (x, y) in enumerate(points):
        window.xdotool('mousemove', '--window', str(window.windows()[-1]), str(area.x + x), str(area.y + y))
        if step == 0:
            window.xdotool('mousedown', '1')
    window.xdotool('mouseup', '1')


write([(80 + 8 * i, 90 + (30 if i % 4 < 2 else -30)) for i in range(30)])
write([(60 + 10 * i, 150) for i in range(20)])
window.key('ctrl+z')
window.key('ctrl+Return')
story.claim(wait_for(lambda: ['signature'] in box.sql('SELECT kind FROM platen.application_image'), 30),
            'what was written is stored', window.look('label', 'alert'))
story.claim(wait_for(lambda: len(window.windows()) == 1, 20), 'and the window is left')


def offers(exception):
    return any(role == 'push button' and name == f'Exception: {exception}' for role, name in window.look('push button'))


story.claim(wait_for(lambda: offers('Covered Head…'), 10), 'a covered head can be asked for', window.look('push button'))
box.ctl('anna', 'exception', 'ask', number, 'head_cover', '--reason', 'A scarf, of faith')
story.claim(wait_for(lambda: not offers('Covered Head…'), 20) and offers('Cannot Sign…'), 'what waits is not asked for again',
            window.look('push button', 'label'))
window.kill()

# Two people allow what one asks for.
other = box.ctl('anna', 'application', 'new', box.people()['renewal'][1], '--type', 'renewal')['number']
box.ctl('anna', 'application', 'set', other, '--photo', box.portrait(box.people()['renewal'][1]))
story.claim('signature' in box.refused('anna', 'application', 'submit', other), 'nothing goes on without a signature')
box.ctl('anna', 'exception', 'ask', other, 'cannot_sign', '--reason', 'Both hands are paralysed')
waiting = [entry for entry in box.ctl('boris', 'exception', 'list') if entry['application'] == other]
story.claim([entry['kind'] for entry in waiting] == ['cannot_sign'], 'the supervisor has it on a list', waiting)
box.refused('anna', 'exception', 'allow', str(waiting[0]['id']), '--reason', 'I saw it')
box.ctl('boris', 'exception', 'allow', str(waiting[0]['id']), '--reason', 'I saw the certificate')
box.ctl('anna', 'application', 'submit', other)
box.ctl('boris', 'application', 'approve', other)
box.ctl('chen', 'card', 'file', other, '-o', str(box.folder / 'unsigned.pdf'))
text = subprocess.run(['pdftotext', str(box.folder / 'unsigned.pdf'), '-'], capture_output=True, text=True, check=True).stdout
story.claim('unable to sign' in text, 'the card says so in place of the signature', text)
story.end()
