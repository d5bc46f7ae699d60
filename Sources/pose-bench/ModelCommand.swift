// SPDX-License-Identifier: Apache-2.0

import Foundation
import PoseInference

/// Times one network, and on request each of its steps.
enum ModelCommand {
    static func run(_ arguments: BenchArguments) throws {
        var arguments = arguments
        let threads = try arguments.integer("--threads", in: 1...64) ?? 1
        let passes = try arguments.integer("--passes", in: 1...100_000) ?? 100
        let outputs = try arguments.list("--outputs")
        let optimizerPasses = try optimizerPasses(without: arguments.list("--without") ?? [])
        let input = try arguments.text("--input")
        let layers = arguments.flag("--layers")
        let file = try bytes(ofFile: arguments.positionals("FILE")[0])

        let clock = ContinuousClock()
        let opened = clock.now
        let model = try CompiledModel(
            bytes: file,
            outputs: outputs,
            instructionSet: .selected,
            passes: optimizerPasses
        )
        let compileTime = (clock.now - opened) / .milliseconds(1)
        var session = InferenceSession(model: model, threads: ThreadPool(threadCount: threads))
        let values = try input.map { try floats(ofFile: $0, count: model.inputShapes[0].reduce(1, *)) }
        session.withInput { input in
            input.update(repeating: 0.5)
            if let values { _ = input.update(fromContentsOf: values) }
        }
        for _ in 0..<10 { session.run() }
        var times: [Double] = []
        for _ in 0..<passes {
            let start = clock.now
            session.run()
            times.append((clock.now - start) / .milliseconds(1))
        }
        times.sort()
        let macs = model.plan.steps.reduce(0) { $0 + $1.description.multiplyAccumulateCount }
        let median = times[passes / 2]
        print(
            String(
                format: "median %.3f ms, min %.3f, p90 %.3f; %.1f MMAC, %.1f GFLOP/s; compiled in %.1f ms",
                median,
                times[0],
                times[passes * 9 / 10],
                Double(macs) / 1e6,
                Double(macs) * 2 / median / 1e6,
                compileTime
            )
        )
        if layers { printSteps(of: model, &session, passes: passes) }
    }

    private static func optimizerPasses(without names: [String]) throws -> [GraphOptimizer.Pass] {
        let optional = GraphOptimizer.optional.map(\.name)
        for name in names where !optional.contains(name) {
            throw UsageError("--without must be some of \(optional.joined(separator: ",")), got \(name).")
        }
        return GraphOptimizer.all.filter { !names.contains($0.name) }
    }

    private static func printSteps(
        of model: CompiledModel,
        _ session: inout InferenceSession,
        passes: Int
    ) {
        var totals = [UInt64](repeating: .max, count: model.plan.steps.count)
        for _ in 0..<passes { session.run(timing: &totals) }
        for (step, total) in zip(model.plan.steps, totals) {
            let microseconds = Double(total) / 1000
            let description = step.description
            print(
                String(
                    format: "%8.1f us %7.2f MMAC %7.1f GFLOP/s %4d units  ",
                    microseconds,
                    Double(description.multiplyAccumulateCount) / 1e6,
                    Double(description.multiplyAccumulateCount) * 2 / microseconds / 1000,
                    description.unitCount
                )
                    + description.operation + "  " + description.name
            )
        }
    }
}
