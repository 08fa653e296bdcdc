#!/usr/bin/env python3
"""broker-config/hall.nft in a network of its own: the fifth connection of one address is refused,
another address still gets in, and the first again once it has closed what it had.

usage: hall_limits.py HALL_NFT     exits 77 where the system gives no network of one's own
"""
import os
import shutil
import socket
import subprocess
import sys
import time

PORT = 8883
SKIPPED = 77


def connect(address):
    """A connection from `address`, or None when it is refused."""
    one = socket.socket()
    one.settimeout(5)
    one.bind((address, 0))
    try:
        one.connect(("127.0.0.1", PORT))
    except ConnectionRefusedError:
        one.close()
        return None
    return one


def check(rules):
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for _ in range(2):  # loading it again replaces it
        subprocess.run(["nft", "-f", rules], check=True)
    listener = socket.create_server(("127.0.0.1", PORT), backlog=64)
    opened = [connect("127.0.0.1") for _ in range(12)]
    count = sum(one is not None for one in opened)
    assert count == 4, f"{count} of 12 connections got in"
    other = connect("127.0.0.9")
    assert other, "another address is refused"
    for one in opened:
        if one:
            one.close()
            listener.accept()[0].close()
    deadline = time.monotonic() + 30  # the kernel forgets closed connections by its own clock
    again = connect("127.0.0.1")
    while not again and time.monotonic() < deadline:
        time.sleep(0.2)
        again = connect("127.0.0.1")
    assert again, "the address stays locked out"
    return 0


def main():
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    if sys.argv[1] == "--inside":
        return check(sys.argv[2])
    missing = [name for name in ("unshare", "ip", "nft") if not shutil.which(name)]
    if missing:
        print(f"skipped: there is no {missing[0]}")
        return SKIPPED
    if subprocess.run(["unshare", "-n", "ip", "link", "set", "lo", "up"], check=False,
                      capture_output=True).returncode != 0:
        print("skipped: the system gives no network of one's own")
        return SKIPPED
    return subprocess.run(["unshare", "-n", sys.executable, sys.argv[0], "--inside",
                           sys.argv[1]], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
