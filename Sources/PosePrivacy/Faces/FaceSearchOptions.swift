// SPDX-License-Identifier: Apache-2.0

/// How thoroughly faces are looked for.
public enum FaceSearchEffort: String, Sendable, CaseIterable {
    /// The whole picture and squares of half its longer side: faces from about a fiftieth of it up.
    case quick
    /// Squares of a third and a fifth as well, and people: faces from about a hundredth of the longer side up.
    case full
}

/// What is looked for in one picture.
public struct FaceSearchOptions: Hashable, Sendable {
    /// Whether people are looked for, whose heads are hidden when no face was seen: from behind, in profile, in the dark.
    ///
    /// `nil` for what the effort says: with ``FaceSearchEffort/full`` they are.
    public var lookForPeople: Bool?
    /// Whether faces that lie on their side or stand on their head are looked for, at four times the work.
    public var turned: Bool
    /// Places that somebody marked; they are hidden in any case, with ``FaceWitness/hand``.
    public var addedFaces: [FaceRegion]

    /// Makes options; what is left out has the default.
    public init(lookForPeople: Bool? = nil, turned: Bool = false, addedFaces: [FaceRegion] = []) {
        self.lookForPeople = lookForPeople
        self.turned = turned
        self.addedFaces = addedFaces
    }
}
