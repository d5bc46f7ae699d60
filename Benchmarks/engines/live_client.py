# SPDX-License-Identifier: Apache-2.0
"""A WebSocket client of /v1/live without a library, so that its own time hardly counts."""
import base64
import os
import socket
import struct
import time


class LiveClient:
    """One connection; the next frame goes out when the answer to the one before is in."""

    def __init__(self, port, query):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET /v1/live?{query} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        self.buffer = b""
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self.socket.recv(65536)
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise SystemExit(f"live: {head.decode(errors='replace')}")

    def take(self, count):
        while len(self.buffer) < count:
            part = self.socket.recv(1 << 20)
            if not part:
                raise SystemExit("live: the server closed the connection")
            self.buffer += part
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def receive(self):
        """The next text message; pings are answered."""
        while True:
            first, length = self.take(2)
            if length == 126:
                length, = struct.unpack("!H", self.take(2))
            elif length == 127:
                length, = struct.unpack("!Q", self.take(8))
            payload = self.take(length)
            if first & 15 == 9:
                self.socket.sendall(struct.pack("!BBI", 0x8A, 0x80 | length, 0) + payload)
            elif first & 15 == 1:
                return payload

    def ask(self, picture, microseconds):
        """Sends a frame and waits for its answer; returns milliseconds and the document."""
        body = struct.pack("<Q", microseconds) + picture
        # A mask of zeros leaves the payload as it is.
        if len(body) < 65536:
            head = struct.pack("!BBHI", 0x82, 0x80 | 126, len(body), 0)
        else:
            head = struct.pack("!BBQI", 0x82, 0x80 | 127, len(body), 0)
        start = time.perf_counter_ns()
        self.socket.sendall(head + body)
        answer = self.receive()
        return (time.perf_counter_ns() - start) / 1e6, answer

    @staticmethod
    def people(answer):
        # Read as text: a parser would take its time from the server's cores.
        if answer.startswith(b'{"error"'):
            raise SystemExit(f"live: {answer.decode()}")
        return answer.count(b'"world_landmarks"')
