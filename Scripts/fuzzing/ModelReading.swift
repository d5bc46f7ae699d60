// SPDX-License-Identifier: Apache-2.0

import PoseInference

/// Reads and compiles a `.tflite` file, and runs what is small enough, each instruction set of the machine in turn.
func readModel(_ bytes: [UInt8]) {
    for instructionSet in InstructionSet.runnable {
        guard let model = try? CompiledModel(bytes: bytes, instructionSet: instructionSet) else { return }
        let work = model.plan.steps.reduce(0) { $0 + $1.description.multiplyAccumulateCount }
        guard work < 200_000, model.plan.arenaCount < 200_000 else { return }
        var session = InferenceSession(model: model, threads: ThreadPool(threadCount: 1))
        for index in model.inputShapes.indices {
            session.withInput(index) { $0.update(repeating: 0.5) }
        }
        session.run()
        for index in model.outputShapes.indices {
            session.withOutput(index) { precondition($0.count == model.outputShapes[index].reduce(1, *)) }
        }
    }
}
