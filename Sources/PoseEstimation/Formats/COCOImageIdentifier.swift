// SPDX-License-Identifier: Apache-2.0

/// What COCO's `image_id` holds.
enum COCOImageIdentifier: Hashable {
    /// A number, as COCO's own pictures have it.
    case number(Int)
    /// The stem or the path of another picture.
    case text(String)

    /// The index of a frame; otherwise the number in the name of a COCO picture, `000000000785` or
    /// `COCO_val2014_000000000192` as in the older sets; otherwise the name without its extension.
    init(of record: PoseDocument) {
        if let frame = record.frame {
            self = .number(frame.index)
            return
        }
        let stem = record.sourceStem
        var digits = Substring(stem)
        if stem.hasPrefix("COCO_"), let underscore = stem.lastIndex(of: "_") {
            digits = stem[stem.index(after: underscore)...]
        }
        let isNumber = !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
        self = (isNumber ? Int(digits) : nil).map(Self.number) ?? .text(stem)
    }
}

extension COCOImageIdentifier: CustomStringConvertible {
    var description: String {
        switch self {
        case .number(let number): "\(number)"
        case .text(let text): "'\(text)'"
        }
    }
}

extension PoseDocument {
    /// The source's last component without its extension.
    package var sourceStem: String {
        let name = source.split(separator: "/").last.map(String.init) ?? source
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }
}

/// Gives every picture of a stream an identifier of its own.
struct COCOImageIdentifiers {
    /// The source that has an identifier; every picture with people is in it once.
    private var owners: [COCOImageIdentifier: String] = [:]
    private var collisionCount = 0
    private var warnings: [String] = []

    /// The identifier of a picture: its number or stem, or where another picture has that already, its path.
    mutating func identifier(of record: PoseDocument) -> COCOImageIdentifier {
        let wanted = COCOImageIdentifier(of: record)
        guard let owner = claim(wanted, for: record.source) else { return wanted }
        let path = record.source + (record.frame.map { ":\($0.index)" } ?? "")
        var identifier = COCOImageIdentifier.text(path)
        var attempt = 2
        while claim(identifier, for: record.source) != nil {
            identifier = .text("\(path)-\(attempt)")
            attempt += 1
        }
        collisionCount += 1
        if collisionCount == 1 {
            warnings.append(
                "'\(owner)' and '\(record.source)' would both have the COCO image_id \(wanted); the second has "
                    + "\(identifier) instead. Give pictures names with different numbers, or write each folder to "
                    + "a file of its own."
            )
        }
        return identifier
    }

    /// Tells how many pictures there were after the one that was told of at once.
    mutating func summarize() {
        guard collisionCount > 1 else { return }
        warnings.append("\(collisionCount) pictures have their path as COCO image_id, for the same reason.")
        collisionCount = 0
    }

    mutating func takeWarnings() -> [String] {
        defer { warnings = [] }
        return warnings
    }

    /// - Returns: `nil` when the source has the identifier now; otherwise the source that has it.
    private mutating func claim(_ identifier: COCOImageIdentifier, for source: String) -> String? {
        guard let owner = owners[identifier] else {
            owners[identifier] = source
            return nil
        }
        return owner == source ? nil : owner
    }
}
