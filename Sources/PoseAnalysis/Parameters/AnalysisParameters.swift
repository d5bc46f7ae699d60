// SPDX-License-Identifier: Apache-2.0

import PoseCodecs
import PoseEstimation
import PoseRendering

/// The table of all parameters of an analysis.
///
/// A new one is one entry here: the command line's options, the requests' parameters, the page's controls and the
/// API description follow.
package enum AnalysisParameters {
    /// The parameters, in the order of the help.
    package static let all: [Parameter] =
        [
            complexity, maxPeople, search, places, order, minDetection, minPresence, smooth, smoothLive,
            smoothFilm, subject,
            detectEvery,
            style, guessed, maxSide, format, mask, timing, noTiming, decode, allowDamaged,
        ] + angleParameters + [exercise, skeleton] + privacy + [maxPixels, pictureFormats, timeLimit]

    /// The parameters of a place.
    package static func parameters(for place: Parameter.Places) -> [Parameter] {
        all.filter { $0.places.contains(place) }
    }

    /// Sets parameters by name, as a request gives them; each may be given once.
    ///
    /// - Parameters:
    ///   - pairs: names and texts.
    ///   - place: where they were given.
    ///   - settings: what is changed.
    /// - Throws: ``ParameterError`` that says what was expected.
    package static func apply(
        _ pairs: [(name: String, value: String)],
        from place: Parameter.Places,
        to settings: inout AnalysisSettings
    ) throws(ParameterError) {
        let known = parameters(for: place)
        var seen: Set<String> = []
        for (name, value) in pairs {
            guard let parameter = known.first(where: { $0.name == name || $0.aliases.contains(name) }) else {
                throw .unknown(name, among: known.map(\.name))
            }
            guard seen.insert(parameter.name).inserted else {
                if parameter.separator != nil { continue }
                throw ParameterError("\(parameter.name) is given more than once.")
            }
            guard let separator = parameter.separator else {
                try parameter.set(value, in: &settings)
                continue
            }
            let values = pairs.filter { $0.name == parameter.name || parameter.aliases.contains($0.name) }
            try parameter.set(values.map(\.value).joined(separator: separator), in: &settings)
        }
    }

    package static let complexity = Parameter(
        "complexity",
        aliases: ["model"],
        short: "c",
        "0|1|2",
        .choice(
            ModelComplexity.allCases.map { ("\($0.rawValue)", $0) },
            synonyms: ModelComplexity.allCases.map { ("\($0)", $0) }
        ),
        default: "1",
        help: "The landmark network: 0 lite, 1 full, 2 heavy",
        places: [.everywhere, .page, .livePage]
    ) { $0.complexity = $1 }

    package static let maxPeople = Parameter(
        "max-people",
        short: "n",
        "N",
        .integer(0...100),
        default: "1",
        help: "Find up to N people, 1…100; 0 for as many as there are",
        places: [.everywhere, .page, .livePage]
    ) { $0.options.maxPeople = $1 }

    package static let search = Parameter(
        "search",
        "HOW",
        .oneOf,
        default: "standard",
        help:
            "How to look for people: standard (one look, as MediaPipe has it) or thorough (also small ones, and those "
            + "who stand close; takes several times as long)",
        places: [.everywhere, .page, .livePage]
    ) { $0.options.search = $1 }

    package static let places = Parameter(
        "roi",
        joinedBy: ";",
        "X,Y,W,H",
        .places,
        default: nil,
        help: "Look at this place of the photo too, in pixels; several with ; between or by several options",
        places: [.image, .pose, .upload]
    ) { $0.options.places = $1 }

    package static let order = Parameter(
        "order",
        "ORDER",
        .oneOf,
        default: "score",
        help: "The order of people: score, left (to right) or size (largest first)",
        places: .photos
    ) { $0.options.order = $1 }

    package static let minDetection = Parameter(
        "min-detection",
        "X",
        .number(0...1),
        default: "0.5",
        help: "The least score at which a person is looked at, 0…1",
        places: .everywhere
    ) { $0.options.minDetectionConfidence = $1 }

    package static let minPresence = Parameter(
        "min-presence",
        "X",
        .number(0...1),
        default: "0.5",
        help: "The score above which a person is there, 0…1",
        places: .everywhere
    ) { $0.options.minPresenceConfidence = $1 }

    /// The kinds of smoothing and their names.
    private static let smoothings: [(word: String, value: PoseSmoothing)] = PoseSmoothing.allCases.map {
        ($0.name, $0)
    }
    private static let smoothingHelp =
        "How landmarks are smoothed over time: mediapipe, live (steadier at rest), sport (follows fast movements), "
        + "none"

    package static let smooth = Parameter(
        "smooth",
        "PRESET",
        .choice(smoothings),
        default: "mediapipe",
        help: smoothingHelp,
        places: .camera
    ) { $0.tracking.smoothing = $1 }

    /// The same for people who look at themselves.
    package static let smoothLive = Parameter(
        "smooth",
        "PRESET",
        .choice(smoothings),
        default: PoseSmoothing.live.name,
        help: smoothingHelp,
        places: [.live, .livePage]
    ) { $0.tracking.smoothing = $1 }

    /// The same for films, where what comes later is known, too.
    package static let smoothFilm = Parameter(
        "smooth",
        "PRESET",
        .choice(smoothings.map { ($0.word, Optional($0.value)) } + [("offline", nil)]),
        default: "mediapipe",
        help: smoothingHelp + ", offline (over the whole film, without lag; fills short gaps)",
        places: .video
    ) { settings, smoothing in
        settings.smoothsOffline = smoothing == nil
        settings.tracking.smoothing = smoothing ?? .none
    }

    package static let subject = Parameter(
        "subject",
        "RULE",
        .subject,
        default: "everybody",
        help: "Report one person only: largest, center, first, or the id that results give",
        places: [.streams, .livePage]
    ) { $0.tracking.subject = $1 }

    package static let detectEvery = Parameter(
        "detect-every",
        "SECONDS",
        .number(0...3600),
        default: "0.25",
        help: "Look for further people so often while there is room for them; 0 looks in each frame",
        places: .streams
    ) { $0.tracking.detectorInterval = .seconds(Double($1)) }

    package static let style = Parameter(
        "style",
        short: "s",
        "STYLE",
        .choice(SkeletonStyle.allCases.map { ($0.name, $0) }),
        default: "classic",
        help: "How skeletons look: classic (red and white), sides (left orange, right turquoise), "
            + "skeleton-only (on nothing; on black in JPEG and videos), people (a colour each, with their ids in "
            + "streams)",
        places: [.photos, .video, .camera, .page]
    ) { $0.style = $1 }

    package static let maxSide = Parameter(
        "max-side",
        "PIXELS",
        .integer(16...65_500),
        default: "the photo's",
        help: "Make annotated pictures at most so long on a side",
        places: .photos
    ) { $0.maxSide = $1 }

    package static let decode = Parameter(
        "decode",
        "HOW",
        .oneOf,
        default: PictureDecoding.exact.rawValue,
        help:
            "How to decode large JPEGs: exact (in full size, MediaPipe's own numbers) or fast (smaller, which moves "
            + "landmarks by 1 to 3% of the person's height)",
        places: .photos
    ) { $0.decoding = $1 }

    package static let guessed = Parameter(
        flag: "guessed",
        help: "Draw points that are hardly visible too, half as strong, their bones dashed",
        places: [.photos, .video, .camera, .page]
    ) { $0.showsGuessed = $1 }

    package static let format = Parameter(
        "format",
        short: "f",
        "FORMAT",
        .choice(ResultFormat.allCases.map { ($0.name, $0) }),
        default: "pose",
        help: "The shape of the results: " + ValueCompletion.listed(ResultFormat.allCases.map(\.name)),
        places: [.image, .pose, .streams]
    ) { $0.format = $1 }

    package static let mask = Parameter(
        flag: "mask",
        help: "Add each person's mask, a gray PNG in a data URI; with format=pose only",
        places: .pose
    ) { $0.options.segmentationMask = $1 }

    package static let timing = Parameter(
        flag: "timing",
        default: true,
        help: "Say how long each stage took",
        places: [.pose, .upload, .live]
    ) { $0.hasTiming = $1 }

    package static let noTiming = Parameter(
        flag: "no-timing",
        help: "Leave times out, so that the same photo gives the same bytes",
        places: .everywhere
    ) { $0.hasTiming = !$1 }

    package static let allowDamaged = Parameter(
        flag: "allow-damaged",
        help: "Take what can be read of a damaged or cut photo, with a warning",
        places: .photos
    ) { $0.allowsDamaged = $1 }

    package static let maxPixels = Parameter(
        "max-pixels",
        "N",
        .quantity(1...1_000_000_000, unit: "", example: "64M"),
        default: Quantity.text(AnalysisSettings().maxPixelCount, unit: ""),
        help: "Refuse photos with more pixels",
        places: [.image, .serve, .anonymize]
    ) { $0.maxPixelCount = $1 }

    package static let pictureFormats = Parameter(
        "formats",
        "LIST",
        .pictureFormats,
        default: "all that pose info lists",
        help: "Read pictures of these formats alone, with commas between: "
            + ValueCompletion.listed(ImageFormat.known.map(\.description)),
        places: .serve
    ) { $0.pictureFormats = $1 }

    package static let timeLimit = Parameter(
        "time-limit",
        "SECONDS",
        .number(0.1...86_400),
        default: "300 for photos, 30 for requests",
        help: "Give a photo up that takes longer",
        places: [.image, .serve, .anonymize]
    ) { $0.timeLimit = .seconds(Double($1)) }
}

extension ValueSyntax where Value == Set<ImageFormat> {
    /// Names of formats with commas between them.
    static var pictureFormats: Self {
        let words = ImageFormat.known.map(\.description)
        let choice = words.joined(separator: "|")
        return Self(
            allowed: "formats of pictures with commas between (\(words.joined(separator: ", ")))",
            completion: .nothing,
            schema: .pattern("^(\(choice))(,(\(choice)))*$")
        ) { text in
            let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            let formats = parts.map { part in ImageFormat.known.first { $0.description == part } }
            return formats.contains(nil) ? nil : Set(formats.compactMap(\.self))
        }
    }
}

extension ValueSyntax where Value == PoseSubject {
    /// A rule, or the number of a person.
    static var subject: Self {
        let rules: [(word: String, value: PoseSubject)] = [
            ("largest", .largest), ("center", .center), ("first", .first),
        ]
        let words = rules.map(\.word)
        return Self(
            allowed: "\(words.joined(separator: ", ")) or the id of a person, from 0",
            completion: .choices(words),
            schema: .pattern("^(\(words.joined(separator: "|"))|[0-9]{1,9})$")
        ) { text in
            if let rule = rules.first(where: { $0.word == text }) { return rule.value }
            return Int(text).flatMap { $0 >= 0 ? .id($0) : nil }
        }
    }
}

extension ValueSyntax where Value == [SearchPlace] {
    /// Left edge, top edge, width and height of a place, several with semicolons between.
    static var places: Self {
        let most = PoseOptions.mostPlaces
        return Self(
            allowed:
                "four whole numbers x,y,width,height (such as 40,60,200,400), up to \(most) places with ; between",
            completion: .nothing,
            schema: .text
        ) { text in
            let parts = text.split(separator: ";", omittingEmptySubsequences: false)
            let places = parts.compactMap(place)
            return places.count == parts.count && places.count <= most ? places : nil
        }
    }

    private static func place(_ text: Substring) -> SearchPlace? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0) }
        guard parts.count == 4, numbers.count == 4 else { return nil }
        let place = SearchPlace(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
        return place.isUsable ? place : nil
    }
}
