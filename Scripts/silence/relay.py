# SPDX-License-Identifier: Apache-2.0
"""Runs a server where there is no network but the loopback interface, and lets clients in by a socket in the file system.

    unshare --user --map-root-user --net python3 relay.py SOCKET PROGRAM [ARGUMENT…]

Says "ready" when SOCKET takes connections; ends the program at the end of its own input, and with the program's status. Status 3:
there is a network after all.
"""
import errno
import fcntl
import re
import socket
import struct
import subprocess
import sys
import threading

GET_FLAGS, SET_FLAGS, UP = 0x8913, 0x8914, 1


def flags(control, name, new=None):
    request = struct.pack("16sH14x", name.encode(), new or 0)
    answer = fcntl.ioctl(control, GET_FLAGS if new is None else SET_FLAGS, request)
    return struct.unpack("16sH14x", answer)[1]


def isolate():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        flags(control, "lo", flags(control, "lo") | UP)
        up = [name for _, name in socket.if_nameindex() if flags(control, name) & UP]
    # 192.0.2.1 is kept for documentation: nobody has it.
    with socket.socket() as outside:
        outside.settimeout(5)
        unreachable = outside.connect_ex(("192.0.2.1", 9)) == errno.ENETUNREACH
    if up != ["lo"] or not unreachable:
        sys.exit(3)


def copy(source, target):
    try:
        while part := source.recv(1 << 16):
            target.sendall(part)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def relay(inside, port):
    try:
        outside = socket.create_connection(("127.0.0.1", port))
    except OSError:
        inside.close()
        return
    threading.Thread(target=copy, args=(inside, outside), daemon=True).start()
    copy(outside, inside)


def accept(listener, port):
    while True:
        threading.Thread(target=relay, args=(listener.accept()[0], port), daemon=True).start()


def main():
    isolate()
    server = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    said = re.search(r":(\d+)", server.stdout.readline())
    if not said:
        sys.exit(server.wait() or 1)
    threading.Thread(target=server.stdout.read, daemon=True).start()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(sys.argv[1])
    listener.listen(64)
    threading.Thread(target=accept, args=(listener, int(said[1])), daemon=True).start()
    print("ready", flush=True)
    sys.stdin.read()
    server.terminate()
    sys.exit(server.wait())


main()
