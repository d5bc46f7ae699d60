// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import PoseTestSupport
import Testing

@Suite("JSON reader") struct FormatsJSONReaderTests {
    private func string(_ json: String) throws(JSONError) -> String? {
        guard case .string(let text) = try JSONReader.read(Array(json.utf8)).content else { return nil }
        return text
    }

    private func failure(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) -> JSONError? {
        do throws(JSONError) {
            _ = try JSONReader.read(bytes, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        (#""plain""#, "plain"), (#""""#, ""), (#""a\"b\\c\/""#, "a\"b\\c/"),
        (#""\b\t\n\f\r""#, "\u{8}\t\n\u{C}\r"), (#""\u0000\u00e9\u6F22""#, "\u{0}é漢"),
        (#""\ud83d\ude00x""#, "😀x"), (#""\uD834\uDD1E""#, "𝄞"), ("\"\u{7F}é漢😀\"", "\u{7F}é漢😀"),
        (" \t\r\n\"a\"\n", "a"), ("\u{FEFF}\"a\"", "a"),
    ])
    func stringsAreRead(json: String, expected: String) throws {
        #expect(try string(json) == expected)
    }

    @Test func whatIsWrittenIsRead() throws {
        var generator = SeededGenerator(seed: 0x5EED)
        for _ in 0..<500 {
            let scalars = (0..<Int.random(in: 0...12, using: &generator)).compactMap { _ in
                Unicode.Scalar(
                    UInt32.random(in: 0...0x1F_FFFF, using: &generator)
                        >> Int.random(in: 0...14, using: &generator)
                )
            }
            let text = String(String.UnicodeScalarView(scalars))
            var writer = JSONWriter()
            writer.value(text)
            #expect(try string(writer.text).map { Array($0.utf8) } == Array(text.utf8), "\(scalars)")
        }
    }

    @Test(arguments: ["0", "-0", "10", "0.5", "-1.25e-7", "1E+10", "1e05", "123456789012345678901234567890"])
    func numbersAreKeptAsTheyAreWritten(text: String) throws {
        guard case .number(let number) = try JSONReader.read(Array(text.utf8)).content else {
            Issue.record("\(text) is no number")
            return
        }
        #expect(number == text)
    }

    @Test func membersKeepTheirOrderAndPlace() throws {
        let value = try JSONReader.read(Array(#"{"b":[true,false,null],"a":{"c":"d"}}"#.utf8))
        guard case .object(let members) = value.content else {
            Issue.record("no object")
            return
        }
        #expect(members.map(\.name) == ["b", "a"])
        #expect(members.map(\.value.offset) == [5, 27])
        #expect(try value["b"]?.decode([Bool?].self) == [true, false, nil])
        #expect(try value["a"]?.decode([String: String].self) == ["c": "d"])
        #expect(value["c"] == nil && members[0].value["b"] == nil)
    }

    @Test func membersThatAreNotKeptAreCheckedAllTheSame() throws {
        let text = #"{"a":1,"b":{"a":[1,"\n",{}]},"c":"x"}"#
        let value = try JSONReader.read(Array(text.utf8), keeping: ["c", "d"])
        guard case .object(let members) = value.content else {
            Issue.record("no object")
            return
        }
        #expect(members.map(\.name) == ["c"])
        for broken in [#"{"b":[1,],"c":1}"#, #"{"b":"\x","c":1}"#, #"{"b":01,"c":1}"#, #"{"b":{"x"},"c":1}"#]
        {
            #expect(throws: JSONError.self) { try JSONReader.read(Array(broken.utf8), keeping: ["c"]) }
        }
    }

    struct Broken: Sendable, CustomTestStringConvertible {
        let text: String
        let line: Int
        let column: Int
        let message: String

        var testDescription: String { text }

        init(_ text: String, _ line: Int, _ column: Int, _ message: String) {
            self.text = text
            self.line = line
            self.column = column
            self.message = message
        }
    }

    @Test(arguments: [
        Broken("", 1, 1, "the end was found where a value was expected"),
        Broken("  \n ", 2, 2, "the end was found where a value was expected"),
        Broken("{\"é\": nul}", 1, 7, "'n' was found where a value was expected"),
        Broken("[1,\n 2,\n x]", 3, 2, "'x' was found where a value was expected"),
        Broken("[1 2]", 1, 4, "'2' was found where ',' or ']' was expected"),
        Broken("[1,]", 1, 4, "']' was found where a value was expected"),
        Broken("{\"a\":1,}", 1, 8, "'}' was found where the name of a member was expected"),
        Broken("{a:1}", 1, 2, "'a' was found where the name of a member was expected"),
        Broken("{\"a\" 1}", 1, 6, "'1' was found where ':' was expected"),
        Broken("{\"a\":1;}", 1, 7, "';' was found where ',' or '}' was expected"),
        Broken("{\"a\":1,\"a\":2}", 1, 8, "the member 'a' is there twice"),
        Broken("1 2", 1, 3, "'2' was found behind the end of the value"),
        Broken("01", 1, 1, "a number begins with 0"),
        Broken("-", 1, 2, "the end was found where a digit was expected"),
        Broken("[1.]", 1, 4, "']' was found where a digit was expected"),
        Broken("1e+", 1, 4, "the end was found where a digit was expected"),
        Broken("+1", 1, 1, "'+' was found where a value was expected"),
        Broken(".5", 1, 1, "'.' was found where a value was expected"),
        Broken("NaN", 1, 1, "'N' was found where a value was expected"),
        Broken("'a'", 1, 1, "''' was found where a value was expected"),
        Broken("[\"abc", 1, 2, "the text ends inside the string that begins here"),
        Broken(
            "\"a\tb\"",
            1,
            3,
            "the byte 0x9 was found in a string; control characters are written as \\u00…"
        ),
        Broken("\"\\x41\"", 1, 2, "an escape that JSON does not have was found"),
        Broken("\"\\u12G4\"", 1, 2, "\\u is not followed by four hexadecimal digits"),
        Broken("\"\\ud83d\"", 1, 2, "half of a surrogate pair was found without the other"),
        Broken("\"\\ud83d\\u0041\"", 1, 2, "half of a surrogate pair was found without the other"),
        Broken("\"x\\ude00\"", 1, 3, "half of a surrogate pair was found without the other"),
        Broken("\u{FEFF}\u{FEFF}1", 1, 2, "the byte 0xef was found where a value was expected"),
    ])
    func errorsSayWhereAndWhy(broken: Broken) {
        let error = failure(Array(broken.text.utf8))
        #expect(error?.message == broken.message)
        #expect(error?.line == broken.line)
        #expect(error?.column == broken.column)
    }

    @Test func whatIsNotUTF8IsAnError() {
        #expect(failure([0x22, 0xC3, 0x28, 0x22])?.message == "the string is not valid UTF-8")
        #expect(failure([0x22, 0xED, 0xA0, 0x80, 0x22])?.message == "the string is not valid UTF-8")
        #expect(failure([0x22, 0xC0, 0x80, 0x22])?.message == "the string is not valid UTF-8")
        #expect(failure([0xFF, 0xFE, 0x7B, 0x00])?.message == "the text is UTF-16; save it as UTF-8")
    }

    @Test func depthIsLimited() {
        func nested(_ depth: Int) -> [UInt8] {
            Array(String(repeating: "[", count: depth).utf8)
                + Array(String(repeating: "]", count: depth).utf8)
        }
        #expect(failure(nested(64)) == nil)
        #expect(failure(nested(65))?.column == 65)
        #expect(failure(Array(repeating: UInt8(ascii: "["), count: 1_000_000))?.column == 65)
        let objects = String(repeating: "{\"a\":", count: 100_000)
        #expect(
            failure(Array(objects.utf8))?.message
                == "there are more than 64 arrays and objects inside one another"
        )
    }

    @Test func sizeIsLimited() {
        var limits = JSONLimits()
        limits.maxByteCount = 5
        limits.maxValueCount = 3
        limits.maxNumberLength = 4
        #expect(failure(Array("[1,2]".utf8), limits: limits) == nil)
        #expect(
            failure(Array("[1, 2]".utf8), limits: limits)?.message
                == "the text has 6 bytes, at most 5 are read"
        )
        limits.maxByteCount = 100
        #expect(failure(Array("[1,2,3]".utf8), limits: limits)?.message == "the text has more than 3 values")
        #expect(failure(Array("[1000]".utf8), limits: limits) == nil)
        #expect(
            failure(Array("[1.000]".utf8), limits: limits)?.message == "a number has more than 4 characters"
        )
    }

    /// A set would be slow for few names, a list for many: ten times as many must not take a hundred times as long.
    @Test func manyMembersAreReadAndTwinsFound() {
        let members = (0..<50_000).map { "\"m\($0)\":0" }
        #expect(failure(Array("{\(members.joined(separator: ","))}".utf8)) == nil)
        let twin = members + ["\"m49999\":1"]
        #expect(
            failure(Array("{\(twin.joined(separator: ","))}".utf8))?.message
                == "the member 'm49999' is there twice"
        )
    }

    /// Foundation is the judge of what JSON is; ours may only be stricter in what Foundation lets pass.
    @Test func damagedTextsGiveAValueOrAnError() throws {
        let text = Array(#"{"a":[1,-2.5e3,"x\né\u00e9",true,null],"b":{"c":{}}}"#.utf8)
        for count in 0..<text.count { #expect(failure(Array(text.prefix(count))) != nil, "\(count) bytes") }
        for index in text.indices {
            for bit in 0..<8 {
                var damaged = text
                damaged[index] ^= 1 << bit
                guard failure(damaged) == nil else { continue }
                #expect(throws: Never.self, "byte \(index), bit \(bit)") {
                    _ = try JSONSerialization.jsonObject(with: Data(damaged))
                }
            }
        }
    }
}
