# SPDX-License-Identifier: Apache-2.0
"""HTTP clients for load: requests are made beforehand, answers hardly looked at, each group of clients a process of its own."""
import collections
import hashlib
import multiprocessing
import select
import socket
import time

CONTEXT = multiprocessing.get_context("fork")


def body_request(path, picture, media_type="image/jpeg"):
    """A picture as a request's body."""
    head = (f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {media_type}\r\nContent-Length: {len(picture)}\r\n\r\n")
    return head.encode() + picture


def form_request(path, picture):
    """A picture in a form, as pages and curl -F send it."""
    body = (b'--b42\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
            + picture + b"\r\n--b42--\r\n")
    return body_request(path, body, "multipart/form-data; boundary=b42")


class Connection:
    """One connection that is kept; an answer needs a Content-Length."""

    def __init__(self, port):
        self.port = port
        self.socket = None

    def ask(self, request):
        """Sends a request; returns milliseconds, status and body. Raises OSError when the connection breaks."""
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=300)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        start = time.perf_counter_ns()
        try:
            self.socket.sendall(request)
            head = b""
            while b"\r\n\r\n" not in head:
                head += self.receive()
            head, body = head.split(b"\r\n\r\n", 1)
            lines = head.split(b"\r\n")
            headers = {k.lower(): v.strip() for k, _, v in (line.partition(b":") for line in lines[1:])}
            parts, left = [body], int(headers[b"content-length"]) - len(body)
            while left > 0:
                parts.append(self.receive())
                left -= len(parts[-1])
        except (OSError, KeyError):
            self.close()
            raise
        milliseconds = (time.perf_counter_ns() - start) / 1e6
        if headers.get(b"connection", b"").lower() == b"close":
            self.close()
        return milliseconds, int(lines[0].split()[1]), b"".join(parts)

    def receive(self):
        part = self.socket.recv(1 << 20)
        if not part:
            raise OSError("the server closed the connection")
        return part

    def close(self):
        if self.socket is not None:
            self.socket.close()
        self.socket = None


def digest(body):
    return hashlib.blake2b(body, digest_size=16).digest()


class Outcome:
    """What became of some requests."""

    def __init__(self):
        self.times, self.statuses, self.dropped, self.wrong = [], collections.Counter(), 0, 0

    def add(self, other):
        self.times += other.times
        self.statuses += other.statuses
        self.dropped += other.dropped
        self.wrong += other.wrong

    @property
    def server_errors(self):
        return sum(count for status, count in self.statuses.items() if status >= 500)

    def percentile(self, share):
        times = sorted(self.times)
        return times[min(len(times) - 1, int(len(times) * share))] if times else float("nan")


def _ask_until(connection, requests, turn, outcome):
    request, expected = requests[turn % len(requests)]
    try:
        milliseconds, status, body = connection.ask(request)
    except OSError:
        outcome.dropped += 1
        return
    outcome.statuses[status] += 1
    if status == 200:
        outcome.times.append(milliseconds)
        outcome.wrong += expected is not None and digest(body) != expected
    elif status in (429, 503):
        time.sleep(0.2)


def _client(pipe, port, requests, first, count, stop, ready):
    outcome, connection, turn = Outcome(), Connection(port), first
    ready.wait()
    while not stop.is_set() and turn - first < count:
        _ask_until(connection, requests, turn, outcome)
        turn += 1
    pipe.send(outcome)


class Clients:
    """Clients, each a process, that ask the same requests in turns, each beginning with another.

    requests: pairs of bytes and the digest of the right body, or None where it is not looked at.
    """

    def __init__(self, port, requests, clients, count=float("inf")):
        self.stop, self.ready = CONTEXT.Event(), CONTEXT.Event()
        self.processes, self.pipes = [], []
        for index in range(clients):
            ours, theirs = CONTEXT.Pipe(duplex=False)
            process = CONTEXT.Process(target=_client, args=(theirs, port, requests, index, count, self.stop, self.ready))
            process.start()
            self.processes.append(process)
            self.pipes.append(ours)
        self.start = time.perf_counter()
        self.ready.set()

    def finish(self, seconds=None):
        """Waits for so long, or until all have asked their count, and returns what became of it."""
        if seconds is not None:
            # A client that is done early leaves its outcome in the pipe.
            deadline = time.perf_counter() + seconds
            while (left := deadline - time.perf_counter()) > 0:
                time.sleep(min(left, 0.5))
            self.stop.set()
        outcome = Outcome()
        waiting = list(self.pipes)
        while waiting:
            for pipe in select.select(waiting, [], [])[0]:
                outcome.add(pipe.recv())
                waiting.remove(pipe)
        self.seconds = time.perf_counter() - self.start
        for process in self.processes:
            process.join()
        return outcome
