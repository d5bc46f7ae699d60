// SPDX-License-Identifier: Apache-2.0

/// One thing that a user can choose for an analysis, as the command line, the server's requests, the page and the
/// API description have it.
package struct Parameter: Sendable {
    /// Where a parameter can be given.
    package struct Places: OptionSet, Sendable {
        package let rawValue: Int

        package init(rawValue: Int) {
            self.rawValue = rawValue
        }

        /// `pose image`.
        package static let image = Places(rawValue: 1)
        /// `pose serve`, as the default of every request.
        package static let serve = Places(rawValue: 2)
        /// `POST /v1/pose`.
        package static let pose = Places(rawValue: 4)
        /// `POST /upload`.
        package static let upload = Places(rawValue: 8)
        /// A control on the photo page.
        package static let page = Places(rawValue: 16)

        /// `pose video`.
        package static let video = Places(rawValue: 32)
        /// `pose camera`.
        package static let camera = Places(rawValue: 64)
        /// `GET /v1/live` and `POST /v1/sessions`.
        package static let live = Places(rawValue: 128)
        /// A control on the live page.
        package static let livePage = Places(rawValue: 256)

        /// `pose anonymize`.
        package static let anonymize = Places(rawValue: 512)
        /// `POST /v1/anonymize`.
        package static let anonymizeRequest = Places(rawValue: 1024)
        /// A control on the page for review.
        package static let privacyPage = Places(rawValue: 2048)
        /// Every command and request that hides faces.
        package static let privacy: Places = [.anonymize, .anonymizeRequest]

        /// Every command and request for photos.
        package static let photos: Places = [.image, .serve, .pose, .upload]
        /// Every command and request for streams.
        package static let streams: Places = [.video, .camera, .live]
        /// Every command and request.
        package static let everywhere: Places = [.photos, .streams]
    }

    /// The name: `max-people`.
    package var name: String
    /// Further names, for those who come from elsewhere: `model`.
    package var aliases: [String]
    /// What stands between the values of a parameter that may be given several times; `nil` for others.
    package var separator: String?
    /// The letter of the command line's short form.
    package var short: Character?
    /// What stands for the value in the help; `nil` for a flag.
    package var valueName: String?
    /// What is allowed, to follow "must be": `1…100`.
    package var allowed: String
    /// What a shell may offer as the value.
    package var completion: ValueCompletion
    /// The value's type and range.
    package var schema: ValueSchema
    /// What happens without it: `0.5`.
    package var defaultText: String?
    /// What it does, a sentence without its full stop.
    package var help: String
    /// Where it can be given.
    package var places: Places
    private var apply: @Sendable (String, inout AnalysisSettings) -> Bool

    /// Makes a parameter that has a value.
    package init<Value: Sendable>(
        _ name: String,
        aliases: [String] = [],
        short: Character? = nil,
        joinedBy separator: String? = nil,
        _ valueName: String,
        _ syntax: ValueSyntax<Value>,
        default defaultText: String?,
        help: String,
        places: Places,
        set: @escaping @Sendable (inout AnalysisSettings, Value) -> Void
    ) {
        self.name = name
        self.aliases = aliases
        self.short = short
        self.separator = separator
        self.valueName = valueName
        allowed = syntax.allowed
        completion = syntax.completion
        schema = syntax.schema
        self.defaultText = defaultText
        self.help = help
        self.places = places
        apply = { text, settings in
            guard let value = syntax.parse(text) else { return false }
            set(&settings, value)
            return true
        }
    }

    /// Makes a flag: given or not on the command line, true or false in a request.
    package init(
        flag name: String,
        short: Character? = nil,
        default isSet: Bool = false,
        help: String,
        places: Places,
        set: @escaping @Sendable (inout AnalysisSettings, Bool) -> Void
    ) {
        let syntax = ValueSyntax<Bool>.flag
        self.init(name, short: short, "", syntax, default: nil, help: help, places: places, set: set)
        valueName = nil
        defaultText = isSet ? "true" : nil
    }

    /// Sets the value that a text stands for.
    ///
    /// - Parameters:
    ///   - text: what the user wrote.
    ///   - settings: what is changed.
    ///   - spelling: how the user calls the parameter, for the message: `--max-people`.
    /// - Throws: ``ParameterError`` when the text is not allowed.
    package func set(
        _ text: String,
        in settings: inout AnalysisSettings,
        spelling: String? = nil
    ) throws(ParameterError) {
        guard apply(text, &settings) else {
            throw .invalid(spelling ?? name, text, allowed: allowed, completion: completion)
        }
    }

    /// Whether a text is allowed.
    package func allows(_ text: String) -> Bool {
        var scratch = AnalysisSettings()
        return apply(text, &scratch)
    }
}

extension ValueSyntax where Value == Bool {
    /// `true`, `false` and what people write for them; nothing at all is `true`.
    package static var flag: Self {
        Self(allowed: "true or false", completion: .choices(["true", "false"]), schema: .flag) { text in
            switch text.lowercased() {
            case "", "true", "1", "yes", "on": true
            case "false", "0", "no", "off": false
            default: nil
            }
        }
    }
}
