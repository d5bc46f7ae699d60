// SPDX-License-Identifier: Apache-2.0
// Cameras of this device: which there are, and their picture.

/// Why there is no picture, as a key of the page's problems.
export class SourceProblem extends Error {
  constructor(key) {
    super(key);
    this.key = key;
  }
}

const keys = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "noCamera",
  NotReadableError: "cameraBusy",
  AbortError: "cameraBusy",
};

/// Opens a camera: the one with `deviceId` while it is there, else any that faces the visitor.
export async function openCamera({ deviceId, longestSide }) {
  // Browsers hide cameras from pages that came unencrypted over a network.
  if (!window.isSecureContext) throw new SourceProblem("insecure");
  if (!navigator.mediaDevices?.getUserMedia) throw new SourceProblem("noCamera");
  const size = sizes.find(([width]) => width >= longestSide) ?? sizes.at(-1);
  const video = {
    width: { ideal: size[0] },
    height: { ideal: size[1] },
    frameRate: { ideal: 30 },
    ...(deviceId ? { deviceId: { ideal: deviceId } } : { facingMode: "user" }),
  };
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: false });
  } catch (error) {
    throw new SourceProblem(keys[error.name] ?? "noCamera");
  }
}

const sizes = [[640, 480], [1280, 720], [1920, 1080]];

/// The cameras, with names once the visitor has allowed one.
export async function cameras() {
  const devices = await navigator.mediaDevices?.enumerateDevices().catch(() => []) ?? [];
  return devices.filter((device) => device.kind === "videoinput" && device.deviceId !== "");
}

export function cameraOf(stream) {
  const settings = stream.getVideoTracks()[0]?.getSettings() ?? {};
  return { deviceId: settings.deviceId ?? "", facesAway: settings.facingMode === "environment" };
}
