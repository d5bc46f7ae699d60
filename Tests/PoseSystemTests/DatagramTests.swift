// SPDX-License-Identifier: Apache-2.0

import PoseSystem
import PoseTestSupport
import Testing

@Suite("Datagrams") struct DatagramTests {
    @Test(
        "places are read as people write them",
        arguments: [
            ("127.0.0.1:39540", "127.0.0.1:39540"), ("10.0.0.7", "10.0.0.7:39539"),
            ("localhost", "localhost:39539"), ("my-pc.local:9000", "my-pc.local:9000"),
            ("[::1]:9000", "[::1]:9000"), ("[fe80::1%eth0]", "[fe80::1%eth0]:39539"), ("::1", "[::1]:39539"),
            ("", nil), (":9000", nil), ("host:", nil), ("host:0", nil), ("host:65536", nil), ("host:+1", nil),
            ("host:9 ", nil), ("http://host:80", nil), ("[::1", nil), ("[host]:1", nil), ("[::1]9", nil),
            ("-host", nil), ("a b:1", nil), ("user@host:1", nil),
        ] as [(String, String?)]
    )
    func places(_ text: String, _ expected: String?) {
        #expect(HostAndPort(text, defaultPort: 39539)?.description == expected)
    }

    @Test("without a default a port must be given")
    func portIsNeeded() {
        #expect(HostAndPort("host") == nil && HostAndPort("::1") == nil && HostAndPort("host:1")?.port == 1)
    }

    @Test("a datagram arrives whole", arguments: ["127.0.0.1", "::1", "localhost"])
    func arrives(_ host: String) throws {
        guard let receiver = DatagramReceiver(isIPv6: host.contains(":")) else { return }
        let socket = try DatagramSocket(to: HostAndPort(host: host, port: receiver.port))
        let bytes = (0..<9_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        #expect(socket.send(bytes) == .sent)
        #expect(socket.send([]) == .sent)
        #expect(receiver.next() == bytes)
        #expect(receiver.next() == [])
    }

    @Test("a port at which nothing listens is told, and whoever listens later gets what follows")
    func refused() throws {
        var port: UInt16 = 0
        do {
            let receiver = try #require(DatagramReceiver())
            port = receiver.port
        }
        let socket = try DatagramSocket(to: HostAndPort(host: "127.0.0.1", port: port))
        var outcomes: Set<DatagramSocket.Outcome> = []
        for _ in 0..<50 { outcomes.insert(socket.send([1])) }
        #expect(outcomes.contains(.refused) && outcomes.isSubset(of: [.sent, .refused]))
        // Somebody else may have been given the port meanwhile.
        guard let receiver = DatagramReceiver(port: port) else { return }
        _ = socket.send([2])
        #expect(receiver.next() == [2])
    }

    @Test("what a datagram cannot hold is not cut")
    func tooLarge() throws {
        let receiver = try #require(DatagramReceiver())
        let socket = try DatagramSocket(to: HostAndPort(host: "127.0.0.1", port: receiver.port))
        #expect(socket.send([UInt8](repeating: 1, count: DatagramSocket.mostBytes + 1)) == .tooLarge)
        #expect(socket.send([UInt8](repeating: 1, count: 1_000)) == .sent)
        #expect(receiver.next()?.count == 1_000)
    }

    @Test("sending never waits for a receiver that does not read")
    func neverWaits() throws {
        let receiver = try #require(DatagramReceiver())
        let socket = try DatagramSocket(to: HostAndPort(host: "127.0.0.1", port: receiver.port))
        let bytes = [UInt8](repeating: 0, count: 32_000)
        for _ in 0..<300 { #expect([.sent, .dropped].contains(socket.send(bytes))) }
    }

    @Test("a name that nobody knows is told with the resolver's words")
    func unknownName() {
        // RFC 6761: names below .invalid are never known.
        let place = HostAndPort(host: "nobody.invalid", port: 9)
        do throws(DatagramSocket.Failure) {
            _ = try DatagramSocket(to: place)
            Issue.record("a socket to nobody")
        } catch {
            guard case .unresolved(let words) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(!words.isEmpty)
        }
    }
}
