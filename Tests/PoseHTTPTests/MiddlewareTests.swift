// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import PoseSystem
import PoseTestSupport
import Synchronization
import Testing

/// Adds its name to a header on the way out.
private struct Mark: HTTPMiddleware {
    let name: String

    func respond(to request: HTTPRequest, next: HTTPHandler) async -> HTTPReply {
        var reply = await next(request)
        let seen = reply.response.header("Seen") ?? ""
        reply.response.headers.removeAll { $0.name == "Seen" }
        reply.response.headers.append(("Seen", seen + name))
        return reply
    }
}

/// Lines of a log.
private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    @Sendable func write(_ line: String) { lines.withLock { $0.append(line) } }
}

@Suite(.serialized) struct MiddlewareTests {
    @Test func theFirstSeesTheReplyLast() async {
        let application = HTTPApplication(middleware: [Mark(name: "a"), Mark(name: "b")]) { _ in
            HTTPReply(HTTPResponse(status: 200))
        }
        let reply = await application.respond(to: HTTPRequest(method: .get, path: "/"))
        #expect(reply.response.header("Seen") == "ba")
    }

    @Test func errorsAreWrittenOnceAndMayBeWordedOtherwise() async {
        let application = HTTPApplication(
            middleware: [
                ErrorBodies { error, request in
                    request.path == "/plain" ? HTTPErrorBody(json: "[\"\(error.code)\"]") : nil
                },
                ErrorBodies(),
            ]
        ) { _ in HTTPReply(.error(418, "teapot", "No coffee.")) }
        var response = await application.respond(to: HTTPRequest(method: .get, path: "/")).response
        #expect(String(decoding: response.body, as: UTF8.self).hasPrefix("{\"error\":{\"code\":\"teapot\""))
        #expect(response.headers.filter { $0.name == "Content-Type" }.count == 1)
        let single = HTTPApplication(
            middleware: [ErrorBodies { error, _ in HTTPErrorBody(json: "[\"\(error.code)\"]") }]
        ) { _ in HTTPReply(.error(418, "teapot", "No coffee.")) }
        response = await single.respond(to: HTTPRequest(method: .get, path: "/")).response
        #expect(String(decoding: response.body, as: UTF8.self) == "[\"teapot\"]")
    }

    @Test(
        arguments: [
            ("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400, "malformed_target", "GET /%zz 400"),
            ("BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n", 501, "unknown_method", "BREW /pot 501"),
            ("GET /a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400, "malformed_header", "GET /a 400"),
            (
                "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n", 413, "body_too_large",
                "POST /b 413"
            ),
        ] as [(String, Int, String, String)]
    )
    func refusalsPassThroughTheChainAndItsLog(text: String, status: Int, code: String, line: String)
        async throws
    {
        let lines = Lines()
        let server = try HTTPServer(
            application: HTTPApplication(
                middleware: [
                    RequestLog(write: lines.write), SecurityHeaders(), ErrorBodies(), Mark(name: "m"),
                ]
            ) { _ in HTTPReply(HTTPResponse(status: 200)) }
        )
        let port = server.port
        let response = try await onThread {
            let client = try RawClient(port: port)
            client.send(text)
            return client.receiveResponse()
        }
        #expect(response?.status == status)
        #expect(response?.text.contains("\"\(code)\"") == true)
        #expect(response?.headers["seen"] == "m")
        #expect(response?.headers["x-content-type-options"] == "nosniff")
        #expect(lines.all.count == 1)
        #expect(
            lines.all.first?.hasPrefix("#1 127.0.0.1 \(line) \(response?.body.count ?? 0) B") == true,
            "\(lines.all)"
        )
        await server.shutDown()
    }

    @Test func whatTheLibraryRefusesIsLogged() async throws {
        let lines = Lines()
        let server = try HTTPServer(
            log: lines.write,
            application: HTTPApplication { _ in HTTPReply(HTTPResponse(status: 200)) }
        )
        let port = server.port
        let response = try await onThread {
            let client = try RawClient(port: port)
            client.send("GET /\u{9b} HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n")
            return RawResponse(client.receiveAll())
        }
        #expect(response?.status == 400)
        for _ in 0..<500 where lines.all.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        let line = try #require(lines.all.first)
        #expect(line.hasPrefix("#1 127.0.0.1 - /\\u{9b} 400 refused by libmicrohttpd"), "\(line)")
        await server.shutDown()
    }

    @Test func streamsAndWebSocketsAreLoggedAsSuch() async throws {
        let lines = Lines()
        let server = try HTTPServer(
            application: HTTPApplication(middleware: [RequestLog(write: lines.write)]) { request in
                request.path == "/socket"
                    ? .webSocket(request) { _ in } : .stream(HTTPBodyStream { try await $0.write("a") })
            }
        )
        let port = server.port
        try await onThread {
            _ = try WebSocketClient(port: port)
            let client = try RawClient(port: port)
            client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            _ = client.receiveAll()
        }
        #expect(lines.all.contains { $0.contains("GET /socket 101 websocket") })
        #expect(lines.all.contains { $0.contains("GET / 200 stream") })
        await server.shutDown()
    }

    @Test(arguments: [
        ("a\nb\r\t\\", "a\\nb\\r\\t\\\\"), ("\u{1b}[31m", "\\u{1b}[31m"), ("\u{9b}31m", "\\u{9b}31m"),
        ("a\u{202e}gpj.exe", "a\\u{202e}gpj.exe"), ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
        ("\u{2028}\u{7f}\u{0}", "\\u{2028}\\u{7f}\\u{0}"), ("姿 é 🧍", "姿 é 🧍"),
    ])
    func controlsAndDirectionMarksAreEscaped(text: String, expected: String) {
        #expect(PrintableText.escaped(text) == expected)
    }
}

@Suite struct BrowserGuardTests {
    private func status(
        _ method: HTTPMethod,
        _ headers: [String: String],
        hosts: AllowedHosts? = AllowedHosts(listeningOn: "127.0.0.1"),
        origins: Set<String> = []
    ) async -> Int {
        let application = HTTPApplication(middleware: [BrowserGuard(hosts: hosts, origins: origins)]) { _ in
            HTTPReply(HTTPResponse(status: 200))
        }
        return await application.respond(to: HTTPRequest(method: method, path: "/", headers: headers)).status
    }

    @Test(
        arguments: [
            ("localhost:5000", 200), ("localhost", 200), ("LOCALHOST:80", 200), ("127.0.0.1:5000", 200),
            ("[::1]:5000", 200), ("[::1]", 200), ("evil.example:5000", 403), ("localhost.evil.example", 403),
            ("127.0.0.1.evil.example:5000", 403), ("evil.example:127.0.0.1", 403), ("", 403),
            ("192.168.1.5:5000", 403), (nil, 200),
        ] as [(String?, Int)]
    )
    func onLoopbackOnlyThisMachinesNamesAreAnswered(host: String?, expected: Int) async {
        let headers = host.map { ["host": $0] } ?? [:]
        #expect(await status(.get, headers) == expected)
        #expect(await status(.post, headers) == expected)
        #expect(await status(.get, headers, hosts: nil) == 200)
    }

    @Test(
        arguments: [
            ([:], 200), (["origin": "http://localhost:5000"], 200),
            (["origin": "http://LOCALHOST:5000"], 200),
            (["origin": "http://localhost:8080"], 403), (["origin": "http://localhost"], 403),
            (["origin": "https://evil.example"], 403), (["origin": "null"], 403),
            (["sec-fetch-site": "same-origin"], 200), (["sec-fetch-site": "none"], 200),
            (["sec-fetch-site": "cross-site"], 403), (["sec-fetch-site": "same-site"], 403),
            (["sec-fetch-site": "cross-site", "origin": "http://localhost:5000"], 403),
            (["sec-fetch-site": "same-origin", "origin": "https://proxy.example"], 200),
            (["sec-fetch-site": "cross-site", "origin": "https://friend.example"], 200),
            (["origin": "https://Friend.example"], 200),
        ] as [([String: String], Int)]
    )
    func otherSitesMaySendNothing(headers: [String: String], expected: Int) async {
        let headers = headers.merging(["host": "localhost:5000"]) { $1 }
        let friends: Set = ["https://friend.example"]
        #expect(await status(.post, headers, origins: friends) == expected)
        // Links and pictures may lead here from anywhere; what they load, no other site can read.
        #expect(await status(.get, headers, origins: friends) == 200)
        let socket = headers.merging(["upgrade": "websocket"]) { $1 }
        #expect(await status(.get, socket, origins: friends) == expected)
    }

    @Test func standardPortsAreTheSameWithAndWithout() async {
        #expect(await status(.post, ["host": "a.example", "origin": "https://a.example"], hosts: nil) == 200)
        #expect(
            await status(.post, ["host": "a.example:443", "origin": "https://a.example"], hosts: nil) == 200
        )
        #expect(
            await status(.post, ["host": "a.example", "origin": "http://a.example:80"], hosts: nil) == 200
        )
        #expect(
            await status(.post, ["host": "a.example:81", "origin": "http://a.example"], hosts: nil) == 403
        )
    }

    @Test(
        arguments: [
            ("192.168.1.20:5000", "https://192.168.1.20:5000", 200),
            ("[fd00::20]:5000", "https://[fd00::20]:5000", 200),
            ("laptop.local:5000", "https://laptop.local:5000", 200),
            ("192.168.1.20:5000", "https://192.168.1.21:5000", 403),
            ("192.168.1.20:5000", "https://192.168.1.20:5001", 403),
            ("[fd00::20]:5000", "https://[fd00::21]:5000", 403),
            ("192.168.1.20:5000", "https://192.168.1.20", 403),
        ] as [(String, String, Int)]
    )
    func pagesOverTLSOnTheLocalNetworkAreOwn(host: String, origin: String, expected: Int) async {
        let hosts = AllowedHosts(listeningOn: "0.0.0.0")
        let headers = ["host": host, "origin": origin]
        #expect(await status(.post, headers, hosts: hosts) == expected)
        let socket = headers.merging(["upgrade": "websocket"]) { $1 }
        #expect(await status(.get, socket, hosts: hosts) == expected)
    }

    @Test(arguments: ["localhost", "127.0.0.1", "::1", "LOCALHOST"])
    func onLoopbackNamesOfTheNetworkAreForeign(address: String) async {
        let hosts = AllowedHosts(listeningOn: address)
        #expect(await status(.get, ["host": "localhost:1"], hosts: hosts) == 200)
        #expect(await status(.get, ["host": "laptop.local"], hosts: hosts) == 403)
        #expect(await status(.get, ["host": "192.168.1.5"], hosts: hosts) == 403)
        let other = AllowedHosts(listeningOn: "127.0.0.2")
        #expect(await status(.get, ["host": "127.0.0.2:1"], hosts: other) == 200)
    }

    /// A name that a stranger can have in the DNS may stand for this server by the stranger's will.
    @Test(
        arguments: [
            ("192.168.1.20:5000", 200), ("[fd00::20]:5000", 200), ("10.0.0.1", 200), ("laptop", 200),
            ("laptop.local:5000", 200), ("localhost:5000", 200), ("evil.example:5000", 403), ("", 403),
            ("192.168.1.20.evil.example", 403), ("evil.local.example", 403), ("[evil.example]", 403),
            ("pose.example.org", 200), ("POSE.example.org:443", 200), ("x.pose.example.org", 403),
        ] as [(String, Int)]
    )
    func inTheNetworkNamesOfStrangersAreForeign(host: String, expected: Int) async {
        let hosts = AllowedHosts(listeningOn: "0.0.0.0", and: ["pose.example.org"])
        #expect(await status(.get, ["host": host], hosts: hosts) == expected)
        let all = AllowedHosts(listeningOn: "0.0.0.0", and: [AllowedHosts.any])
        #expect(await status(.get, ["host": host], hosts: all) == 200)
    }

    @Test func namesToAllowAreHostsWithoutSchemeAndPort() {
        #expect(AllowedHosts.name("Pose.Example.org") == "pose.example.org")
        #expect(AllowedHosts.name("[fd00::1]") == "[fd00::1]")
        #expect(AllowedHosts.name("*") == "*")
        for text in [
            "", "https://a.example", "a.example:80", "a/b", "a b", "[x]", String(repeating: "a", count: 254),
        ] {
            #expect(AllowedHosts.name(text) == nil, "\(text)")
        }
    }
}
