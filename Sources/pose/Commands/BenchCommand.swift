// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseEstimation
import PoseImaging
import PoseInference
import PoseSystem

/// A network by the name of its file.
enum BenchModel: Sendable {
    case detector
    case landmarks(ModelComplexity)

    static let names: [(String, BenchModel)] = [
        ("detector", .detector), ("lite", .landmarks(.lite)), ("full", .landmarks(.full)),
        ("heavy", .landmarks(.heavy)),
    ]

    /// The stage that is this network and nothing else.
    var stage: BenchStage {
        if case .landmarks = self { return .landmark }
        return .detector
    }

    var complexity: ModelComplexity? {
        if case .landmarks(let complexity) = self { return complexity }
        return nil
    }
}

/// `pose bench`: how fast each stage is on this machine.
enum BenchCommand: Command {
    static let stage = Option<BenchStage>(
        "stage",
        "NAME",
        .choice([("all", .all)] + BenchStage.single.map { ($0.rawValue, $0) }),
        default: "all",
        help: "Time one stage alone"
    )
    static let model = Option<BenchModel>(
        "model",
        "NAME",
        .choice(BenchModel.names),
        help: "Time one network: detector, or lite, full or heavy landmarks"
    )
    static let passes = Option<Int>(
        "passes",
        "N",
        .integer(1...100_000),
        default: "100",
        help: "Passes of each stage, after a warm-up of a tenth as many"
    )
    static let layers = Option<Bool>.flag("layers", help: "Show every step of the networks, slowest first")
    static let json = Option<Bool>.flag("json", help: "Write one JSON object a stage and line")
    static let trace = Option<FilePath>(
        "trace",
        "FILE",
        .file,
        help:
            "Analyse PICTURE instead, and write what each thread did and when, for chrome://tracing, Perfetto or speedscope"
    )
    static let pause = Option<Int>(
        "pause",
        "MS",
        .integer(0...10_000),
        default: "0",
        help: "Milliseconds between the passes of a trace, as between a user's photos"
    )

    static let specification = CommandSpecification(
        name: "bench",
        summary: "Time every stage on this machine",
        discussion: [
            "Crops are taken from a made-up picture of 1920 × 1080. GFLOP/s count multiplications and "
                + "additions of the network as it is run; the share is that of a loop of nothing but them, on as "
                + "many cores. Leave the machine alone meanwhile."
        ],
        positional: PositionalSpecification(
            name: "PICTURE",
            help: "The photo of a trace",
            count: 0...1,
            completion: .files
        ),
        options: [
            stage.specification, model.specification, OptionSpecification(AnalysisParameters.complexity),
            SharedOptions.threads.specification,
            passes.specification, layers.specification, json.specification,
            trace.specification, pause.specification,
            SharedOptions.modelsDirectory.specification,
        ],
        examples: [
            ("pose bench --threads 1", "What one core does."),
            ("pose bench --stage landmark --layers", "Where the time of the landmark network goes."),
            ("pose bench --model heavy --json", "One network, for a program."),
            ("POSE_MAX_ISA=sse2 pose bench", "Without AVX."),
            (
                "pose bench --trace trace.json --passes 5 --pause 40 photo.jpg",
                "Where a photo's milliseconds go, step by step and thread by thread."
            ),
        ]
    )

    static func run(_ arguments: ParsedArguments) throws -> ExitCode {
        let threads = arguments.threadCount
        let network = arguments[model]
        let chosen = arguments[stage] ?? network?.stage ?? .all
        var settings = AnalysisSettings()
        try arguments.apply([AnalysisParameters.complexity], to: &settings)
        let complexity = network?.complexity ?? settings.complexity
        settings.complexity = complexity
        if let output = arguments[trace] {
            return try record(to: output, arguments, settings)
        }
        if let picture = arguments.positionals.first {
            throw UsageError("A picture is what --trace FILE records; '\(picture)' was given without it.")
        }
        let model = try PoseModel(complexity: complexity, store: arguments.modelStore)
        let report = BenchReport(
            threads: threads,
            modelSHA256: model.sha256,
            peak: PeakRate.measured * Double(threads),
            writesJSON: arguments[json]
        )
        try StandardOutput.write(report.heading)
        for stage in BenchStage.single where chosen == .all || chosen == stage {
            var timed = try StageTimer(stage, model: model, threads: threads)
            let result = timed.time(passes: arguments[passes] ?? 100, layers: arguments[layers])
            try StandardOutput.write(report.lines(of: result))
        }
        return .success
    }

    /// Writes the trace of one photo.
    private static func record(
        to output: FilePath,
        _ arguments: ParsedArguments,
        _ settings: AnalysisSettings
    ) throws -> ExitCode {
        guard let picture = arguments.paths.first else {
            throw UsageError("--trace needs a photo to analyse: pose bench --trace \(output) photo.jpg")
        }
        try MotionOutput.check([output], input: picture, called: "photo")
        guard let photo = PhotoList([picture], excluding: []).photos.first else {
            throw CommandFailure(.noInput, "\(picture): there is no photo of that name.")
        }
        let trace = PhotoTrace(
            photo: photo,
            settings: settings,
            models: ModelCache(store: arguments.modelStore),
            threadCount: arguments.threadCount,
            passes: arguments[passes] ?? 100,
            pause: .milliseconds(arguments[pause] ?? 0)
        )
        try MotionOutput.write(try trace.record(), to: output)
        return .success
    }
}
