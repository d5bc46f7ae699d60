// SPDX-License-Identifier: Apache-2.0

public import PoseCodecs
internal import PoseImaging

/// Why a picture is not written although it could be read.
public struct PhotoRefusal: Hashable, Sendable {
    /// What a program branches on; new codes may come.
    public struct Code: Hashable, Sendable, RawRepresentable {
        /// The name in lower snake case: `person_without_head`.
        public let rawValue: String
        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A person was found, and no head that could be covered.
        public static let personWithoutHead = Code(rawValue: "person_without_head")
        /// A sidecar has decisions for another picture of this name.
        public static let anotherPicture = Code(rawValue: "another_picture")
    }

    /// What a program branches on.
    public var code: Code
    /// What a person reads: what was found, and what to do.
    public var message: String

    /// Makes a refusal.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The refusal that a doubt stands for.
    init(_ doubt: PrivacyDoubt) {
        let place = doubt.region.map { region in
            let box = PixelRectangle(around: region)
            return " around \(box.numbers.map(String.init).joined(separator: ","))"
        }
        self.init(
            Code(rawValue: doubt.code.rawValue),
            "A person was found\(place ?? "") whose head was not. Mark the head with --faces or on the review page, or "
                + "write it all the same with --lenient."
        )
    }
}

/// A small picture for a contact sheet.
public struct CoverThumbnail: Sendable {
    /// A JPEG file.
    public var bytes: [UInt8]
    /// Its columns.
    public var width: Int
    /// Its rows.
    public var height: Int

    /// Makes a small picture of its parts.
    public init(bytes: [UInt8], width: Int, height: Int) {
        self.bytes = bytes
        self.width = width
        self.height = height
    }
}

/// A picture with its faces covered, or the reason why there is none.
public struct AnonymizedPhoto: Sendable {
    /// The file, of the format that came in, or of its `outputFormat`; `nil` when the picture is withheld.
    public var bytes: [UInt8]?
    /// Why it is withheld; `nil` when it is not.
    public var refusal: PhotoRefusal?
    /// The format of the file.
    public var format: ImageFormat
    /// Columns of the upright picture.
    public var width: Int
    /// Rows of the upright picture.
    public var height: Int
    /// Every face, and what became of it.
    public var faces: [FaceDecision]
    /// What a person should look at.
    public var doubts: [PrivacyDoubt]
    /// How many people the pose networks found.
    public var peopleCount: Int
    /// Whether what lies outside of the covered blocks has the very values that were stored.
    public var isLossless: Bool
    /// Sentences about the file: what is wrong with it, why all of it was encoded anew.
    public var warnings: [String]
    /// What was covered, after it was, in the order of the covered faces; empty unless asked for.
    public var thumbnails: [CoverThumbnail] = []
    /// The same places before; empty unless asked for.
    public var originalThumbnails: [CoverThumbnail] = []
    /// The whole picture after covering; `nil` unless asked for, and of a picture that is withheld.
    public var overview: CoverThumbnail?

    /// How many faces are covered.
    public var coveredCount: Int { faces.count { $0.fate == .covered } }
}
