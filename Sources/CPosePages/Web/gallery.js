// SPDX-License-Identifier: Apache-2.0
// The pictures of the page, and the work on them: each file is read once, a few at a time are sent, the one on the screen
// first.

import { readPicture, thumbnailOf } from "./intake.js";
import { ask } from "./reduction.js";
import { pictureAsSeen, Problem } from "./server.js";

const mostInFlight = 2;

/// A picture: `state` is "reading", "waiting", "working", "done", "nobody" or "failed". `bytes` are sent, `view` is shown: the same,
/// or what the server makes of a file that the browser cannot show.
class Picture {
  constructor(id, file, found) {
    Object.assign(this, {
      id, file, found, name: file.name, state: "reading", bytes: null, view: null, thumb: null, answer: null, problem: null,
      parameters: null, wish: {}, sent: 0, pause: 0, request: null, reduced: null,
      hasSmallPeople: false,
    });
  }

  get people() {
    return this.answer ? this.found(this.answer.document) : [];
  }

  /// Size and orientation of an answer's image, for what is shown: the server's view is upright already.
  get imageInView() {
    const image = this.answer?.document.image;
    return image && this.view !== this.bytes ? { ...image, orientation: 1 } : image;
  }

  get isPending() {
    return ["reading", "waiting", "working"].includes(this.state);
  }
}

export class Gallery {
  /// `parameters()` is what is asked of the server for each picture, at `path`; `found(document)` lists what an answer is about;
  /// `info` is a promise of what the server says of itself; `isWhole()` tells whether large pictures are sent as they are. Calls
  /// `onChange(picture)` when a picture's state or progress changed.
  constructor({
    path = "/v1/pose", found = ({ people }) => people, parameters, info, isWhole = () => true, onChange,
  }) {
    Object.assign(this, { path, found, parameters, info, isWhole, onChange });
    this.pictures = [];
    this.current = null;
    this.count = 0;
  }

  /// Adds files and shows the first of them; each becomes a picture, whatever it holds.
  async add(files) {
    const added = files.map((file) => new Picture(this.count++, file, this.found));
    if (added.length === 0) return;
    this.pictures.push(...added);
    this.select(added[0]);
    for (const picture of added) {
      if (picture.state === "reading") await this.#read(picture);
    }
  }

  select(picture) {
    this.current = picture;
    this.onChange(picture);
  }

  /// Asks anew for one picture; `wish` is what is asked beside the parameters of all.
  retry(picture, wish = picture.wish) {
    this.#stop(picture);
    picture.wish = wish;
    if (picture.bytes) this.#enter(picture, "waiting");
    else {
      this.#enter(picture, "reading");
      this.#read(picture);
    }
    this.#advance();
  }

  /// Asks anew for every picture that the server has seen or will see.
  retryAll() {
    for (const picture of this.pictures) {
      if (!picture.bytes) continue;
      this.#stop(picture);
      picture.wish = {};
      this.#enter(picture, "waiting");
    }
    this.#advance();
  }

  /// Gives up what is not done yet.
  cancel() {
    for (const picture of this.pictures) {
      if (!picture.isPending) continue;
      this.#stop(picture);
      this.#fail(picture, new Problem("stopped"));
    }
  }

  /// Forgets every picture.
  clear() {
    for (const picture of this.pictures) {
      this.#stop(picture);
      if (picture.thumb) URL.revokeObjectURL(picture.thumb.url);
      picture.state = "gone";
    }
    this.pictures = [];
    this.current = null;
  }

  get counts() {
    const counts = { all: this.pictures.length, pending: 0, done: 0, nobody: 0, failed: 0 };
    for (const { isPending, state } of this.pictures) counts[isPending ? "pending" : state] += 1;
    return counts;
  }

  async #read(picture) {
    const request = new AbortController();
    picture.request = request;
    try {
      const { bytes, name, isUnseen } = await readPicture(picture.file, (await this.info)?.pictures ?? []);
      const view = isUnseen && picture.request === request ? await this.#viewOf({ bytes, name }, request) : bytes;
      if (picture.request !== request) return;
      const thumb = await thumbnailOf(view);
      if (picture.request !== request) {
        if (thumb) URL.revokeObjectURL(thumb.url);
        return;
      }
      Object.assign(picture, { bytes, view, name, thumb });
    } catch (error) {
      if (picture.request === request) this.#fail(picture, error);
      return;
    }
    this.#enter(picture, "waiting");
    this.#advance();
  }

  async #viewOf(file, { signal }) {
    if (file.bytes.size > await this.#mostBytes()) throw new Problem("bytes");
    return pictureAsSeen(file, signal);
  }

  async #mostBytes() {
    return (await this.info)?.limits.upload_bytes ?? Infinity;
  }

  #advance() {
    const inFlight = () => this.pictures.filter(({ state }) => state === "working").length;
    while (inFlight() < mostInFlight) {
      const isWaiting = ({ state }) => state === "waiting";
      const next = this.current && isWaiting(this.current) ? this.current : this.pictures.find(isWaiting);
      if (!next) return;
      this.#ask(next);
    }
  }

  async #ask(picture) {
    const request = new AbortController();
    Object.assign(picture, { request, sent: 0, pause: 0, problem: null });
    picture.parameters = { ...this.parameters(), ...picture.wish };
    this.#enter(picture, "working");
    try {
      const answer = await this.ask(picture, picture.parameters, {
        signal: request.signal,
        onProgress: (part) => {
          Object.assign(picture, { sent: part, pause: 0 });
          this.onChange(picture);
        },
        onPause: (seconds) => {
          picture.pause = seconds;
          this.onChange(picture);
        },
      });
      if (picture.request !== request) return;
      picture.request = null;
      picture.answer = answer;
      this.#enter(picture, picture.people.length > 0 ? "done" : "nobody");
    } catch (error) {
      if (picture.request !== request) return;
      picture.request = null;
      this.#fail(picture, error);
    }
    this.#advance();
  }

  /// Asks the server about a picture, for whoever wants to know more of it.
  async ask(picture, parameters, options) {
    const most = await this.#mostBytes();
    return ask(picture, parameters, { path: this.path, isWhole: this.isWhole(), most, ...options });
  }

  #stop(picture) {
    const { request } = picture;
    picture.request = null;
    request?.abort();
  }

  #fail(picture, error) {
    picture.problem = error instanceof Problem ? error : new Problem("internal", String(error));
    picture.answer = null;
    this.#enter(picture, "failed");
  }

  #enter(picture, state) {
    picture.state = state;
    this.onChange(picture);
  }
}
