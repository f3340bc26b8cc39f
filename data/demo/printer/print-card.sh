#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the virtual card printer does with one document: the command of ippeveprinter(1) -c.
# $1 is the document. Standard error steers the printer: "STATE: +keyword", "ATTR: name=value".
#
# PLATEN_PRINTER_OUT is the folder with what came out and what the printer shall suffer:
#   card-NNNN.pdf  the document of card NNNN      card-NNNN.env  the job's attributes
#   fault          while it exists, its line of keywords is reported and the job waits
#   fail-next      the next job ends aborted, without a card
#   seconds        how long one card takes
set -u
out=${PLATEN_PRINTER_OUT:?}

raised=
while [ -s "$out/fault" ]; do
  now=$(head -n 1 "$out/fault")
  if [ "$now" != "$raised" ]; then
    [ -n "$raised" ] && echo "STATE: -$raised" >&2
    echo "STATE: +$now" >&2
    raised=$now
  fi
  sleep 0.2
done
[ -n "$raised" ] && echo "STATE: -$raised" >&2

if [ -e "$out/fail-next" ]; then
  rm -f "$out/fail-next"
  exit 1
fi
[ -s "$out/seconds" ] && sleep "$(head -n 1 "$out/seconds")"

case ${CONTENT_TYPE:-} in
  application/pdf) kind=pdf ;;
  *) kind=doc ;;
esac
number=$(printf '%04d' $(($(find "$out" -name 'card-*.env' | wc -l) + 1)))
env | grep -E '^(IPP_|CONTENT_TYPE|DOCUMENT_)' | sort > "$out/.card-$number.env"
cp "$1" "$out/.card-$number.$kind"
mv "$out/.card-$number.$kind" "$out/card-$number.$kind"
mv "$out/.card-$number.env" "$out/card-$number.env"
echo "ATTR: job-impressions-completed=2" >&2
