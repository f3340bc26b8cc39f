#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job by command line in an office that speaks French: every line that a person reads, what
the database refuses and remembers among them, is French, and says the same as in English."""

import re

from box import PRINTER, Box, Tap

# Words without which no English sentence does, and which are no French ones.
ENGLISH = re.compile(r'\b(the|was|were|not|because|is|are|and|of|to|with|this|that|which|by|it|has)\b', re.I)
# What a person wrote stays as they wrote it.
WRITTEN = 'The proof sheet is in order.'
FRENCH = {'LANGUAGE': 'fr', 'LC_ALL': 'C.UTF-8'}

tap = Tap()
box = Box()
people = box.people()
one, other = people['renewal'][:2]


def say(login, *words, status=0):
    """What @login reads after a command."""
    found, out, err = box.run(login, *words, json_wanted=False, extra=FRENCH)
    command = ' '.join(str(word) for word in words)[:60]
    tap.claim(status in (found, None), f'{command}: status {status}', (found, out, err))
    english = [line for line in (out + err).replace(WRITTEN, '').splitlines()
               if ENGLISH.search(line)]
    tap.claim(not english, f'{command}: French', '\n'.join(english))
    return out + err


def refused(sentence, login, *words):
    told = say(login, *words, status=1).replace('\u202f', ' ')
    tap.claim(sentence in told, f'{sentence[:50]}…', told)


for words in (['--help'], ['application', 'set', '--help'], ['card', 'list', '--help'], ['staff', 'add', '--help']):
    say('anna', *words)
say('anna', 'card', 'read', status=2)
say('anna', 'nothing', 'such', status=2)
refused('celui-ci en a 3', 'anna', 'lookup', '123')
told = say('anna', 'lookup', one)
tap.claim('Conducteurs' in told and 'A répondu' in told, 'sources have their names', told)

told = say('anna', 'application', 'new', one, '--type', 'renewal')
number = re.search(r'^Numéro +(\S+)$', told, re.M)[1]
tap.claim('Brouillon' in told and 'Renouvellement' in told, 'states and types have their names', told)
refused(f'car la demande {number} est déjà en cours pour ce citoyen', 'anna', 'application', 'new', one,
        '--type', 'renewal')
told = say('anna', 'application', 'new', other, '--type', 'new')
tap.claim(re.search(r'Le demandeur a déjà un permis : \S+ valable jusqu’au \d\d/\d\d/\d{4}\.',
                    told.replace('\u202f', ' ').replace(',', '')) and 'Règlement sur les permis' in told,
          'a finding gives its day and its law', told)
refused('n’a pas été soumise, pour les raisons suivantes : Il n’y a pas de photographie.', 'anna',
        'application', 'submit', number)
say('anna', 'application', 'set', number, '--photo', box.portrait(one), '--signature', box.signature(one))
say('anna', 'application', 'submit', number)
refused('exige le rôle superviseur, que l’identifiant anna n’a pas', 'anna', 'application', 'approve', number)
refused('car elle est à l’état « soumise »', 'chen', 'card', 'print', number, '--printer', PRINTER)
say('boris', 'application', 'show', number)
say('boris', 'application', 'approve', number)
say('boris', 'application', 'list')

say('chen', 'printer', 'list')
told = say('chen', 'card', 'print', number, '--printer', PRINTER)
card = re.search(r'^Numéro +(\S+)$', told, re.M)[1]
tap.claim('non relue' in told, 'the card’s state has its name', told)
refused('est en route', 'chen', 'card', 'print', number, '--printer', PRINTER)
refused('car elle est à l’état « sortie de l’imprimante »', 'chen', 'card', 'issue', card)
refused('(différence : son code)', 'chen', 'card', 'read', card, '--scan', 'abc')

box.sql(f"UPDATE platen.card SET changed_at = changed_at - interval '1 day' WHERE number = '{card}'")
told = say('chen', 'card', 'list')
tap.claim(f'La carte {card} est-elle sortie' in told, 'a card is asked about', told)
say('chen', 'card', 'came-out', card)
refused('le numéro de série de son support n’a pas été lu', 'chen', 'card', 'read', card, '--scan', box.read_qr(box.printed()[-1]))
serial = re.search(r'\bB\d{8}\b', say('chen', 'card', 'show', card))[0]
say('chen', 'card', 'read', card, '--scan', box.read_qr(box.printed()[-1]), '--serial', serial)
say('chen', 'card', 'issue', card)
told = say('boris', 'application', 'show', number)
for sentence in ('Anna Berg a ouvert la demande.', 'Boris Iliev a approuvé la demande.',
                 f'Chen Lin a trouvé la carte {card}.', 'La carte a été trouvée.',
                 f'Chen Lin a remis la carte {card}.', 'Le citoyen a la carte.'):
    tap.claim(sentence in told, sentence, told)

say('emil', 'staff', 'list')
refused('il est de 1 à 1440 minutes', 'emil', 'office', 'set', '--ask-after', '5000')
refused('exige le rôle administrateur', 'anna', 'office', 'set', '--ask-after', '5')
say('emil', 'office', 'set', '--ask-after', '5')
say('emil', 'health', status=None)
tap.end()
