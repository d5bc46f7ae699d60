// SPDX-License-Identifier: Apache-2.0
// What each person did: the repetitions that the server told of, and angles over time.

// 20 minutes at 30 frames a second; then every other moment goes.
const mostSamples = 36_000;

export class ExerciseRecord {
  constructor() {
    this.people = new Map();
  }

  reset() {
    this.people.clear();
  }

  /// Takes an answer; `measure` is the angle that is drawn over time: "knee".
  add({ time, people }, measure) {
    for (const person of people) {
      if (!person.exercise) continue;
      const record = this.#of(person.id);
      record.state = person.exercise;
      for (const event of person.exercise.events) record.repetitions.push({ ...event, isWhole: event.kind === "repetition" });
      record.samples.push({ time, left: angleOf(person, `left_${measure}`), right: angleOf(person, `right_${measure}`) });
      if (record.samples.length > mostSamples) record.samples = record.samples.filter((_, index) => index % 2 === 0);
    }
  }

  of(id) {
    return this.people.get(id) ?? null;
  }

  #of(id) {
    if (!this.people.has(id)) this.people.set(id, { state: null, repetitions: [], samples: [] });
    return this.people.get(id);
  }
}

/// An angle of a person by its name; null where it could not be measured.
function angleOf(person, name) {
  const joint = person.angles?.joints.find((one) => one.name === name);
  return joint?.source ? joint[joint.source].degrees : null;
}

/// The mean score of the whole repetitions; null without any.
export function meanScore(repetitions) {
  const scores = repetitions.filter(({ isWhole }) => isWhole).map(({ score }) => score);
  return scores.length > 0 ? scores.reduce((sum, score) => sum + score, 0) / scores.length : null;
}
