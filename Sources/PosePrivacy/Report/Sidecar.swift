// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

/// What somebody decided about one picture.
public struct FaceEdits: Hashable, Sendable {
    /// Faces that were marked by hand.
    public var added: [PixelRectangle]
    /// Places that stay open.
    public var keptOpen: [PixelRectangle]

    /// Makes edits; none unless told.
    public init(added: [PixelRectangle] = [], keptOpen: [PixelRectangle] = []) {
        self.added = added
        self.keptOpen = keptOpen
    }

    /// Whether nothing was decided.
    public var isEmpty: Bool { added.isEmpty && keptOpen.isEmpty }
}

/// A file beside a run: for each picture the faces that were found, and what somebody decided about them.
///
/// The page for review edits it, and the next run applies it. A picture is known by the hash of its bytes, whatever its name
/// is by then; entries without one, which somebody wrote, by their name.
public struct Sidecar: Hashable, Sendable {
    /// The name of the JSON's shape.
    public static let schema = "pose-privacy-sidecar/1"

    /// One picture.
    public struct Entry: Hashable, Sendable {
        /// Its name.
        public var source: String
        /// SHA-256 of its bytes in hexadecimal digits; `nil` when nobody noted it.
        public var sha256: String?
        /// The faces that were found.
        public var faces: [FaceDecision]
        /// What a person should look at.
        public var doubts: [PrivacyDoubt]
        /// What somebody decided.
        public var edits: FaceEdits

        /// Makes an entry.
        public init(
            source: String,
            sha256: String? = nil,
            faces: [FaceDecision] = [],
            doubts: [PrivacyDoubt] = [],
            edits: FaceEdits = FaceEdits()
        ) {
            self.source = source
            self.sha256 = sha256
            self.faces = faces
            self.doubts = doubts
            self.edits = edits
        }
    }

    /// What a sidecar has for a picture.
    public enum Match: Hashable, Sendable {
        /// What somebody decided about it; nothing where it has no entry.
        case edits(FaceEdits)
        /// The entry of this name is about other bytes, and somebody decided something about those.
        case anotherPicture
    }

    /// The pictures.
    public var entries: [Entry]

    /// Makes a sidecar.
    public init(_ entries: [Entry] = []) {
        self.entries = entries
    }

    /// What it has for a picture.
    ///
    /// - Parameters:
    ///   - source: the picture's name as it is given now.
    ///   - sha256: the hash of its bytes.
    /// - Returns: what somebody decided, of all entries that are about it.
    public func match(source: String, sha256: String) -> Match {
        let same = entries.filter { $0.sha256 == sha256 || $0.sha256 == nil && $0.source == source }
        guard same.isEmpty else {
            return .edits(
                FaceEdits(
                    added: Self.distinct(same.flatMap(\.edits.added)),
                    keptOpen: Self.distinct(same.flatMap(\.edits.keptOpen))
                )
            )
        }
        let isAnother = entries.contains { $0.source == source && !$0.edits.isEmpty }
        return isAnother ? .anotherPicture : .edits(FaceEdits())
    }

    /// Notes what a run found: an entry of the same name is replaced, unless somebody decided something about other bytes.
    public mutating func update(_ entry: Entry) {
        let isSame = { (other: Entry) in
            other.source == entry.source
                && (other.sha256 == nil || other.sha256 == entry.sha256 || other.edits.isEmpty)
        }
        guard let index = entries.firstIndex(where: isSame) else {
            entries.append(entry)
            return
        }
        entries[index] = entry
    }

    private static func distinct(_ boxes: [PixelRectangle]) -> [PixelRectangle] {
        var seen: Set<PixelRectangle> = []
        return boxes.filter { seen.insert($0).inserted }
    }
}
