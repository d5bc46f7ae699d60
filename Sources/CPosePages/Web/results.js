// SPDX-License-Identifier: Apache-2.0
// The results of all pictures together: one table, or one archive.

import { annotatedPicture, uprightBitmap } from "./annotated.js";
import { rowsOf, tableHead } from "./csv.js";
import { stemOf } from "./files.js";
import { ZipArchive } from "./zip.js";

/// One row for each person of each picture.
export function tableOf(pictures) {
  const answers = pictures.filter(({ answer }) => answer).map(({ answer }) => rowsOf(answer.document));
  return new Blob([tableHead, ...answers], { type: "text/csv" });
}

/// A zip with the table, the numbers and the annotated picture of each, and a list of what got no result and why.
export async function archiveOf(pictures, look, text, onProgress) {
  const archive = new ZipArchive();
  const answered = pictures.filter(({ answer }) => answer);
  await archive.add("poses.csv", tableOf(pictures));
  for (const [index, picture] of answered.entries()) {
    onProgress(index + 1, answered.length);
    const stem = stemOf(picture.name) || "picture";
    const { document, text: json } = picture.answer;
    await archive.add(`${stem}-pose.json`, new Blob([json]));
    if (document.people.length === 0) continue;
    const bitmap = await uprightBitmap(picture.view, picture.imageInView.orientation).catch(() => null);
    const blob = await annotatedPicture(document, bitmap, look);
    bitmap?.close();
    if (blob) await archive.add(`${stem}-pose.${blob.type === "image/png" ? "png" : "jpg"}`, blob);
  }
  const missing = pictures.filter(({ answer }) => !answer);
  if (missing.length > 0) {
    const lines = missing.map(({ name, problem }) => `${name}: ${problem ? text.problems[problem.key].join(". ") : ""}\n`);
    await archive.add("not-read.txt", new Blob(lines));
  }
  return archive.finish();
}
