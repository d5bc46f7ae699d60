// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation
internal import PoseImaging

extension Sidecar {
    /// Most bytes of a file.
    package static let byteLimit = 64 << 20

    /// The sidecar as JSON, an entry a line.
    public func json() -> [UInt8] {
        var lines: [[UInt8]] = []
        for entry in entries {
            var writer = JSONWriter()
            writer.object { Self.write(entry, into: &$0) }
            lines.append(writer.bytes)
        }
        let newline = UInt8(ascii: "\n")
        return Array("{\"schema\":\"\(Self.schema)\",\"pictures\":[".utf8) + [newline]
            + lines.joined(separator: [UInt8(ascii: ","), newline]) + [newline]
            + Array("]}".utf8) + [newline]
    }

    private static func write(_ entry: Entry, into object: inout JSONWriter) {
        object.member("source", entry.source)
        if let sha256 = entry.sha256 { object.member("sha256", sha256) }
        object.key("faces")
        object.array { list in
            for face in entry.faces { list.object { PrivacyReport.write(face, into: &$0) } }
        }
        object.key("doubts")
        object.array { list in
            for doubt in entry.doubts { list.object { PrivacyReport.write(doubt, into: &$0) } }
        }
        write(entry.edits.keptOpen, as: "keep", into: &object)
        write(entry.edits.added, as: "add", into: &object)
    }

    private static func write(_ boxes: [PixelRectangle], as name: String, into object: inout JSONWriter) {
        object.key(name)
        object.array { list in
            for box in boxes { list.array { for number in box.numbers { $0.value(number) } } }
        }
    }

    /// Reads a sidecar.
    ///
    /// Of what was found, only names, hashes and decisions are read: the next run finds for itself.
    ///
    /// - Parameter bytes: a whole file.
    /// - Throws: ``PrivacyError`` `.malformedSidecar` that says what was expected.
    public init(json bytes: [UInt8]) throws(PrivacyError) {
        let document: JSONValue
        var limits = JSONLimits()
        limits.maxByteCount = Self.byteLimit
        do throws(JSONError) {
            document = try JSONReader.read(bytes, limits: limits)
        } catch {
            throw Self.malformed(error.sentence)
        }
        guard case .string(Self.schema)? = document["schema"]?.content else {
            throw Self.malformed("Its member 'schema' must be '\(Self.schema)'.")
        }
        guard case .array(let items)? = document["pictures"]?.content else {
            throw Self.malformed("It has no list 'pictures'.")
        }
        var entries: [Entry] = []
        for (index, item) in items.enumerated() { entries.append(try Self.entry(item, index)) }
        self.init(entries)
    }

    private static func entry(_ item: JSONValue, _ index: Int) throws(PrivacyError) -> Entry {
        guard case .string(let source)? = item["source"]?.content else {
            throw malformed("Picture \(index) has no text 'source'.")
        }
        var entry = Entry(source: source)
        if let hash = item["sha256"] {
            guard case .string(let text) = hash.content, text.utf8.count == 64,
                text.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) })
            else { throw malformed("The sha256 of '\(source)' is not 64 hexadecimal digits.") }
            entry.sha256 = text
        }
        entry.edits.keptOpen = try boxes(item["keep"], "keep", of: source)
        entry.edits.added = try boxes(item["add"], "add", of: source)
        return entry
    }

    private static func boxes(
        _ value: JSONValue?,
        _ name: String,
        of source: String
    ) throws(PrivacyError) -> [PixelRectangle] {
        guard let value else { return [] }
        let expected =
            "'\(name)' of '\(source)' must be a list of boxes [x, y, width, height] in whole pixels."
        guard case .array(let items) = value.content else { throw malformed(expected) }
        var boxes: [PixelRectangle] = []
        for item in items {
            guard case .array(let numbers) = item.content,
                let box = PixelRectangle(numbers: numbers.map(Self.integer))
            else { throw malformed(expected) }
            boxes.append(box)
        }
        return boxes
    }

    /// A whole number, also one written as `12.0`.
    private static func integer(_ value: JSONValue) -> Int? {
        guard case .number(let text) = value.content else { return nil }
        return Double(text).flatMap { Int(exactly: $0) }
    }

    private static func malformed(_ sentence: String) -> PrivacyError {
        PrivacyError(.malformedSidecar, "This is no sidecar of 'pose anonymize'. \(sentence)")
    }
}
