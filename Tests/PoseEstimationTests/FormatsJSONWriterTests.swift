// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseEstimation
import Testing

@Suite("JSON writer") struct FormatsJSONWriterTests {
    @Test(arguments: [
        ("plain", #""plain""#), ("", #""""#), ("a\"b\\c", #""a\"b\\c""#),
        ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
        ("\u{0}\u{1}\u{1F}", #""\u0000\u0001\u001f""#), ("\u{7F}/é漢😀", "\"\u{7F}/é漢😀\""),
    ])
    func stringsAreEscaped(string: String, expected: String) throws {
        var writer = JSONWriter()
        writer.value(string)
        #expect(writer.text == expected)
        let options: JSONSerialization.ReadingOptions = [.fragmentsAllowed]
        let back = try JSONSerialization.jsonObject(with: Data(writer.bytes), options: options)
        #expect(back as? String == string)
    }

    @Test func aMemberOfManyBytesIsWrittenInPlace() {
        var writer = JSONWriter(capacity: 1000)
        writer.object { members in
            members.member("before", 1)
            unsafe members.member("file", prefix: "data:,", byteCount: 3) {
                unsafe $0.copyBytes(from: "abc".utf8)
            }
            unsafe members.member("empty", prefix: "", byteCount: 0) { _ in }
            members.member("after", true)
        }
        #expect(writer.text == #"{"before":1,"file":"data:,abc","empty":"","after":true}"#)
    }

    @Test(
        arguments: [
            (0, "0"), (-0.0, "0"), (1, "1"), (-1, "-1"), (0.1, "0.1"), (1 / 3, "0.33333334"), (1e-7, "1e-07"),
            (16_777_216, "16777216"), (3.4028235e38, "3.4028235e+38"), (.leastNonzeroMagnitude, "1e-45"),
            (.infinity, "null"),
            (-.infinity, "null"), (.nan, "null"),
        ] as [(Float, String)]
    )
    func floatsAreShortest(number: Float, expected: String) {
        var writer = JSONWriter()
        writer.value(number)
        #expect(writer.text == expected)
    }

    /// Multiplying by an odd number walks through every exponent and sign.
    @Test func numbersReadBackAsThemselves() throws {
        var bits: UInt32 = 1
        for _ in 0..<20_000 {
            bits = bits &* 1_664_525 &+ 1_013_904_223
            let number = Float(bitPattern: bits)
            guard number.isFinite else { continue }
            var writer = JSONWriter()
            writer.value(number)
            #expect(Float(writer.text) == number, "bits \(bits)")
        }
    }

    @Test func commasStandBetweenValuesOnly() {
        var writer = JSONWriter()
        writer.object { outer in
            outer.member("a", 1)
            outer.member("b") { $0.member("c", true) }
            outer.key("d")
            outer.array { list in
                list.array { _ in }
                list.object { _ in }
                list.null()
                list.value([0.5, 2] as [Float])
            }
            outer.member("e", 1e300)
        }
        #expect(writer.text == #"{"a":1,"b":{"c":true},"d":[[],{},null,[0.5,2]],"e":1e+300}"#)
    }
}
