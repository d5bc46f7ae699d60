// SPDX-License-Identifier: Apache-2.0

import PoseHTTP

/// Reads the parts of a request that are of the client's choice: the first line of the input as a header or a percent-encoded
/// text, the rest as a form.
func readRequest(_ bytes: [UInt8]) {
    let line = bytes.prefix { $0 != 10 }
    let body = Array(bytes.dropFirst(line.count + 1))
    let header = String(decoding: line, as: UTF8.self)
    _ = PercentDecoding.decode(line)
    _ = ContentNegotiation.choose(accept: header, offers: ["application/json", "image/jpeg", "image/png"])

    // A form is the same however its bytes arrive.
    let whole = FormReading.parts(of: body, contentType: header, chunk: max(1, body.count))
    let single = FormReading.parts(of: body, contentType: header, chunk: 1)
    precondition((whole == nil) == (single == nil))
    for (one, other) in zip(whole ?? [], single ?? []) {
        precondition(one.name == other.name && one.fileName == other.fileName && one.body == other.body)
        precondition(one.body.count <= body.count)
    }
    precondition(whole?.count == single?.count)
}
