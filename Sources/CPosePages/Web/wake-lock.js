// SPDX-License-Identifier: Apache-2.0
// Keeps the screen on: who moves in front of a camera does not touch it.

let isWanted = false;
let lock = null;

/// Keeps the screen on from now on, or no longer.
export async function keepAwake(wanted) {
  isWanted = wanted;
  if (!wanted) {
    lock?.release();
    lock = null;
  } else if (!lock || lock.released) {
    // Refused while the battery is low, and where browsers do not have it.
    lock = await navigator.wakeLock?.request("screen").catch(() => null) ?? null;
    if (!isWanted) keepAwake(false);
  }
}

// The system takes the lock back when the page is out of sight.
document.addEventListener("visibilitychange", () => {
  if (isWanted && document.visibilityState === "visible") keepAwake(true);
});
