// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseHTTP
import PoseSystem
import Testing

/// Parses a body in pieces of some sizes; `nil` when it is damaged.
private func parse(
    _ body: [UInt8],
    _ contentType: String = "multipart/form-data; boundary=X",
    pieces: [Int] = [1 << 30],
    budget: MemoryBudget = MemoryBudget(byteCount: 1 << 30)
) -> [FormPart]? {
    guard var parser = MultipartParser(contentType: contentType, limit: 1 << 30),
        let reservation = budget.reserve(0)
    else { return nil }
    do {
        var start = 0
        var turn = 0
        while start < body.count {
            let end = min(body.count, start + pieces[turn % pieces.count])
            try body[start..<end].withUnsafeBytes { try parser.parse($0, reservation) }
            start = end
            turn += 1
        }
        return try parser.finish()
    } catch {
        return nil
    }
}

private func lines(_ lines: [String]) -> [UInt8] { Array(lines.joined(separator: "\r\n").utf8) }

private func text(_ part: FormPart?) -> String? { part.map { String(decoding: $0.body, as: UTF8.self) } }

@Suite struct MultipartParserTests {
    @Test(
        arguments: [
            // .NET's client, old browsers, browsers, RFC 8187, whole paths, blanks.
            ("form-data; name=image; filename=a.jpg", "image", "a.jpg"),
            ("form-data; name=\"image\"; filename=\"a;b=\\\"c\\\".jpg\"", "image", "a;b=\"c\".jpg"),
            ("form-data; name=\"image\"; filename=\"a%22b%0D%0A%0a%41%.jpg\"", "image", "a\"b\r\n\n%41%.jpg"),
            ("form-data; name=\"a%22\"; filename*=UTF-8''a%2522.jpg", "a\"", "a%22.jpg"),
            ("form-data; name=image; filename=\"old\"; filename*=UTF-8''%e5%a7%bf.jpg", "image", "姿.jpg"),
            ("form-data; name=image; filename=\"C:\\dir\\a.jpg\"", "image", "C:\\dir\\a.jpg"),
            ("form-data ;  NAME = \"image\" ;filename = a b ", "image", "a b"),
            ("form-data; name=\"姿\"", "姿", nil),
            ("form-data; name=\"cut", "cut", nil),
            ("form-data; name=first; name=second", "first", nil),
        ] as [(String, String, String?)]
    )
    func namesAreReadAsClientsWriteThem(disposition: String, name: String, fileName: String?) throws {
        let body = lines(["--X", "Content-Disposition: \(disposition)", "", "data", "--X--", ""])
        let parts = try #require(parse(body))
        #expect(parts.map(\.name) == [name])
        #expect(parts.first?.fileName == fileName)
        #expect(text(parts.first) == "data")
    }

    @Test(
        arguments: [
            ("multipart/form-data; boundary=X; charset=UTF-8", "X"),
            ("multipart/form-data;boundary=\"X Y\"", "X Y"),
            ("multipart/form-data; charset=utf-8; BOUNDARY=X", "X"), ("multipart/form-data; boundary=-", "-"),
            ("multipart/form-data; boundary=----x7MA4", "----x7MA4"),
            ("multipart/form-data; boundary=a=b", "a=b"),
        ] as [(String, String)]
    )
    func boundariesAreReadAsClientsWriteThem(contentType: String, boundary: String) {
        let body = lines([
            "--\(boundary)", "Content-Disposition: form-data; name=a", "", "data", "--\(boundary)--",
        ])
        #expect(text(parse(body, contentType)?.first) == "data")
    }

    @Test(arguments: [
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=\(String(repeating: "x", count: 300))",
        "multipart/form-data; boundary=\"a\u{1}\"",
    ])
    func boundariesThatAreNoneAreRefused(contentType: String) {
        #expect(MultipartParser(contentType: contentType, limit: 1000) == nil)
    }

    @Test(arguments: [
        // Content that looks like delimiters.
        "\r\n--", "\r\n--Y", "--Xy", "\r\n\r\n--Z--\r\n", "\r\n--XY", "\r\n--X-", "\r\n--X \t-", "\r\r\n",
        "\r\n--X\r", "\r\n--X  y",
        "\n--X\n", "", "\r\n", "\r", "-", "\r\n--\r\n--\r\n-",
    ])
    func contentsMayLookLikeDelimiters(content: String) {
        let body = lines(["--X", "Content-Disposition: form-data; name=a", "", content])
        let whole = body + lines(["", "--X", "Content-Disposition: form-data; name=b", "", "end", "--X--"])
        for pieces in [[1 << 20], [1], [2, 3], [7]] {
            let parts = parse(whole, pieces: pieces)
            #expect(parts?.map(\.name) == ["a", "b"])
            #expect(text(parts?.first) == content)
            #expect(text(parts?.last) == "end")
        }
    }

    @Test(
        arguments: [
            (
                (0...64).flatMap { ["--X", "Content-Disposition: form-data; name=a\($0)", "", "1"] },
                "The form has more than 64 parts. Send fewer fields."
            ),
            (
                ["--X", "X-Other: " + String(repeating: "a", count: 8192), "", "1"],
                "The headers of a part of the form are longer than the 8192 bytes that this server takes."
            ),
            (
                ["--X", "Content-Disposition: form-data", "", "1"],
                "A part of the form has no name. Each needs a header such as: Content-Disposition: form-data; name=\"image\""
            ),
        ]
    )
    func limitsOfAFormAreSaid(head: [String], message: String) throws {
        var parser = try #require(
            MultipartParser(contentType: "multipart/form-data; boundary=X", limit: 1 << 20)
        )
        let reservation = try #require(MemoryBudget(byteCount: 1 << 20).reserve(0))
        let refusal = #expect(throws: Refusal.self) {
            try lines(head + ["--X--"]).withUnsafeBytes { try parser.parse($0, reservation) }
        }
        #expect(refusal?.message == message)
    }

    @Test func whatStandsBeforeAndAfterIsIgnored() {
        let body = lines([
            "preamble", "--Y", "--X \t", "Content-Disposition: form-data; name=a", "X-Other: 1", "", "data",
            "--X--",
            "epilogue", "--X", "more",
        ])
        #expect(parse(body)?.map(\.name) == ["a"])
        #expect(parse(lines(["--X--"]))?.isEmpty == true)
    }

    @Test func thePiecesInWhichABodyArrivesDoNotMatter() {
        var state: UInt64 = 0x5EED
        func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let letters = Array("\r\n-X \tab".utf8)
        for round in 0..<300 {
            var body = lines(["--X", "Content-Disposition: form-data; name=a", "", ""])
            body += (0..<next(200)).map { _ in letters[next(letters.count)] }
            body += lines(["", "--X--"])
            let whole = parse(body)
            let pieces = (0..<20).map { _ in 1 + next(9) }
            let other = parse(body, pieces: pieces)
            #expect(whole?.map(\.body) == other?.map(\.body), "round \(round)")
        }
    }

    @Test func partsAndTheirHeadsHaveLimits() {
        func many(_ count: Int) -> [UInt8] {
            let parts = (0..<count).map { "--X\r\nContent-Disposition: form-data; name=\($0)\r\n\r\n1\r\n" }
            return Array((parts.joined() + "--X--").utf8)
        }
        #expect(parse(many(MultipartParser.maxPartCount))?.count == MultipartParser.maxPartCount)
        #expect(parse(many(MultipartParser.maxPartCount + 1)) == nil)
        let long = String(repeating: "h", count: MultipartParser.maxHeadByteCount)
        #expect(parse(lines(["--X", "A: \(long)", "", "data", "--X--"])) == nil)
    }

    @Test func memoryIsDrawnBeforeItIsTaken() {
        let budget = MemoryBudget(byteCount: 100_000)
        let body = lines([
            "--X", "Content-Disposition: form-data; name=a", "", String(repeating: "x", count: 200_000),
        ])
        #expect(parse(body + lines(["", "--X--"]), pieces: [1000], budget: budget) == nil)
        #expect(budget.usedByteCount == 0)
    }

    /// Twenty megabytes of what the parser must look at most closely, in a debug build.
    @Test(arguments: ["-", "\r\n--", "\r\n--X", "\r"])
    func timeIsLinearInTheBody(unit: String) {
        func seconds(_ byteCount: Int) -> Duration {
            let body = [UInt8](String(repeating: unit, count: byteCount / unit.utf8.count).utf8)
            let start = ContinuousClock.now
            _ = parse(body, pieces: [65536])
            return ContinuousClock.now - start
        }
        let (short, long) = (seconds(100_000), seconds(1_000_000))
        // Ten times the bytes; a hundred times the time would be quadratic.
        #expect(long < short * 40 + .seconds(1), "\(short) for a tenth, \(long)")
    }
}
