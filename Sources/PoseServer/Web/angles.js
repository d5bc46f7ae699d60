// SPDX-License-Identifier: Apache-2.0
// The angle at a joint, between the two bones that meet there, in the picture.

// A joint, and the two landmarks beside it: BlazePose's numbers.
const neighbours = {
  11: [13, 23], 12: [14, 24], // shoulders: elbow, hip
  13: [11, 15], 14: [12, 16], // elbows: shoulder, wrist
  23: [11, 25], 24: [12, 26], // hips: shoulder, knee
  25: [23, 27], 26: [24, 28], // knees: hip, ankle
  27: [25, 31], 28: [26, 32], // ankles: knee, toes
};

/// The interior angle in degrees, 0 to 180, at landmark `index` of a person in a picture of width × height; null where there
/// is none.
export function angleAt(person, index, { width, height }) {
  const pair = neighbours[index];
  if (!pair) return null;
  const [joint, one, other] = [index, ...pair].map((number) => {
    const landmark = person.landmarks[number];
    return { x: landmark.x * width, y: landmark.y * height };
  });
  const first = Math.atan2(one.y - joint.y, one.x - joint.x);
  const second = Math.atan2(other.y - joint.y, other.x - joint.x);
  const turn = Math.abs(first - second) * (180 / Math.PI);
  const angle = turn > 180 ? 360 - turn : turn;
  return Number.isFinite(angle) ? angle : null;
}
