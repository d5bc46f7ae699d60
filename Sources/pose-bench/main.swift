// SPDX-License-Identifier: Apache-2.0

import Foundation

let arguments = Array(CommandLine.arguments.dropFirst())
do {
    switch arguments.first {
    case "tensors": try TensorsCommand.run(arguments: Array(arguments.dropFirst()))
    case "model": try ModelCommand.run(arguments: Array(arguments.dropFirst()))
    default:
        print(
            """
            Usage: pose-bench COMMAND

              tensors DIR MODELS        largest differences from recorded outputs, by model and output
              model FILE [--threads N] [--passes N] [--outputs A,B] [--layers]
                                        median time of a network, and of each of its steps
            """
        )
        exit(arguments.isEmpty ? 2 : 0)
    }
} catch {
    FileHandle.standardError.write(Data("pose-bench: \(error)\n".utf8))
    exit(70)
}
