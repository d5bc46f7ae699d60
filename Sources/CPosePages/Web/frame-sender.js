// SPDX-License-Identifier: Apache-2.0
// Takes frames of the video and sends them, so many that each is fresh: the next one when an answer has come, or so late
// that it is encoded by then.

// Over a slow network a second frame goes out while the first is on its way.
const networkMilliseconds = 25;
// How much the newest measurement counts.
const weight = 0.1;

export class FrameSender {
  /// Sends frames of `video` through `socket`, shrunk to `longestSide`; calls `onFailure(reason)` when one cannot be made.
  constructor(video, socket, longestSide, onFailure) {
    Object.assign(this, { video, socket, longestSide, onFailure });
    this.worker = new Worker("/jpeg-encoder.js");
    this.worker.onmessage = ({ data }) => this.#encoded(data);
    this.worker.onerror = ({ message }) => onFailure(message ?? "");
    this.pending = null;
    this.encoding = null;
    // Milliseconds, smoothed: from a frame to its JPEG, to its answer, and what of that is not the server's computing.
    this.encodingTime = 0;
    this.latency = 0;
    this.travel = 0;
    this.sentAt = 0;
  }

  /// Takes note that the video shows a new frame, whose time is in seconds.
  offer(time) {
    this.pending = time;
    this.advance();
  }

  /// Sends the frame on the screen if there is a new one and the server is waiting for it.
  advance() {
    if (this.pending === null || this.encoding || !this.video.videoWidth) return;
    if (!this.socket.wake() || this.socket.waitingCount >= (this.#mayOverlap ? 2 : 1)) return;
    this.encoding = { time: this.pending, begunAt: performance.now() };
    this.pending = null;
    this.#capture(this.encoding);
  }

  /// Learns from an answer how far the server is away.
  note(latency, computing = latency) {
    this.latency += weight * (latency - this.latency);
    this.travel += weight * (latency - computing - this.travel);
  }

  /// Forgets the frame that is about to be sent.
  forget() {
    this.pending = null;
    if (this.encoding) this.encoding.isStale = true;
  }

  get #mayOverlap() {
    const isDue = performance.now() - this.sentAt + this.encodingTime >= this.latency;
    return isDue || this.travel > networkMilliseconds;
  }

  async #capture(frame) {
    const { videoWidth, videoHeight } = this.video;
    const scale = Math.min(1, this.longestSide / Math.max(videoWidth, videoHeight));
    try {
      const picture = await createImageBitmap(this.video);
      this.worker.postMessage({
        picture,
        width: Math.max(1, Math.round(videoWidth * scale)),
        height: Math.max(1, Math.round(videoHeight * scale)),
        microseconds: Math.max(0, Math.round(frame.time * 1e6)),
      }, [picture]);
    } catch {
      // The video ended, or has no frame yet; the next one is offered when it is there.
      this.encoding = null;
    }
  }

  #encoded({ bytes, picture, failure }) {
    const { time, begunAt, isStale } = this.encoding;
    const now = performance.now();
    this.encoding = null;
    this.encodingTime += weight * (now - begunAt - this.encodingTime);
    if (bytes && !isStale) {
      this.sentAt = now;
      this.socket.send(bytes, { time, picture });
    } else picture.close();
    if (failure) this.onFailure(failure);
    else this.advance();
  }
}
