// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import CPoseKernels
import PoseInference
import PoseEstimation

/// What was measured of one stage.
struct StageResult {
    var name: String
    /// One value a pass, ascending.
    var milliseconds: [Double]
    /// The steps of the stage's network; empty for other stages.
    var steps: [ExecutionPlan.StepDescription]
    /// The shortest time of each step, when asked for.
    var stepNanoseconds: [UInt64]

    /// Milliseconds that a share of the passes did not exceed.
    func quantile(_ share: Double) -> Double {
        milliseconds[min(Int(Double(milliseconds.count) * share), milliseconds.count - 1)]
    }

    /// Multiply-accumulates of a pass.
    var multiplyAccumulateCount: Int { steps.reduce(0) { $0 + $1.multiplyAccumulateCount } }

    /// Billions of multiplications and additions a second, at the median.
    var rate: Double { Double(2 * multiplyAccumulateCount) / quantile(0.5) / 1e6 }
}

/// The rate of a loop of multiply-adds on registers, on one core.
enum PeakRate {
    /// GFLOP/s, the best of several runs.
    static var measured: Double {
        guard let kernels = unsafe pk_kernels_for(pk_isa_selected())?.pointee else { return .nan }
        let clock = ContinuousClock()
        var best = 0.0
        for _ in 0..<20 {
            let start = clock.now
            let operations = kernels.peak(100_000)
            best = max(best, operations / ((clock.now - start) / .nanoseconds(1)))
        }
        return best
    }
}

/// The table or the JSON of `pose bench`.
struct BenchReport {
    var threads: Int
    var modelSHA256: String
    /// GFLOP/s of all threads.
    var peak: Double
    var writesJSON: Bool

    /// The first line of the table; nothing for JSON.
    var heading: String {
        if writesJSON { return "" }
        let first =
            "\(InstructionSet.selected.rawValue), \(threads) thread\(threads == 1 ? "" : "s"), peak "
            + "\(fixed(peak, decimals: 1)) GFLOP/s"
        let columns = [("median ms", 11), ("p90 ms", 9), ("MMAC", 10), ("GFLOP/s", 9), ("share", 8)]
        let heads = columns.map { Wording.column($0.0, to: $0.1, isRight: true) }.joined()
        return Wording.translated(first) + "\n" + Wording.column("stage", to: 10) + heads + "\n"
    }

    /// One stage, and its steps when they were timed.
    func lines(of result: StageResult) -> String {
        writesJSON ? json(result) + "\n" : table(result) + steps(of: result)
    }

    private func table(_ result: StageResult) -> String {
        var line = result.name.padded(to: 10)
        line += fixed(result.quantile(0.5), decimals: 3).leftPadded(to: 11)
        line += fixed(result.quantile(0.9), decimals: 3).leftPadded(to: 9)
        if !result.steps.isEmpty {
            line += fixed(Double(result.multiplyAccumulateCount) / 1e6, decimals: 1).leftPadded(to: 10)
            line += fixed(result.rate, decimals: 1).leftPadded(to: 9)
            line += (fixed(result.rate / peak * 100, decimals: 0) + "%").leftPadded(to: 8)
        }
        return line + "\n"
    }

    private func steps(of result: StageResult) -> String {
        zip(result.steps, result.stepNanoseconds).sorted { $0.1 > $1.1 }.map { step, nanoseconds in
            let microseconds = Double(nanoseconds) / 1000
            let rate = Double(2 * step.multiplyAccumulateCount) / Double(nanoseconds)
            return fixed(microseconds, decimals: 1).leftPadded(to: 12) + " us"
                + fixed(Double(step.multiplyAccumulateCount) / 1e6, decimals: 2).leftPadded(to: 9) + " MMAC"
                + fixed(rate, decimals: 1).leftPadded(to: 8) + " GFLOP/s  \(step.operation)\n"
        }.joined()
    }

    private func json(_ result: StageResult) -> String {
        var members = [
            "\"stage\":\"\(result.name)\"", "\"isa\":\"\(InstructionSet.selected.rawValue)\"",
            "\"threads\":\(threads)", "\"model_sha256\":\"\(modelSHA256)\"",
            "\"passes\":\(result.milliseconds.count)",
            "\"median_ms\":\(fixed(result.quantile(0.5), decimals: 4))",
            "\"p90_ms\":\(fixed(result.quantile(0.9), decimals: 4))",
            "\"min_ms\":\(fixed(result.quantile(0), decimals: 4))",
        ]
        if !result.steps.isEmpty {
            members += [
                "\"mmac\":\(fixed(Double(result.multiplyAccumulateCount) / 1e6, decimals: 1))",
                "\"gflops\":\(fixed(result.rate, decimals: 1))",
                "\"peak_gflops\":\(fixed(peak, decimals: 1))",
                "\"peak_share\":\(fixed(result.rate / peak, decimals: 3))",
            ]
        }
        if !result.stepNanoseconds.isEmpty {
            let steps = zip(result.steps, result.stepNanoseconds).map { step, nanoseconds in
                "{\"operation\":\"\(step.operation)\",\"us\":\(fixed(Double(nanoseconds) / 1000, decimals: 1)),"
                    + "\"macs\":\(step.multiplyAccumulateCount)}"
            }
            members.append("\"steps\":[\(steps.joined(separator: ","))]")
        }
        return "{" + members.joined(separator: ",") + "}"
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }

    fileprivate func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
