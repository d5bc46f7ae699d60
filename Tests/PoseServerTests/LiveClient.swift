// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import PoseServer
import PoseTestSupport
import Testing

/// A client of `/v1/live`; its calls block, so use it inside `onThread`.
final class LiveClient {
    let socket: WebSocketClient

    init(_ port: UInt16, _ query: String = "", headers: [String] = [], timeout: Int = 60) throws {
        socket = try WebSocketClient(
            port: port,
            target: "/v1/live" + (query.isEmpty ? "" : "?" + query),
            headers: headers,
            timeout: timeout
        )
    }

    /// The bytes of a message with a frame, behind its time unless that is `nil`.
    static func message(_ picture: [UInt8], microseconds: UInt64? = nil) -> [UInt8] {
        let header = microseconds.map { time in (0..<8).map { UInt8(truncatingIfNeeded: time >> (8 * $0)) } }
        return WebSocketClient.frame(2, (header ?? []) + picture)
    }

    func send(_ picture: [UInt8], microseconds: UInt64? = nil) {
        socket.send(Self.message(picture, microseconds: microseconds))
    }

    /// Sends a frame and waits for its answer.
    func answer(_ picture: [UInt8], microseconds: UInt64? = nil) -> LiveAnswer {
        send(picture, microseconds: microseconds)
        return receive()
    }

    func receive() -> LiveAnswer { LiveAnswer(text: socket.receiveText() ?? "") }
}

/// A text that came back.
struct LiveAnswer: Sendable {
    var text: String

    private var object: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:]
    }

    subscript(_ name: String) -> Int? { object[name] as? Int }
    var source: String? { object["source"] as? String }
    var state: String? { object["state"] as? String }
    var time: Double? { object["time"] as? Double }
    var errorCode: String? { (object["error"] as? [String: Any])?["code"] as? String }
    var people: [[String: Any]]? { object["people"] as? [[String: Any]] }
    /// The ids of the people.
    var ids: [Int]? { people?.compactMap { $0["id"] as? Int } }
}

/// Runs a service on a socket.
func withServer(_ service: PoseService, _ body: (UInt16) async throws -> Void) async throws {
    let server = try HTTPServer(application: service.application)
    do {
        try await body(server.port)
    } catch {
        await server.shutDown(grace: .zero)
        throw error
    }
    await server.shutDown(grace: .seconds(5))
}

/// Waits until something holds.
func eventually(_ condition: @Sendable () async throws -> Bool) async throws -> Bool {
    for _ in 0..<3000 {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(10))
    }
    return false
}

/// How many streams the service says it has.
func streamCount(_ service: PoseService) async -> Int? {
    (await service.respond(to: .get("/v1/info")).object["live"] as? [String: Any])?["streams"] as? Int
}
