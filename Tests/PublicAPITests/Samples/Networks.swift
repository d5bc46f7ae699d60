// SPDX-License-Identifier: Apache-2.0

// The code of the article on the engine, as `ArticleTests` finds it.

import PoseInference

func running(_ bytes: [UInt8]) throws -> [Float] {
    let model = try CompiledModel(bytes: bytes)
    var session = InferenceSession(model: model, threads: ThreadPool(threadCount: 2))
    session.withInput { input in
        for index in input.indices { input[index] = 0.5 }
    }
    session.run()
    let first = session.withOutput(0) { Array($0) }
    print(model.outputNames[0], model.outputShapes[0], first.count)
    return first
}

func oneOutput(_ bytes: [UInt8]) throws -> CompiledModel {
    let small = try CompiledModel(bytes: bytes, outputs: ["Identity"])
    return small
}
