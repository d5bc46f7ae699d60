// SPDX-License-Identifier: Apache-2.0

import Foundation
import Inference

/// Times one network, and on request each of its steps.
enum ModelCommand {
    static func run(arguments: [String]) throws {
        var threads = 1
        var passes = 100
        var outputs: [String]?
        var layers = false
        var input: String?
        var passList = GraphOptimizer.all
        var file: String?
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--threads": threads = Int(rest.popFirst() ?? "") ?? 1
            case "--passes": passes = Int(rest.popFirst() ?? "") ?? 100
            case "--outputs": outputs = rest.popFirst()?.split(separator: ",").map(String.init)
            case "--layers": layers = true
            case "--input": input = rest.popFirst()
            case "--without":
                let names = (rest.popFirst() ?? "").split(separator: ",").map(String.init)
                passList.removeAll { names.contains($0.name) }
            default: file = argument
            }
        }
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: file ?? "")))
        let clock = ContinuousClock()
        let opened = clock.now
        let model = try CompiledModel(
            bytes: bytes,
            outputs: outputs,
            instructionSet: .selected,
            passes: passList
        )
        let compileTime = (clock.now - opened) / .milliseconds(1)
        var session = InferenceSession(model: model, threads: ThreadPool(threadCount: threads))
        session.withInput { $0.update(repeating: 0.5) }
        if let input {
            let values = try Data(contentsOf: URL(filePath: input))
            session.withInput { _ = values.copyBytes(to: $0) }
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
        guard layers else { return }
        var totals = [UInt64](repeating: .max, count: model.plan.steps.count)
        for _ in 0..<passes { session.run(timing: &totals) }
        for (step, total) in zip(model.plan.steps, totals) {
            let microseconds = Double(total) / 1000
            let description = step.description
            print(
                String(
                    format: "%8.1f us %7.2f MMAC %7.1f GFLOP/s  ",
                    microseconds,
                    Double(description.multiplyAccumulateCount) / 1e6,
                    Double(description.multiplyAccumulateCount) * 2 / microseconds / 1000
                )
                    + description.operation + "  " + description.name
            )
        }
    }
}
