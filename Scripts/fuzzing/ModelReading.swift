// SPDX-License-Identifier: Apache-2.0

import PoseInference

/// Reads and compiles a `.tflite` file, and runs what is small enough, each instruction set of the machine in turn: with all
/// outputs, and with the last one by windows.
func readModel(_ bytes: [UInt8]) {
    for instructionSet in InstructionSet.runnable {
        guard let model = try? CompiledModel(bytes: bytes, instructionSet: instructionSet), isSmall(model)
        else {
            return
        }
        let session = run(model)
        for index in model.outputShapes.indices {
            session.withOutput(index) { precondition($0.count == model.outputShapes[index].reduce(1, *)) }
        }
        guard let name = model.outputNames.last,
            let windowed = try? CompiledModel(bytes: bytes, windowed: name, instructionSet: instructionSet),
            isSmall(windowed), let shape = windowed.windowedShape
        else { continue }
        readWindows(of: windowed, shape: shape)
    }
}

private func isSmall(_ model: CompiledModel) -> Bool {
    let work = model.plan.steps.reduce(0) { $0 + $1.description.multiplyAccumulateCount }
    return work < 200_000 && model.plan.arenaCount < 200_000
}

/// A session after one pass.
private func run(_ model: CompiledModel) -> InferenceSession {
    var session = InferenceSession(model: model, threads: ThreadPool(threadCount: 1))
    for index in model.inputShapes.indices {
        session.withInput(index) { $0.update(repeating: 0.5) }
    }
    session.run()
    return session
}

/// All of the first channel of an output, and the last value of its last one.
private func readWindows(of model: CompiledModel, shape: [Int]) {
    var session = run(model)
    let (rows, columns, channels) = (shape[1], shape[2], shape[3])
    let windows = [
        OutputWindow(channel: 0, rows: 0..<rows, columns: 0..<columns),
        OutputWindow(channel: channels - 1, rows: rows - 1..<rows, columns: columns - 1..<columns),
    ]
    var values = [Float](repeating: 0, count: windows.count * rows * columns)
    values.withUnsafeMutableBufferPointer { session.compute(windows, into: $0, stride: rows * columns) }
}
