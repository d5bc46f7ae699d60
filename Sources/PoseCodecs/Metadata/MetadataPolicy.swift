// SPDX-License-Identifier: Apache-2.0

public import PoseImaging

/// What of a file's metadata stays in a file that is made from it.
///
/// What the pixels need stays whatever is asked for: colour profile, colour space, orientation, resolution. Everything
/// else of Exif stays only if it is of a kind that is kept, and known: it is copied tag by tag from a list. Never kept are
/// maker notes, embedded thumbnails, serial numbers, owner names and unique identifiers, XMP, IPTC, comments, texts of PNG,
/// second pictures and whatever stands behind the picture's end.
public struct MetadataPolicy: Hashable, Sendable {
    /// A kind of metadata; more may come, so a `switch` needs a `default`.
    public struct Kind: Hashable, Sendable, CaseIterable, CustomStringConvertible {
        private enum Name: String {
            case date, copyright, camera, exposure, description, location
        }

        private let name: Name

        private init(_ name: Name) { self.name = name }

        /// When the picture was taken and changed.
        public static let date = Kind(.date)
        /// Who made it, and whose it is.
        public static let copyright = Kind(.copyright)
        /// Make and model of camera and lens, and the program that wrote the file.
        public static let camera = Kind(.camera)
        /// Exposure, aperture, sensitivity, flash, focal length and other settings.
        public static let exposure = Kind(.exposure)
        /// Title and comments, written by a person or a program.
        public static let description = Kind(.description)
        /// Where it was taken: all of GPS.
        public static let location = Kind(.location)

        /// Every kind.
        public static let allCases = [date, copyright, camera, exposure, description, location]

        /// The kind's name as people write it, in lower case.
        public var description: String { name.rawValue }
    }

    /// What stays beside what the pixels need.
    public var kinds: Set<Kind>

    /// Makes a policy that keeps some kinds.
    public init(keeping kinds: Set<Kind>) {
        self.kinds = kinds
    }

    /// Only what the pixels need.
    public static let nothing = MetadataPolicy(keeping: [])
    /// Every kind but the location.
    public static let everythingButLocation = MetadataPolicy(
        keeping: Set(Kind.allCases).subtracting([.location])
    )

    /// Reads the kinds that a person names.
    ///
    /// - Parameter names: names with commas between them, in any case, as in `date,copyright`; none for an empty text.
    /// - Throws: `ImageError` `.unsupported` for a name that is none.
    public init(names: String) throws(ImageError) {
        var kinds: Set<Kind> = []
        for part in names.split(separator: ",") {
            let name = part.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }.lowercased()
            guard let kind = Kind.allCases.first(where: { $0.description == name }) else {
                let known = Kind.allCases.map(\.description).joined(separator: ", ")
                throw ImageError(
                    .unsupported,
                    "There are no metadata of kind '\(part)'. There are: \(known)."
                )
            }
            kinds.insert(kind)
        }
        self.init(keeping: kinds)
    }
}
