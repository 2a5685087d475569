#!/bin/sh
# Find the browser of the browser tests. As root on Debian this installs one; elsewhere it says how to.
set -eu
for name in "${AVOCET_CHROMIUM:-}" chromium-headless-shell chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    export DEBIAN_FRONTEND=noninteractive
    # the headless one is a smaller download and takes half the processor time; not every release has it
    apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null ||
        apt-get install -y -qq --no-install-recommends chromium >/dev/null
    exit 0
fi
echo "The browser tests need Chromium: install it (Debian: sudo apt-get install chromium)," >&2
echo "or set AVOCET_CHROMIUM to its path." >&2
exit 1
