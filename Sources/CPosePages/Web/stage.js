// SPDX-License-Identifier: Apache-2.0
// The video and what lies over it: the frame that the newest landmarks belong to, and the stick figures.

import { Overlay } from "./overlay.js";

// While answers come so often and so soon, each frame is shown together with its landmarks; else the video runs on and
// the figures follow it.
const matchedFrom = { rate: 2, latency: 700 };
const usualAspect = 4 / 3;

export class Stage {
  constructor({ stage, frame, video, picture, overlay }) {
    Object.assign(this, { stage, frame, video, picture });
    this.context = picture.getContext("2d", { alpha: false });
    this.overlay = new Overlay(overlay);
    this.isMatched = true;
    video.addEventListener("resize", () => this.fit());
    video.addEventListener("loadedmetadata", () => this.fit());
    new ResizeObserver(() => this.fit()).observe(stage);
    this.fit();
  }

  /// Fits the video to the stage and the window.
  fit() {
    const { videoWidth, videoHeight } = this.video;
    const aspect = videoWidth > 0 ? videoWidth / videoHeight : usualAspect;
    const tallest = Math.max(260, window.innerHeight * 0.74);
    const width = Math.min(this.stage.clientWidth, tallest * aspect);
    this.frame.style.width = `${width}px`;
    this.frame.style.height = `${width / aspect}px`;
  }

  setLook(look) {
    this.frame.classList.toggle("mirrored", look.isMirrored);
    this.overlay.setLook(look);
  }

  /// Shows people, and the frame that they were found in.
  show(people, picture) {
    this.picture.hidden = !this.isMatched || !picture;
    if (!this.picture.hidden) {
      const { width, height } = picture;
      if (this.picture.width !== width || this.picture.height !== height) Object.assign(this.picture, { width, height });
      this.context.drawImage(picture, 0, 0);
    }
    this.overlay.show(people);
  }

  /// Shows the video alone.
  clear() {
    this.picture.hidden = true;
    this.overlay.show([]);
  }

  /// Takes note of how fast answers come.
  pace({ rate, median }) {
    this.isMatched = rate >= matchedFrom.rate && median <= matchedFrom.latency;
  }
}
