#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts an office in a box with 20,000 citizens and runs bench-lookup against its registries."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

DEMO = pathlib.Path(os.environ['PLATEN_BUILD_ROOT']) / 'src/demo/platen-demo'

folder = pathlib.Path(tempfile.mkdtemp(prefix='pb'))
folder.chmod(0o755)
box = folder / 'box'
try:
    subprocess.run([DEMO, 'up', '--citizens', '20000', '--folder', box], check=True,
                   stdout=subprocess.DEVNULL)
    people = subprocess.run([DEMO, 'people', '--folder', box, '--json'], check=True, text=True,
                            capture_output=True).stdout
    numbers = [line.split('"')[3] for line in people.splitlines() if '"id_number"' in line]
    subprocess.run([sys.argv[1], box / 'registries', *numbers], check=True)
finally:
    subprocess.run([DEMO, 'down', '--folder', box], stdout=subprocess.DEVNULL)
    shutil.rmtree(folder, ignore_errors=True)
