// SPDX-License-Identifier: Apache-2.0

/// Why a person should look at a picture before it is given away.
public struct PrivacyDoubt: Hashable, Sendable {
    /// What kind of doubt it is, for programs to branch on; new ones may come.
    public struct Code: Hashable, Sendable, RawRepresentable {
        /// The name in lower snake case: `person_without_head`.
        public let rawValue: String
        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A person was found, and no head that could be hidden.
        public static let personWithoutHead = Code(rawValue: "person_without_head")
        /// A face is hidden of which the networks are not sure.
        public static let weakFace = Code(rawValue: "weak_face")
        /// Something that looks a little like a face is left open.
        public static let openCandidate = Code(rawValue: "open_candidate")
    }

    /// What kind of doubt it is.
    public var code: Code
    /// Where, when it is about a place.
    public var region: FaceRegion?

    /// Makes a doubt.
    public init(_ code: Code, at region: FaceRegion? = nil) {
        self.code = code
        self.region = region
    }

    /// Whether a strict run must not write the picture.
    public var blocksStrictRuns: Bool { code == .personWithoutHead }
}

/// The faces of one picture.
public struct FoundFaces: Hashable, Sendable {
    /// What is to be hidden, largest first.
    public var faces: [FaceRegion]
    /// What a person should look at.
    public var doubts: [PrivacyDoubt]
    /// How many people the pose networks found.
    public var peopleCount: Int

    /// Makes a finding.
    public init(faces: [FaceRegion], doubts: [PrivacyDoubt] = [], peopleCount: Int = 0) {
        self.faces = faces
        self.doubts = doubts
        self.peopleCount = peopleCount
    }
}
