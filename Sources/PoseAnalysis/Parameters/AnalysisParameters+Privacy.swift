// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseImaging
import PosePrivacy

extension AnalysisParameters {
    /// The parameters of hiding faces, in the order of the help.
    static let privacy: [Parameter] = [
        coverStyle, coverStyleFromFile, coverColor, coverShape, coverMargin, strict, lenient, showCovers,
        quick, turned, keepLargest, onlyBackground, addedFaces, openFaces, keepMetadata,
        anonymizedFormat,
    ]

    private static let styles: [(word: String, value: CoverStyle)] = [
        ("blur", .blur), ("mosaic", .mosaic), ("solid", .solid(0)),
    ]

    package static let coverStyle = Parameter(
        "style",
        "STYLE",
        .choice(styles),
        default: "blur",
        help: "What a face is replaced by: blur, mosaic or solid (one colour)",
        places: [.anonymizeRequest, .privacyPage]
    ) { setStyle($1, in: &$0) }

    /// The same where a picture can be named, which is set when it is read.
    package static let coverStyleFromFile = Parameter(
        "style",
        short: "s",
        "STYLE",
        .choice(styles.map { ($0.word, Optional($0.value)) } + [("picture", nil)]),
        default: "blur",
        help: "What a face is replaced by: blur, mosaic, solid (one colour) or picture",
        places: .anonymize
    ) { settings, style in
        if let style { setStyle(style, in: &settings) }
    }

    /// Solid keeps a colour that was named before.
    private static func setStyle(_ style: CoverStyle, in settings: inout AnalysisSettings) {
        if case .solid = style, case .solid = settings.anonymization.cover.style { return }
        settings.anonymization.cover.style = style
    }

    package static let coverColor = Parameter(
        "color",
        "RRGGBB",
        .color,
        default: "000000",
        help: "The colour of solid covers, six hexadecimal digits; solid is then understood",
        places: [.privacy]
    ) { $0.anonymization.cover.style = .solid($1) }

    package static let coverShape = Parameter(
        "shape",
        "SHAPE",
        .oneOf,
        default: "ellipse",
        help: "The outline of covers: ellipse or box",
        places: [.privacy, .privacyPage]
    ) { $0.anonymization.cover.shape = $1 }

    package static let coverMargin = Parameter(
        "margin",
        "X",
        .number(0...2),
        default: "0.2",
        help: "How much larger a cover is than the face, on each side, as a share of the face, 0…2",
        places: [.privacy]
    ) { $0.anonymization.cover.margin = Double($1) }

    package static let strict = Parameter(
        flag: "strict",
        default: true,
        help: "Withhold a picture that is damaged, or in which a person's head was not found",
        places: [.privacy, .privacyPage]
    ) { $0.anonymization.isStrict = $1 }

    package static let lenient = Parameter(
        flag: "lenient",
        help: "Write such pictures all the same, and report them",
        places: .anonymize
    ) { $0.anonymization.isStrict = !$1 }

    package static let showCovers = Parameter(
        flag: "show",
        help: "Frame what was covered in green, for review",
        places: [.privacy]
    ) { $0.anonymization.framesCovers = $1 }

    package static let quick = Parameter(
        flag: "quick",
        help:
            "Look at the whole picture and its halves only: several times as fast, misses small faces, and no people are "
            + "looked for whose face is not seen",
        places: [.privacy, .privacyPage]
    ) { $0.anonymization.effort = $1 ? .quick : .full }

    package static let turned = Parameter(
        flag: "turned",
        help: "Look for faces that lie on their side or stand on their head too, at four times the work",
        places: [.privacy, .privacyPage]
    ) { $0.anonymization.search.turned = $1 }

    package static let keepLargest = Parameter(
        flag: "keep-largest",
        help: "Leave the largest face open",
        places: [.privacy]
    ) { $0.anonymization.openFaces = $1 ? .largest : .none }

    package static let onlyBackground = Parameter(
        flag: "only-background",
        help:
            "Leave the photo's subject open, and faces at least half as large: cover those behind them only",
        places: [.privacy]
    ) { if $1 { $0.anonymization.openFaces = .foreground } }

    package static let addedFaces = Parameter(
        "faces",
        joinedBy: ";",
        "X,Y,W,H",
        .boxes,
        default: nil,
        help:
            "Cover this place too, in pixels of the upright picture; several with ; between or by several options",
        places: [.privacy]
    ) { $0.anonymization.added = $1 }

    package static let openFaces = Parameter(
        "keep",
        joinedBy: ";",
        "X,Y,W,H",
        .boxes,
        default: nil,
        help: "Leave the face at this place open; given like --faces",
        places: [.privacy]
    ) { $0.anonymization.keptOpen = $1 }

    package static let keepMetadata = Parameter(
        "keep-metadata",
        joinedBy: ",",
        "KIND,…",
        .metadataKinds,
        default: "none",
        help: "Keep metadata of these kinds: "
            + ValueCompletion.listed(MetadataPolicy.Kind.allCases.map(\.description)),
        places: [.privacy]
    ) { $0.anonymization.metadata = $1 }
}

extension AnalysisParameters {
    package static let anonymizedFormat = Parameter(
        "format",
        "FORMAT",
        .oneOf,
        default: "picture",
        help:
            "How to answer: picture (the file itself) or json (faces and doubts, with the file as a data URI)",
        places: .anonymizeRequest
    ) { $0.anonymizedFormat = $1 }
}

extension ValueSyntax where Value == UInt32 {
    /// Red, green and blue in hexadecimal digits.
    static var color: Self {
        Self(
            allowed: "six hexadecimal digits (such as ff8800)",
            completion: .nothing,
            schema: .pattern("^#?[0-9A-Fa-f]{6}$")
        ) { text in
            let digits = text.hasPrefix("#") ? text.dropFirst() : text[...]
            guard digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit) else { return nil }
            return UInt32(digits, radix: 16)
        }
    }
}

extension ValueSyntax where Value == [PixelRectangle] {
    /// Left edge, top edge, width and height of places, with semicolons between.
    static var boxes: Self {
        let most = 1000
        return Self(
            allowed:
                "four whole numbers x,y,width,height (such as 40,60,200,400), up to \(most) places with ; between",
            completion: .nothing,
            schema: .text
        ) { text in
            let parts = text.split(separator: ";", omittingEmptySubsequences: false)
            let boxes = parts.compactMap { PixelRectangle($0) }
            return boxes.count == parts.count && boxes.count <= most ? boxes : nil
        }
    }
}

extension ValueSyntax where Value == MetadataPolicy {
    /// Kinds of metadata with commas between.
    static var metadataKinds: Self {
        let names = MetadataPolicy.Kind.allCases.map(\.description)
        return Self(
            allowed: "names with commas between, of \(names.joined(separator: ", "))",
            completion: .choices(names),
            schema: .text
        ) { text in
            text == "none" ? .nothing : try? MetadataPolicy(names: text)
        }
    }
}
