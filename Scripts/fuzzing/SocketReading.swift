// SPDX-License-Identifier: Apache-2.0

import PoseHTTP

/// Answers a handshake whose headers are the input's lines up to an empty one, and reads the rest as frames.
func readSocket(_ bytes: [UInt8]) {
    var headers = ["upgrade": "websocket", "connection": "Upgrade", "sec-websocket-version": "13"]
    var rest = bytes[...]
    while let end = rest.firstIndex(of: 10) {
        let line = String(decoding: rest[..<end], as: UTF8.self)
        rest = rest[(end + 1)...]
        if line.isEmpty { break }
        let name = line.prefix { $0 != ":" }
        headers[name.lowercased()] = String(line.dropFirst(name.count + 1))
    }
    let reply = HTTPReply.webSocket(
        HTTPRequest(method: .get, path: "/", headers: headers),
        protocols: ["pose"],
        handler: { _ in }
    )
    precondition([101, 400, 426].contains(reply.response.status))

    // Messages are the same however their bytes arrive; single bytes would take most of the time.
    let frames = Array(rest)
    guard let whole = WebSocketReading.messages(in: frames, chunk: max(1, frames.count)),
        let parted = WebSocketReading.messages(in: frames, chunk: 11)
    else { return }
    // Codes may differ: of a close with two faults the one is told up to which was read.
    precondition(whole.messages == parted.messages)
    for message in whole.messages {
        switch message {
        case .binary(let bytes): precondition(bytes.count <= frames.count)
        case .text(let text): precondition(text.utf8.count <= frames.count)
        }
    }
}
