// SPDX-License-Identifier: Apache-2.0
// The connection to GET /v1/live: sends frames, matches answers with them, and connects again when it is lost.

import { authorization, subprotocols } from "./token.js";

// Pauses before each further attempt to connect.
const pauses = [500, 1000, 2000, 3500, 5000];
// A frame without an answer for so long no longer keeps the next one back.
const lateMilliseconds = 1000;
// Frames without any answer for so long mean that the connection is dead, though nobody closed it.
const deadMilliseconds = 10_000;
// A connection that nobody used for so long is not opened again before it is needed.
const idleMilliseconds = 5000;

const closedByTheServerForNow = 1013;

export class LiveSocket {
  /// Calls `onState(state, before)` with "connecting", "open", "waiting" (for the next attempt), "resting" or "closed";
  /// `onAnswer(answer, text, flight)`, `flight` being what was given to `send`; `onError(code, message)`;
  /// and `onGone(flight)` for each frame that gets no answer any more.
  constructor({ onState, onAnswer, onError, onGone }) {
    Object.assign(this, { onState, onAnswer, onError, onGone });
    this.state = "closed";
    this.flights = new Map();
    addEventListener("online", () => this.#hurry());
  }

  /// Connects with these parameters, instead of any connection that is open.
  open(parameters) {
    this.parameters = parameters;
    this.attempts = 0;
    this.lastUse = performance.now();
    this.#connect();
  }

  close() {
    this.#drop();
    this.#enter("closed");
  }

  /// How many frames wait for an answer, those that are late left out.
  get waitingCount() {
    const now = performance.now();
    return [...this.flights.values()].filter((flight) => now - flight.sentAt < lateMilliseconds).length;
  }

  /// Says that there are frames to send: connects if the connection rests. Whether a frame can be sent now.
  wake() {
    this.lastUse = performance.now();
    if (this.state === "resting") this.#connect();
    if (this.state !== "open") return false;
    const oldest = this.flights.values().next().value;
    if (oldest && this.lastUse - Math.max(oldest.sentAt, this.answeredAt) > deadMilliseconds) {
      this.#lost();
      return false;
    }
    return true;
  }

  /// Sends a frame: a JPEG behind the eight bytes of its time.
  send(bytes, flight) {
    if (!this.#isWritable) {
      this.onGone(flight);
      return;
    }
    flight.sentAt = performance.now();
    this.socket.send(bytes);
    this.flights.set(this.sentCount, flight);
    this.sentCount += 1;
  }

  /// Has the server forget everybody, and takes the frames that are on their way for lost.
  reset() {
    this.#forget(Infinity);
    if (this.#isWritable) this.socket.send('{"type":"reset"}');
  }

  /// A socket that is about to close still counts as open until its event comes.
  get #isWritable() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  #connect() {
    this.#drop();
    const query = new URLSearchParams(this.parameters);
    const url = new URL(`/v1/live?${query}`, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    this.sentCount = 0;
    this.answeredAt = 0;
    this.#enter("connecting");
    const socket = new WebSocket(url, subprotocols());
    this.socket = socket;
    // A socket that was replaced says nothing any more.
    const on = (type, act) => socket.addEventListener(type, (event) => {
      if (this.socket === socket) act(event);
    });
    on("open", () => this.#enter("open"));
    on("message", (event) => this.#receive(event.data));
    on("close", (event) => this.#lost(event.code));
  }

  #receive(text) {
    const answer = JSON.parse(text);
    this.answeredAt = performance.now();
    const flight = this.flights.get(answer.frame);
    this.flights.delete(answer.frame);
    if (answer.error) {
      this.onError(answer.error.code, answer.error.message);
      if (flight) this.onGone(flight);
      return;
    }
    this.#forget(answer.frame);
    this.attempts = 0;
    this.onAnswer(answer, text, flight);
  }

  #lost(code) {
    this.#drop();
    if (performance.now() - this.lastUse > idleMilliseconds) {
      this.#enter("resting");
      return;
    }
    if (code === closedByTheServerForNow) this.attempts = Math.max(this.attempts, 1);
    const pause = pauses[Math.min(this.attempts, pauses.length - 1)];
    this.attempts += 1;
    this.timer = setTimeout(() => this.#connect(), pause);
    this.#enter("waiting");
  }

  #hurry() {
    if (this.state === "waiting") this.#connect();
  }

  #drop() {
    clearTimeout(this.timer);
    const { socket } = this;
    this.socket = null;
    socket?.close();
    this.#forget(Infinity);
  }

  /// Gives up the frames before one: the server answers in order, but for errors.
  #forget(before) {
    for (const [frame, flight] of this.flights) {
      if (frame >= before) break;
      this.flights.delete(frame);
      this.onGone(flight);
    }
  }

  #enter(state) {
    if (this.state === state) return;
    const before = this.state;
    this.state = state;
    this.onState(state, before);
  }
}

/// Why the server opens no connection: `{key, detail}`, the key "gone", "full" or "refused" with the server's words.
export async function reasonForSilence(parameters) {
  try {
    const response = await fetch(`/v1/live?${new URLSearchParams(parameters)}`, { cache: "no-store", headers: authorization() });
    const { error } = await response.json();
    if (response.status === 400) return { key: "refused", detail: error.message };
    return { key: response.status === 503 ? "full" : "lost", detail: error.message };
  } catch {
    return { key: "gone", detail: "" };
  }
}
