#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the decoder with libFuzzer and both sanitizers and runs it: briefly as a test, as long as
# FUZZ_SECONDS says by hand. Arguments: the folder of the example adapters, include folders as -I…,
# and the sources. FUZZ_CORPUS keeps what was found between runs.
set -eu

examples=$1
shift
echo 1..1
if ! echo 'int LLVMFuzzerTestOneInput (const char *d, unsigned long n) { return d == 0 && n; }' |
     clang -fsanitize=fuzzer -x c - -o /dev/null 2>/dev/null; then
  echo 'ok 1 # SKIP clang with libFuzzer (libclang-rt) is not installed'
  exit 0
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
corpus=${FUZZ_CORPUS:-$folder/corpus}
mkdir -p "$corpus"

# What a good answer of each example looks like, to start from.
cat > "$corpus/identity" <<'JSON'
{"person":{"id":"12345678903","name":{"surname":"Berg","forenames":["Ida"]},"born":{"on":"1980-05-06"},"sex":2,"portrait":"/9j/"}}
JSON
cat > "$corpus/residence" <<'JSON'
{"response":{"items":[{"resident":{"identifiers":{"personal":{"value":"12345678903"}},"name":{"full":"Berg, Ida"},"vital":{"birth":{"instant":329094000000},"death":{"instant":0}},"traits":{"gender":{"label":{"eo":"virino"}},"citizenship":[{"label":{"eo":"Utopio"}}]}}}]}}
JSON
cat > "$corpus/infringement" <<'JSON'
{"data":{"personId":"12345678903","dob":"19800506","points":3,"fines":[{"due":12.5}],"ban":{"end":"20300101"}}}
JSON
cat > "$corpus/driver" <<'JSON'
{"citizen":"12345678903","FAMILY_NAME":"BERG","GIVEN_NAMES":"IDA","BIRTH":"06.05.1980","LICENCE":{"NO":"U1","STATUS":"V","EXPIRES":"01.01.2030","CATEGORIES":[{"CAT":"B","SINCE":"01.01.2000","UNTIL":"01.01.2030","CODES":"01"}]}}
JSON

# Those in C++ first: clang takes one language's flags at a time. Their objects take their place.
# shellcheck disable=SC2046 # the flags are words
for source; do
  shift
  case $source in
  *.cc)
    object=$folder/$(basename "$source").o
    clang++ -std=c++17 -c -g -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize=vptr \
      -fno-sanitize-recover=undefined $(pkg-config --cflags json-glib-1.0 simdjson) "$source" -o "$object" >&2
    set -- "$@" "$object" ;;
  *) set -- "$@" "$source" ;;
  esac
done

# shellcheck disable=SC2046 # the flags are words
clang -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -D_GNU_SOURCE \
  -DG_LOG_DOMAIN='"fuzz"' -DGETTEXT_PACKAGE='"platen"' -DPLT_EXAMPLES_DIR="\"$examples\"" \
  "$@" $(pkg-config --cflags --libs gio-2.0 json-glib-1.0 simdjson) -lstdc++ -lm -o "$folder/fuzz-answer" >&2

if "$folder/fuzz-answer" -max_total_time="${FUZZ_SECONDS:-10}" -max_len=65536 -timeout=10 \
     -print_final_stats=1 -artifact_prefix="$folder/" "$corpus" > "$folder/log" 2>&1; then
  sed -n 's/^stat::/# &/p' "$folder/log"
  echo 'ok 1 - any bytes are decoded or refused'
else
  sed 's/^/# /' "$folder/log" | tail -60
  echo 'not ok 1 - any bytes are decoded or refused'
fi
