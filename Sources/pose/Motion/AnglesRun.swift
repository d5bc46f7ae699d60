// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseMotion
import PoseSystem

/// `pose motion angles`.
struct AnglesRun {
    private let input: MotionInput
    private let csv: FilePath?
    private let plot: FilePath?
    private let convention: AngleConvention
    private let exercise: Exercise?
    private let person: Int?
    private var settings = AngleSettings()

    init(_ arguments: ParsedArguments, _ input: MotionInput) throws {
        self.input = input
        csv = arguments[MotionOptions.csv]
        plot = arguments[MotionOptions.plot]
        convention = arguments[MotionOptions.convention] ?? .interior
        person = arguments[MotionOptions.person]
        settings.dimension = arguments[MotionOptions.dimension] ?? .automatic
        exercise = try CountRun.exercise(arguments)
        if let plot, plot != "-", !["svg", "png"].contains(plot.fileExtension.lowercased()) {
            throw UsageError("--plot must end in .svg or .png, got '\(plot)'.")
        }
        try MotionOutput.check([csv, plot], input: input.file)
    }

    func run() throws -> ExitCode {
        let film = try input.documents()
        let people = AngleSeries.people(of: film, settings: settings).filter {
            person == nil || $0.person == person
        }
        guard !people.isEmpty else {
            throw CommandFailure(.badInput, "Nobody is to be seen in '\(input.name)'.")
        }
        if let csv {
            let header =
                Array(AngleSeries.csvHeader(withShifts: input.looksAgain).utf8) + [UInt8(ascii: "\n")]
            let table = people.reduce(header) { $0 + $1.csvRows(convention, withShifts: input.looksAgain) }
            try MotionOutput.write(table, to: csv)
        }
        if let plot {
            for series in people {
                let path = MotionOutput.path(plot, person: series.person, of: people.count)
                let chart = chart(series, film)
                let isPNG = plot.fileExtension.lowercased() == "png"
                try MotionOutput.write(try isPNG ? chart.png(series) : chart.svg(series), to: path)
            }
        }
        if csv != "-", plot != "-", !input.isQuiet { try printRanges(people) }
        return .success
    }

    private func chart(_ series: AngleSeries, _ film: [PoseDocument]) -> AngleChart {
        var chart = AngleChart(title: "\(input.name), person \(series.person)")
        chart.convention = convention
        if let exercise {
            let counter = CountRun.count(exercise, film, person: series.person)
            chart.spans =
                counter.repetitions.map { AngleChart.Span(times: $0.start...$0.end, isWhole: true) }
                + counter.partialRepetitions.map { AngleChart.Span(times: $0.start...$0.end, isWhole: false) }
        }
        return chart
    }

    /// A line for each joint.
    private func printRanges(_ people: [AngleSeries]) throws {
        for series in people {
            let times = (series.moments.first?.time ?? 0, series.moments.last?.time ?? 0)
            try StandardOutput.say(
                "Person \(series.person): \(counted(series.moments.count, "frame", "frames")), "
                    + "\(fixed(times.0, decimals: 1))…\(fixed(times.1, decimals: 1)) s"
            )
            try StandardOutput.print("joint              least    most   range   ± 95%  seen well  frames")
            for range in series.ranges(convention) {
                let name = range.joint.name + String(repeating: " ", count: 16 - range.joint.name.count)
                let (least, most) = (range.degrees.lowerBound, range.degrees.upperBound)
                let cells = [least, most, most - least, range.expectedError].map {
                    Self.padded(($0 < 0 ? "-" : "") + fixed(abs($0), decimals: 1), 8)
                }
                let good = Self.padded("\(fixed(100 * range.goodPart, decimals: 0))%", 11)
                try StandardOutput.print(name + cells.joined() + good + Self.padded("\(range.count)", 8))
            }
        }
    }

    static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
