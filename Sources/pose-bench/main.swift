// SPDX-License-Identifier: Apache-2.0

import Foundation

let arguments = Array(CommandLine.arguments.dropFirst())
do {
    switch arguments.first {
    case "tensors": try TensorsCommand.run(arguments: Array(arguments.dropFirst()))
    case "model": try ModelCommand.run(arguments: Array(arguments.dropFirst()))
    case "parity": try ParityCommand.run(arguments: Array(arguments.dropFirst()))
    case "serve-timings": CompareCommand.run(arguments: Array(arguments.dropFirst()))
    default:
        print(
            """
            Usage: pose-bench COMMAND

              tensors DIR MODELS        largest differences from recorded outputs, by model and output
              model FILE [--threads N] [--passes N] [--outputs A,B] [--without PASS,PASS] [--input FLOATS] [--layers]
                                        median time of a network, and of each of its steps; FLOATS is a file of
                                        32-bit values, 0.5 without it
              parity DIR [--complexity 0|1|2] [--threads N] [--models-dir DIR] [--exact]
                                        distance from MediaPipe's recorded answers to a folder of pictures
              serve-timings             answers Benchmarks/compare on standard input and output
            """
        )
        exit(arguments.isEmpty ? 2 : 0)
    }
} catch {
    FileHandle.standardError.write(Data("pose-bench: \(error)\n".utf8))
    exit(70)
}
