// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseTestSupport
import Testing

/// A message of OSC as a receiver reads it.
struct ReceivedMessage: Equatable {
    var address: String
    var strings: [String]
    var numbers: [Double]

    /// Reads a bundle's messages, written apart from the product's writer.
    static func read(_ datagram: [UInt8]) throws -> [ReceivedMessage] {
        var data = Data(datagram)
        func take(_ count: Int) throws -> Data {
            try #require(data.count >= count)
            defer { data = Data(data.dropFirst(count)) }
            return Data(data.prefix(count))
        }
        func number() throws -> UInt32 { try take(4).reduce(0) { $0 << 8 | UInt32($1) } }
        func text() throws -> String {
            let end = try #require(data.firstIndex(of: 0)) - data.startIndex
            return String(decoding: try take(end / 4 * 4 + 4).prefix(end), as: UTF8.self)
        }
        #expect(try text() == "#bundle")
        _ = try take(8)
        var messages: [ReceivedMessage] = []
        while !data.isEmpty {
            let size = Int(try number())
            let rest = data.count - size
            var message = ReceivedMessage(address: try text(), strings: [], numbers: [])
            for tag in try text().dropFirst() {
                switch tag {
                case "i": message.numbers.append(Double(Int32(bitPattern: try number())))
                case "f": message.numbers.append(Double(Float(bitPattern: try number())))
                case "s": message.strings.append(try text())
                default: Issue.record("a value of type \(tag)")
                }
            }
            #expect(data.count == rest, "\(message.address) has \(size) bytes")
            messages.append(message)
        }
        return messages
    }

    /// Reads the messages of several datagrams with python-osc.
    static func readByPythonOSC(_ datagrams: [[UInt8]]) throws -> [ReceivedMessage] {
        let lines = datagrams.map { bytes in
            bytes.map { byte in
                let text = String(byte, radix: 16)
                return text.count < 2 ? "0" + text : text
            }.joined()
        }
        let run = try PythonTools.run(
            "Scripts/motion/osc.py",
            input: Data(lines.joined(separator: "\n").utf8)
        )
        try #require(run.status == 0, "\(run.errors)")
        return try run.output.split(separator: UInt8(ascii: "\n")).map { line in
            let object = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
            let arguments = try #require(object["arguments"] as? [Any])
            return ReceivedMessage(
                address: try #require(object["address"] as? String),
                strings: arguments.compactMap { $0 as? String },
                numbers: arguments.compactMap { ($0 as? NSNumber)?.doubleValue }
            )
        }
    }
}
