// SPDX-License-Identifier: Apache-2.0
// What the page shows: a camera or a film, in one <video>, and word of each new frame.

import { openCamera, cameraOf, SourceProblem } from "./camera.js";

export class VideoSource {
  /// Calls `onFrame(seconds)` for each frame, `onJump()` when what follows is not what comes next, `onLost(key,
  /// name)` when the picture is gone, `onChange()` when the film plays, stops or moves on.
  constructor(video, { onFrame, onJump, onLost, onChange }) {
    Object.assign(this, { video, onFrame, onJump, onLost, onChange });
    this.kind = null;
    this.name = "";
    this.camera = { deviceId: "", facesAway: false };
    for (const type of ["play", "pause", "timeupdate", "durationchange", "ended"]) {
      video.addEventListener(type, () => onChange());
    }
    video.addEventListener("seeking", () => {
      if (this.kind === "film") onJump();
    });
    // While it seeks, frames may still be those from before; a paused film shows no other one afterwards.
    video.addEventListener("seeked", () => {
      if (this.kind === "film") onFrame(video.currentTime);
    });
    // A film may turn out to be damaged in the middle.
    video.addEventListener("error", () => {
      if (this.kind === "film" && this.isReady) onLost("film", this.name);
    });
    this.#watch();
  }

  /// Shows a camera.
  async showCamera(wish) {
    const turn = this.#begin();
    const stream = await openCamera(wish);
    if (turn !== this.turn) {
      stop(stream);
      return;
    }
    this.stream = stream;
    this.kind = "camera";
    this.camera = cameraOf(stream);
    this.startedAt = performance.now();
    for (const track of stream.getVideoTracks()) {
      track.addEventListener("ended", () => {
        if (this.stream === stream) this.onLost("cameraLost");
      });
    }
    this.video.srcObject = stream;
    await this.#play();
  }

  /// Shows a film from its beginning.
  async showFilm(file) {
    const turn = this.#begin();
    this.kind = "film";
    this.name = file.name;
    this.url = URL.createObjectURL(file);
    const ready = new Promise((resolve, reject) => {
      this.video.addEventListener("loadeddata", resolve, { once: true });
      this.video.addEventListener("error", () => reject(new SourceProblem("film")), { once: true });
    });
    this.video.src = this.url;
    await ready;
    if (turn !== this.turn) return;
    this.isReady = true;
    // A sound file plays, too.
    if (!this.video.videoWidth) throw new SourceProblem("film");
    await this.#play();
  }

  /// Shows nothing any more, and lets go of the camera.
  close() {
    this.#begin();
  }

  #begin() {
    this.turn = (this.turn ?? 0) + 1;
    if (this.stream) stop(this.stream);
    if (this.url) URL.revokeObjectURL(this.url);
    Object.assign(this, { kind: null, isReady: false, stream: null, url: null, name: "" });
    this.video.srcObject = null;
    this.video.removeAttribute("src");
    this.video.load();
    return this.turn;
  }

  async #play() {
    // A browser that does not let it start leaves the button.
    await this.video.play().catch(() => {});
  }

  #watch() {
    const { video } = this;
    if (video.requestVideoFrameCallback) {
      const next = (now, metadata) => {
        video.requestVideoFrameCallback(next);
        this.#report(metadata.captureTime ?? now, metadata.mediaTime);
      };
      video.requestVideoFrameCallback(next);
      return;
    }
    let last = -1;
    const look = (now) => {
      requestAnimationFrame(look);
      if (video.currentTime === last || video.readyState < 2) return;
      last = video.currentTime;
      this.#report(now, last);
    };
    requestAnimationFrame(look);
  }

  // A camera's time runs on when the connection is made anew, so that recordings do.
  #report(now, mediaTime) {
    if (this.kind === "camera") this.onFrame(Math.max(0, (now - this.startedAt) / 1000));
    else if (this.kind === "film" && !this.video.seeking) this.onFrame(mediaTime);
  }
}

function stop(stream) {
  for (const track of stream.getTracks()) track.stop();
}
