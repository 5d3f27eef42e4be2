#!/usr/bin/env bash
# Runs all tests. Installs what the full suite needs where it can (Debian packages, as root); where it cannot, the tests
# that need it skip and say why. Ends with one line: N passed, N failed, N skipped.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

install_packages() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1; }

# The browser tests drive Chromium, the database tests want a PostgreSQL of their own, models run in bubblewrap, and the examples of docs/api.md run
# in Python and R. PyTorch, which loads the networks that were trained here, is large and not installed for the tests' sake: where
# python3-torch and python3-h5py are there, those tests run; elsewhere they are skipped.
install_missing() {
  local missing=()
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
  command -v bwrap >/dev/null || missing+=(bubblewrap)
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
  /usr/bin/python3 -c 'import requests' 2>/dev/null || missing+=(python3-requests)
  Rscript -e 'library(httr2); library(jsonlite)' >/dev/null 2>&1 || missing+=(r-cran-httr2 r-cran-jsonlite)
  [ "${#missing[@]}" -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Not installed: ${missing[*]}. The tests that need them are skipped."
    return 0
  fi
  echo "Installing ${missing[*]} ..."
  apt-get update -qq >/dev/null 2>&1
  # One after another where all at once fails: a system may lack one of them.
  install_packages "${missing[@]}" || for package in "${missing[@]}"; do
    install_packages "$package" || echo "Could not install $package; the tests that need it are skipped."
  done
}

[ "${COOS_INSTALL:-yes}" = no ] || install_missing

# The build keeps no server for the next one, so that nothing is left behind. At most two threads allocate apart (glibc): libtorch
# keeps what it has freed, once for each of them. Code is compiled for hundreds of servers: protecting each page of it against later
# writing takes half of the system's time. The collector starts after 64 MB of new objects, not after each fill of a small cache:
# hundreds of servers make many, of which few stay.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false MALLOC_ARENA_MAX=2 DOTNET_EnableWriteXorExecute=0
export DOTNET_GCgen0size=0x4000000 DOTNET_gcConcurrent=0
# Tests that run ONNX Runtime in their own process do not report it to its maker.
export ORT_DISABLE_TELEMETRY=1

log=$(mktemp)
running=
# What is running has a process group of its own, which is ended whole: Ctrl-C, a closed terminal or a SIGTERM leaves nothing.
# A private PostgreSQL is in none of them and ends with its test process.
finish() {
  trap - EXIT INT TERM HUP
  if [ -n "$running" ] && kill -TERM -- "-$running" 2>/dev/null; then
    for _ in 1 2 3 4 5 6 7 8 9 10; do
      kill -0 -- "-$running" 2>/dev/null || break
      sleep 0.5
    done
    kill -KILL -- "-$running" 2>/dev/null
  fi
  rm -f "$log"
}
trap finish EXIT
trap 'finish; exit 130' INT TERM HUP

run() {
  set -m
  "$@" </dev/null &
  running=$!
  set +m
  wait "$running"
  local status=$?
  # Whoever is still in the group has lost its parent.
  kill -TERM -- "-$running" 2>/dev/null
  running=
  return "$status"
}

run dotnet build --nologo -v quiet -c Release Coos.sln || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
# One test project after another: two at once need twice the memory, and on two cores no less time.
test_all() { dotnet test --solution Coos.sln -c Release --no-build --max-parallel-test-modules 1 "$@" 2>&1 | tee "$log"; }
run test_all "$@"
status=$?
total_of() { sed -n "s/^ *$1: \([0-9]*\)\$/\1/p" "$log" | tail -n 1; }
passed=$(total_of succeeded) failed=$(total_of failed) skipped=$(total_of skipped)
# The names of failed tests once more, where they are easily found.
failures=$(sed -nE 's/^ *(failed [A-Z][A-Za-z]*\..*)$/\1/p' "$log" | sort -u)

# The tests of API and reliability once more, on PostgreSQL, but for those that do not depend on the database system; not if only some
# tests were asked for.
test_on_postgres() {
  local namespaces=()
  for folder in Access Api Discovery Reliability Webhooks; do namespaces+=(-namespace "Coos.Web.Tests.$folder"); done
  COOS_TEST_DATABASE=PostgreSQL dotnet Coos.Web.Tests/bin/Release/net10.0/Coos.Web.Tests.dll -noLogo -noColor "${namespaces[@]}" \
    -trait- database=one 2>&1 | tee "$log"
}
if [ "$#" -eq 0 ]; then
  run test_on_postgres || status=1
  read -r total errors failures_there skips < <(
    sed -nE 's/^ *\S+ +Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+).*/\1 \2 \3 \4/p' "$log" | tail -n 1)
  failures_there=$((${failures_there:-1} + ${errors:-0}))
  failures+=$(sed -nE 's/^ *([A-Z][A-Za-z]*\..*) \[FAIL\]$/\nfailed on PostgreSQL: \1/p' "$log")
  passed=$((passed + ${total:-1} - failures_there - ${skips:-0})) failed=$((failed + failures_there)) skipped=$((skipped + ${skips:-0}))
fi

[ -z "$failures" ] || echo "$failures"
echo "${passed:-0} passed, ${failed:-0} failed, ${skipped:-0} skipped"
exit "$status"
