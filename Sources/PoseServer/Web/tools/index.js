// SPDX-License-Identifier: Apache-2.0
// The tools of the photo page, in the order of their row. Each is
// `{ id, title(strings), icon, available(context), mount(host, context) → { update(context), dispose() } }`, where context is
// `{ answer: { text, document }, file: { name, bytes, type }, bitmap, person, settings: { parameters }, strings, language, info,
// request(parameters, signal), announce(text), save(blob, name) }`.

export const tools = [];
