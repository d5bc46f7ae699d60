// SPDX-License-Identifier: Apache-2.0

import PoseEstimation
import PoseSystem

/// A file of options: their long names with values, as lines `name = value` or as a JSON object.
///
/// ```
/// # Comments have a line of their own.
/// host = 0.0.0.0
/// max-upload = 8MB
/// cors = https://a.example, https://b.example
/// ```
struct OptionFile {
    /// What the file says of one option.
    struct Entry {
        var name: String
        /// The values; more than one where the file has a list.
        var values: [String]
        /// Where it stands: `pose.conf:3`.
        var place: String
    }

    private static let byteLimit = 1 << 20

    /// The entries, in their order.
    let entries: [Entry]

    /// Reads a file.
    ///
    /// - Throws: ``UsageError`` that names the file and the line.
    init(_ path: FilePath) throws(UsageError) {
        let name = path.description
        let contents: FileContents
        do throws(SystemError) {
            contents = try FileSystem.contents(of: path, limit: Self.byteLimit)
        } catch {
            throw UsageError("--config: \(name) cannot be read: \(error).")
        }
        guard let bytes = contents.bytes else {
            throw UsageError(
                "--config: \(name) has more than \(Self.byteLimit) bytes; that is no file of options."
            )
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw UsageError("--config: \(name) is not UTF-8.")
        }
        let isObject = text.first { !$0.isWhitespace } == "{"
        entries = isObject ? try Self.object(bytes, name) : try Self.lines(text, name)
    }

    private static func lines(_ text: String, _ name: String) throws(UsageError) -> [Entry] {
        var entries: [Entry] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            let line = trimmed(line)
            if line.isEmpty || line.hasPrefix("#") { continue }
            let place = "\(name):\(index + 1)"
            let fields = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard fields.count == 2 else {
                throw UsageError("\(place): expected 'name = value', got '\(line.prefix(60))'.")
            }
            entries.append(
                Entry(name: trimmed(fields[0]), values: [unquoted(trimmed(fields[1]))], place: place)
            )
        }
        return entries
    }

    private static func object(_ bytes: [UInt8], _ name: String) throws(UsageError) -> [Entry] {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONReader.read(bytes)
        } catch {
            throw UsageError("\(name):\(error.line): \(error.message) (column \(error.column)).")
        }
        guard case .object(let members) = value.content else { return [] }
        var entries: [Entry] = []
        for member in members {
            let line = 1 + bytes.prefix(member.value.offset).count { $0 == UInt8(ascii: "\n") }
            let place = "\(name):\(line)"
            let items: [JSONValue] =
                if case .array(let items) = member.value.content { items } else { [member.value] }
            var values: [String] = []
            for item in items {
                switch item.content {
                case .string(let text), .number(let text): values.append(text)
                case .bool(let flag): values.append("\(flag)")
                default:
                    throw UsageError(
                        "\(place): \(member.name) must be a text, a number, true or false, or a list of texts."
                    )
                }
            }
            entries.append(Entry(name: member.name, values: values, place: place))
        }
        return entries
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let rest = text.drop(while: \.isWhitespace)
        return String(rest.reversed().drop(while: \.isWhitespace).reversed())
    }

    private static func unquoted(_ text: String) -> String {
        text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"")
            ? String(text.dropFirst().dropLast()) : text
    }
}
