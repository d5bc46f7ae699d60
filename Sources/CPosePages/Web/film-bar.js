// SPDX-License-Identifier: Apache-2.0
// The controls of a film: play, place, time, repeat.

export class FilmBar {
  /// Controls `video` by the elements given; calls `onRepeat()` when the visitor wants it repeated, or no longer.
  constructor(video, { bar, play, seek, time, repeat }, onRepeat) {
    Object.assign(this, { video, bar, play, seek, time, repeat });
    play.addEventListener("click", () => {
      // A browser that does not let it start leaves it paused.
      if (video.paused) video.play().catch(() => {});
      else video.pause();
    });
    seek.addEventListener("input", () => {
      video.currentTime = Number(seek.value);
    });
    repeat.addEventListener("change", () => {
      video.loop = repeat.checked;
      onRepeat();
    });
  }

  get repeats() {
    return this.repeat.checked;
  }

  set repeats(value) {
    this.repeat.checked = value;
    this.video.loop = value;
  }

  render(isShown, text) {
    this.bar.hidden = !isShown;
    if (!isShown) return;
    const { currentTime, duration, paused } = this.video;
    this.seek.max = Number.isFinite(duration) ? duration : 0;
    if (!this.seek.matches(":active")) this.seek.value = currentTime;
    const times = [clock(currentTime), clock(duration)];
    this.time.textContent = times.join(" / ");
    this.seek.setAttribute("aria-valuetext", text.timeOf(...times));
    this.play.setAttribute("aria-label", paused ? text.play : text.pause);
    this.play.dataset.state = paused ? "paused" : "playing";
  }
}

function clock(seconds) {
  if (!Number.isFinite(seconds)) return "–";
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
