// SPDX-License-Identifier: Apache-2.0
// The tools of the photo page, in the order of their row. Each is
// `{ id, title(strings), icon, available(context), mount(host, context) → { update(context), dispose() } }`, where context is
// `{ answer: { text, document }, file: { name, bytes, type }, bitmap, person, settings: { parameters, style }, strings, language, info,
// request(parameters, signal), announce(text), save(blob, name) }`.

import { tool as compare } from "./compare.js";
import { tool as copy } from "./copy.js";
import { tool as figure } from "./figure.js";
import { tool as angles } from "./joint-angles.js";
import { tool as mask } from "./mask.js";
import { tool as scale } from "./scale.js";

const sheet = document.createElement("link");
Object.assign(sheet, { rel: "stylesheet", href: new URL("tools.css", import.meta.url).href });
document.head.append(sheet);

export const tools = [copy, angles, figure, mask, scale, compare];
