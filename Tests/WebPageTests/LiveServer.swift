// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseServer
import PoseTestSupport

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// The real server on a free port of this machine.
struct LiveServer {
    /// The address of the page.
    let address: String

    /// The port, for a server that takes the place of this one.
    var port: UInt16 { URL(string: address)?.port.flatMap(UInt16.init(exactly:)) ?? 0 }

    /// Starts the server, lends it when it is ready, and stops it.
    static func with<R>(
        _ configuration: PoseServiceConfiguration = configuration,
        port: UInt16 = 0,
        _ body: (LiveServer) async throws -> R
    ) async throws -> R {
        var runner = ServerRunner(service: configuration)
        runner.port = port
        // Cancelled, not signalled: signals are the whole process's, which other tests share.
        runner.stop = AsyncStream { _ in }
        let (addresses, announce) = AsyncStream<String>.makeStream()
        let task = Task { [runner] in
            defer { announce.finish() }
            try await runner.run { announce.yield($0) }
        }
        var iterator = addresses.makeAsyncIterator()
        guard let address = await iterator.next() else {
            try await task.value
            throw BrowserError("The server ended without listening.")
        }
        let server = LiveServer(address: address.hasSuffix("/") ? address : address + "/")
        do {
            try await server.waitUntilReady()
            let result = try await body(server)
            task.cancel()
            try? await task.value
            return result
        } catch {
            task.cancel()
            try? await task.value
            throw error
        }
    }

    static var configuration: PoseServiceConfiguration {
        var configuration = PoseServiceConfiguration()
        configuration.store = ModelStore(directory: Media.modelsDirectory.path(percentEncoded: false))
        return configuration
    }

    /// Posts a picture as a program would, with the server's defaults, which the page starts with.
    func estimate(_ picture: Data, type: String) async throws -> Answer {
        guard let url = URL(string: "\(address)v1/pose") else {
            throw BrowserError("\(address) is no address.")
        }
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.httpBody = picture
        request.setValue(type, forHTTPHeaderField: "Content-Type")
        let (data, _) = try await URLSession.shared.data(for: request)
        return try JSONDecoder().decode(Answer.self, from: data)
    }

    private func waitUntilReady() async throws {
        guard let url = URL(string: "\(address)readyz") else {
            throw BrowserError("\(address) is no address.")
        }
        for _ in 0..<1200 {
            let answer = try? await URLSession.shared.data(from: url)
            if (answer?.1 as? HTTPURLResponse)?.statusCode == 200 { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw BrowserError("The server was not ready after a minute.")
    }
}

/// The part of `pose/1` that the page shows.
struct Answer: Decodable {
    struct Image: Decodable { var width, height, orientation: Int }
    struct Landmark: Decodable {
        var name: String
        var x, y, z, visibility, presence: Double
    }
    struct Person: Decodable {
        var landmarks: [Landmark]
        var world_landmarks: [Landmark]
    }
    var schema: String
    var source: String
    var image: Image
    var people: [Person]
}
