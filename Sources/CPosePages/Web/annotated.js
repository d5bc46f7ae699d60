// SPDX-License-Identifier: Apache-2.0
// Pictures with their figures: as bitmaps and as files.

import { angleLabels, paintLabels } from "./figure-angles.js";
import { storedSize, uprightMatrix, withoutOrientation } from "./orientation.js";
import { colourInStyle, layOut, paint } from "./skeleton.js";

// Some phones refuse larger canvases.
const mostPixels = 16_000_000;
const badgeColours = { fill: "#12303a", edge: "#ffffff" };

/// The picture as a person sees it, turned as the server turned it; `options` are those of `createImageBitmap`.
export async function uprightBitmap(bytes, orientation, options = {}) {
  if (!(orientation > 1)) return createImageBitmap(bytes, options);
  const stored = await createImageBitmap(await withoutOrientation(bytes), options);
  const [width, height] = storedSize(orientation, stored.width, stored.height);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  context.transform(...uprightMatrix(orientation, width, height));
  context.drawImage(stored, 0, 0);
  stored.close();
  return canvas.transferToImageBitmap();
}

/// What is on the screen as a file: the picture at its own size, the figures in their look, their angles and numbers. `bitmap` may be
/// null where the browser cannot read the picture.
export async function annotatedPicture({ image, people }, bitmap, { style, showHidden }) {
  const scale = Math.min(1, Math.sqrt(mostPixels / (image.width * image.height)));
  const [width, height] = [image.width, image.height].map((length) => Math.max(1, Math.round(length * scale)));
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d", { alpha: false });
  if (style !== "skeleton-only" && bitmap) context.drawImage(bitmap, 0, 0, width, height);
  const shapes = people.map((person) => layOut(person, width, height, showHidden));
  shapes.forEach((shape, index) => paint(context, shape, style, colourInStyle(style, idOf(people[index], index))));
  if (people.length > 1) {
    shapes.forEach((shape, index) => paintBadge(context, shape, idOf(people[index], index), { width, height }));
  }
  const taken = [];
  shapes.forEach((shape, index) => paintLabels(context, angleLabels(people[index], shape, { width, height }, taken)));
  const type = style === "skeleton-only" ? "image/png" : "image/jpeg";
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, type, 0.93));
  canvas.width = 0;
  return blob;
}

/// The number by which results name a person.
export function idOf(person, index) {
  return person.id ?? index;
}

/// Where a person's number stands: above the head, within the picture; null when nothing of the person is drawn.
export function badgePlace({ joints }, { width, height }, radius) {
  if (joints.length === 0) return null;
  const top = joints.reduce((highest, joint) => (joint.y < highest.y ? joint : highest));
  const within = (value, most) => Math.min(Math.max(value, 1.2 * radius), Math.max(1.2 * radius, most - 1.2 * radius));
  return { x: within(top.x, width), y: within(top.y - 2.6 * radius, height) };
}

function paintBadge(context, shape, id, size) {
  const radius = Math.max(9, Math.hypot(size.width, size.height) / 90);
  const place = badgePlace(shape, size, radius);
  if (!place) return;
  context.beginPath();
  context.arc(place.x, place.y, radius, 0, 2 * Math.PI);
  context.fillStyle = badgeColours.fill;
  context.fill();
  context.lineWidth = radius * 0.15;
  context.strokeStyle = badgeColours.edge;
  context.stroke();
  context.fillStyle = badgeColours.edge;
  context.font = `700 ${radius * 1.2}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(id, place.x, place.y);
}
