// SPDX-License-Identifier: Apache-2.0

/// Choice of a media type by an `Accept` header.
///
/// Source: RFC 9110 section 12.5.1.
public enum ContentNegotiation {
    /// Chooses among what can be offered.
    ///
    /// - Parameters:
    ///   - accept: the header's value; `nil` or empty accepts everything.
    ///   - offers: media types in lower case, the preferred one first.
    /// - Returns: the offer of the highest quality, the earlier of equal ones; `nil` when none is acceptable.
    public static func choose(accept: String?, offers: [String]) -> String? {
        guard let accept, !accept.trimmingSpaces().isEmpty else { return offers.first }
        let ranges = accept.split(separator: ",").compactMap(Range.init)
        var best: (offer: String, quality: Double)?
        for offer in offers {
            // The most specific range that fits decides, even when it forbids.
            guard let range = ranges.filter({ $0.includes(offer) }).max(by: { $0.precision < $1.precision }),
                range.quality > (best?.quality ?? 0)
            else { continue }
            best = (offer, range.quality)
        }
        return best?.offer
    }

    private struct Range {
        var type: String
        var subtype: String
        var quality = 1.0

        init?(_ text: Substring) {
            let fields = text.split(separator: ";").map { $0.trimmingSpaces().lowercased() }
            guard let names = fields.first?.split(separator: "/", omittingEmptySubsequences: false),
                names.count == 2
            else { return nil }
            type = String(names[0])
            subtype = String(names[1])
            for field in fields.dropFirst() where field.hasPrefix("q=") {
                guard let value = Double(field.dropFirst(2)), (0...1).contains(value) else { return nil }
                quality = value
            }
        }

        var precision: Int { type == "*" ? 0 : subtype == "*" ? 1 : 2 }

        func includes(_ offer: String) -> Bool {
            switch precision {
            case 0: subtype == "*"
            case 1: offer.hasPrefix(type + "/")
            default: offer == type + "/" + subtype
            }
        }
    }
}
