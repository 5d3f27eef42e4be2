#!/usr/bin/env python3
"""Runs a command and prints the most memory that it and all its descendants had at one time, and how long it took.

    tools/peak-memory.py ./test.sh

The memory of a process is its proportional set size, so that what several share counts once. A descendant is known by a variable
of its environment, which stays when it is given to another parent or runs as another user. Needs Linux; run as root, it sees all.
"""
import os
import signal
import subprocess
import sys
import time
import uuid

MARK = f"COOS_MEASURED={uuid.uuid4().hex}"


def sample():
    """Kilobytes by command line."""
    found = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/environ", "rb") as file:
                if MARK.encode() not in file.read():
                    continue
            with open(f"/proc/{entry}/smaps_rollup") as file:
                size = next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
            with open(f"/proc/{entry}/cmdline") as file:
                name = " ".join(file.read().split("\0")[:3])
        except (OSError, StopIteration):
            continue
        found[f"{entry} {name}"] = size
    return found


name, value = MARK.split("=")
started = time.monotonic()
command = subprocess.Popen(sys.argv[1:], env={**os.environ, name: value})
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, lambda number, _: command.send_signal(number))
peak, at = {}, 0.0
while command.poll() is None:
    now = sample()
    if sum(now.values()) > sum(peak.values()):
        peak, at = now, time.monotonic() - started
    time.sleep(0.5)
print(f"{time.monotonic() - started:.0f} s; peak {sum(peak.values()) / 2**20:.2f} GiB at {at:.0f} s:", file=sys.stderr)
for process, size in sorted(peak.items(), key=lambda item: -item[1])[:8]:
    print(f"{size / 2**20:8.2f} GiB  {process[:120]}", file=sys.stderr)
left = sample()
print(f"{len(left)} processes left" + "".join(f"\n    {process[:120]}" for process in left), file=sys.stderr)
sys.exit(command.returncode if command.returncode >= 0 else 128 - command.returncode)
