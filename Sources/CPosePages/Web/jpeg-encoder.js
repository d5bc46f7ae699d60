// SPDX-License-Identifier: Apache-2.0
// Makes JPEG files of frames. Runs in a worker: on the page's own thread browsers put it off while they are busy.

const quality = 0.8;
// The eight bytes in front of each frame: its time in microseconds.
const stampLength = 8;
let canvas = null;

onmessage = async ({ data: { picture, width, height, microseconds } }) => {
  try {
    if (canvas?.width !== width || canvas?.height !== height) canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d", { alpha: false }).drawImage(picture, 0, 0, width, height);
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
    const bytes = new Uint8Array(stampLength + blob.size);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(microseconds), true);
    bytes.set(new Uint8Array(await blob.arrayBuffer()), stampLength);
    postMessage({ bytes, picture }, [bytes.buffer, picture]);
  } catch (error) {
    postMessage({ failure: String(error), picture }, [picture]);
  }
};
