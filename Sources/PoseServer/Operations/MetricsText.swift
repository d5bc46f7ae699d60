// SPDX-License-Identifier: Apache-2.0

/// Writes metrics as Prometheus reads them.
///
/// Source: Prometheus exposition formats, text version 0.0.4.
struct MetricsText {
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    typealias Labels = [(name: String, value: String)]

    private(set) var text = ""

    /// Writes a family of samples: its help, its type, and a line for each.
    ///
    /// - Parameters:
    ///   - name: of the family.
    ///   - type: `counter` or `gauge`.
    ///   - help: what is counted, without a full stop.
    ///   - samples: labels and values; nothing is written without any.
    mutating func family(_ name: String, _ type: String, _ help: String, _ samples: [(Labels, Double)]) {
        guard !samples.isEmpty else { return }
        head(name, type, help)
        for (labels, value) in samples { sample(name, labels, value) }
    }

    /// Writes a family of one sample without labels.
    mutating func family(_ name: String, _ type: String, _ help: String, _ value: Double) {
        family(name, type, help, [([], value)])
    }

    /// Writes a family of histograms, one for each value of a label.
    mutating func family(_ name: String, _ help: String, label: String, _ histograms: [(String, Histogram)]) {
        guard !histograms.isEmpty else { return }
        head(name, "histogram", help)
        for (value, histogram) in histograms {
            var count = 0
            for (index, bound) in histogram.bounds.enumerated() {
                count += histogram.counts[index]
                sample("\(name)_bucket", [(label, value), ("le", Self.number(bound))], Double(count))
            }
            count = histogram.count
            sample("\(name)_bucket", [(label, value), ("le", "+Inf")], Double(count))
            sample("\(name)_sum", [(label, value)], histogram.sum)
            sample("\(name)_count", [(label, value)], Double(count))
        }
    }

    private mutating func head(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help).\n# TYPE \(name) \(type)\n"
    }

    private mutating func sample(_ name: String, _ labels: Labels, _ value: Double) {
        text += name
        if !labels.isEmpty {
            let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
            text += "{\(pairs.joined(separator: ","))}"
        }
        text += " \(Self.number(value))\n"
    }

    private static func number(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? "\(value)"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
