// SPDX-License-Identifier: Apache-2.0

import PoseHTTP
import PoseServer
import Testing

private let addresses = ["192.168.1.20", "10.0.0.2", "fd00::20"].compactMap { text in
    IPAddress(text).map { LocalAddress($0, interface: "eth0") }
}

private func notice(_ url: String, _ identity: TLSIdentity? = nil, on addresses: [LocalAddress] = addresses)
    -> ListeningNotice
{
    ListeningNotice(url: url, identity: identity, addresses: addresses)
}

@Suite struct ListeningNoticeTests {
    @Test(arguments: [
        ("http://127.0.0.1:5000", []), ("https://[::1]:5000", []),
        ("http://0.0.0.0:5000", ["http://192.168.1.20:5000", "http://10.0.0.2:5000"]),
        (
            "https://[::]:8443",
            ["https://192.168.1.20:8443", "https://10.0.0.2:8443", "https://[fd00::20]:8443"]
        ),
        ("http://192.168.1.20:80", ["http://192.168.1.20:80"]),
    ])
    func otherMachinesAreToldWhatTheyCanUse(url: String, others: [String]) {
        #expect(notice(url).urlsForOthers == others)
    }

    @Test func thePlainNoticeIsOneLine() {
        let lines = ["Listening on http://127.0.0.1:5000 (Ctrl-C ends it)"]
        #expect(notice("http://127.0.0.1:5000").lines(hasCode: true) == lines)
    }

    @Test func everyAddressHasALine() {
        #expect(
            notice("http://0.0.0.0:5000").lines(hasCode: false) == [
                "Listening on http://0.0.0.0:5000 (Ctrl-C ends it)",
                "From other machines: http://192.168.1.20:5000", "From other machines: http://10.0.0.2:5000",
            ]
        )
        let alone = notice("http://0.0.0.0:5000", on: []).lines(hasCode: true)
        #expect(alone.last?.hasPrefix("No other machine can reach it") == true)
    }

    @Test func theFingerprintIsSaid() throws {
        let identity = try SelfSignedIdentity.make(for: .init(names: ["localhost"], addresses: []))
        let lines = notice("https://127.0.0.1:5000", identity).lines(hasCode: true)
        #expect(lines.dropFirst().first == "Certificate, SHA-256: \(identity.fingerprint)")
        #expect(identity.fingerprint.utf8.count == 32 * 3 - 1)
    }

    @Test func theCodeOnATerminalStandsForTheFirstAddress() throws {
        let lines = notice("https://0.0.0.0:5000").lines(hasCode: true)
        let code = try #require(QRCode("https://192.168.1.20:5000"))
        #expect(Array(lines.suffix(code.terminalLines.count)) == code.terminalLines)
        #expect(QRCode("https://192.168.1.21:5000")?.terminalLines != code.terminalLines)
    }

    @Test func codesHaveTheirPatternsAndAMargin() throws {
        let code = try #require(QRCode("https://192.168.1.20:5000"))
        // A code has 21 modules in a row, or 4 more for each version.
        #expect(code.size >= 21 && (code.size - 17) % 4 == 0)
        // Three squares in corners: dark, light, dark, from the outside; and dots between them, each second one dark.
        for (row, column) in [(0, 0), (0, code.size - 7), (code.size - 7, 0)] {
            for offset in 0..<7 {
                #expect(code[row, column + offset] && code[row + 6, column + offset])
                #expect(code[row + 3, column + offset] == ![1, 5].contains(offset))
            }
        }
        for column in 8..<code.size - 8 { #expect(code[6, column] == (column % 2 == 0)) }
        #expect(!code[-1, 0] && !code[0, code.size])
        // Two rows in a line, four light modules on each side.
        #expect(code.terminalLines.count == (code.size + 8 + 1) / 2)
        #expect(QRCode("") == nil)
        #expect(QRCode(String(repeating: "a", count: 4000)) == nil)
    }
}
