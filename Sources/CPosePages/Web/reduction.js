// SPDX-License-Identifier: Apache-2.0
// Asks the server about a picture. A large one is sent smaller: the networks look at 224 and 256 pixels, so that what is lost
// on the way is only time. The answer is about the picture as it was chosen.

import { uprightBitmap } from "./annotated.js";
import { orientationIn } from "./orientation.js";
import { estimate, Problem } from "./server.js";

// The longest side as it is sent; a picture that is hardly longer is left as it is.
const sentSide = 1920;
const leastGain = 1.25;
const quality = 0.92;
// Side of the landmark network's input. Whoever has fewer pixels is looked at in the whole picture.
const cropPixels = 256;

/// Asks about a picture as `estimate` does; `isWhole` sends it as it is, if it has `most` bytes at most.
export async function ask(picture, parameters, { isWhole, most = Infinity, ...options }) {
  const isTooLong = picture.bytes.size > most;
  const sent = isWhole || picture.hasSmallPeople || needsAll(parameters) ? null : await reduced(picture);
  options.signal?.throwIfAborted();
  if (sent) {
    const answer = await estimate({ bytes: sent.bytes, name: picture.name }, parameters, options);
    picture.hasSmallPeople = !isTooLong && hasSmallPeople(answer.document);
    if (!picture.hasSmallPeople) return ofWhole(answer, sent);
  } else if (isTooLong) throw new Problem("bytes");
  return estimate(picture, parameters, options);
}

const hasSmallPeople = ({ people, image }) => people.some(({ roi }) => roi.size[0] * image.width < cropPixels);

/// Whether parameters ask for people or edges so small that each pixel counts.
const needsAll = ({ search, mask, roi }) => search === "thorough" || mask === "true" || roi !== undefined;

/// The picture as it is sent, with size and orientation of the whole one; null where it is not large, or cannot be read here.
/// Made once and kept.
function reduced(picture) {
  picture.reduced ??= reduce(picture).catch(() => null);
  return picture.reduced;
}

async function reduce({ bytes, view, thumb }) {
  const longest = thumb ? Math.max(thumb.width, thumb.height) : 0;
  if (bytes !== view || longest < sentSide * leastGain) return null;
  const orientation = orientationIn(new Uint8Array(await bytes.arrayBuffer()));
  // The server does not look at colour profiles, so that the values stay as they are stored.
  const whole = await uprightBitmap(bytes, orientation, { colorSpaceConversion: "none" });
  const { width, height } = whole;
  const scale = sentSide / Math.max(width, height);
  const canvas = new OffscreenCanvas(...[width, height].map((length) => Math.max(1, Math.round(length * scale))));
  const hasOpacity = bytes.type !== "image/jpeg";
  const context = canvas.getContext("2d", { alpha: hasOpacity });
  context.imageSmoothingQuality = "high";
  context.drawImage(whole, 0, 0, canvas.width, canvas.height);
  whole.close();
  // A canvas mixes transparency into the colours, and the server looks at the colours alone.
  if (hasOpacity && !isOpaque(context, canvas)) return null;
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
  canvas.width = 0;
  return { bytes: blob, image: { width, height, orientation } };
}

function isOpaque(context, { width, height }) {
  const { data } = context.getImageData(0, 0, width, height);
  for (let index = 3; index < data.length; index += 4) if (data[index] !== 255) return false;
  return true;
}

/// An answer about the picture as it was sent, as one about the whole: places are fractions of its sides, so that only its size
/// differs.
function ofWhole({ text, document }, { image }) {
  const member = `"image":${JSON.stringify(image)}`;
  // No text within JSON has its quotes bare, so that the first is the member.
  return { text: text.replace(/"image":\{[^}]*\}/, () => member), document: { ...document, image } };
}
