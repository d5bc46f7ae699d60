// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import PoseTestSupport

/// A running `chromedriver`, on a port of its own choice.
final class DriverProcess {
    private let process: Process
    private let port: UInt16

    private init(process: Process, port: UInt16) {
        self.process = process
        self.port = port
    }

    /// Starts the `chromedriver` of the search path.
    static func start() async throws -> DriverProcess {
        // It ends when the port that it has drawn for one version of IP is taken in the other one.
        for _ in 0..<3 {
            if let driver = try await attempt() { return driver }
        }
        throw BrowserError("chromedriver did not say on which port it listens.")
    }

    private static func attempt() async throws -> DriverProcess? {
        let process = Process()
        process.executableURL = try find("chromedriver")
        process.arguments = ["--port=0"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let port = await withCheckedContinuation { continuation in
            // Reading blocks, so it has a thread of its own, which also keeps the pipe from filling up.
            Thread.detachNewThread {
                var said = ""
                var isAnswered = false
                while case let chunk = output.fileHandleForReading.availableData, !chunk.isEmpty {
                    guard !isAnswered else { continue }
                    said += String(bytes: chunk, encoding: .utf8) ?? ""
                    guard let match = said.firstMatch(of: /started successfully on port (\d+)/) else {
                        continue
                    }
                    continuation.resume(returning: UInt16(match.1))
                    isAnswered = true
                }
                if !isAnswered { continuation.resume(returning: nil) }
            }
        }
        guard let port else {
            kill(process.processIdentifier, SIGKILL)
            return nil
        }
        return DriverProcess(process: process, port: port)
    }

    /// Ends the driver, and with it any browser that it still has.
    func stop() async {
        _ = try? await exchange("GET", "/shutdown", nil)
        // A child of one of Swift's threads may start with SIGTERM blocked.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Ends the driver and its browser without waiting for anything asynchronous.
    func end() {
        if let client = try? RawClient(port: port, timeout: 5) {
            client.send("GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\r\n")
            _ = client.receiveAll()
        }
        kill(process.processIdentifier, SIGKILL)
    }

    /// Sends one WebDriver command and decodes the answer's `value`.
    func call<T: Decodable>(
        _ method: String,
        _ path: String,
        _ body: [String: Any],
        as type: T.Type
    ) async throws -> T {
        let content = method == "POST" ? try JSONSerialization.data(withJSONObject: body) : nil
        let response = try await exchange(method, path, content)
        guard response.status == 200 else {
            throw BrowserError("\(method) \(path): \(response.text.prefix(600))")
        }
        return try JSONDecoder().decode(Reply<T>.self, from: Data(response.body)).value
    }

    // URLSession cannot read chromedriver's headers, which have no space after the colon.
    private func exchange(_ method: String, _ path: String, _ content: Data?) async throws -> RawResponse {
        let head = [
            "\(method) \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close",
            "Content-Type: application/json", "Content-Length: \(content?.count ?? 0)",
        ]
        let request = Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (content ?? Data())
        return try await onThread { [port] in
            let client = try RawClient(port: port, timeout: 120)
            guard client.send(request), let response = client.receiveResponse() else {
                throw BrowserError("\(method) \(path): chromedriver gave no answer.")
            }
            return response
        }
    }

    private struct Reply<T: Decodable>: Decodable {
        var value: T
    }

    private static func find(_ program: String) throws -> URL {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let candidates = folders.map { URL(filePath: String($0)).appending(path: program) }
        let isProgram = { (url: URL) in
            FileManager.default.isExecutableFile(atPath: url.path(percentEncoded: false))
        }
        guard let found = candidates.first(where: isProgram) else {
            throw BrowserError("\(program) is not in PATH; Debian's package chromium-driver has it.")
        }
        return found
    }
}
