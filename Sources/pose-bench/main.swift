// SPDX-License-Identifier: Apache-2.0

import Foundation

let usage = """
    Usage: pose-bench COMMAND

      tensors DIR MODELS        largest differences from recorded outputs, by model and output
      model FILE [--threads N] [--passes N] [--outputs A,B] [--without PASS,PASS] [--input FLOATS] [--layers]
                                median time of a network, and of each of its steps; FLOATS is a file of
                                32-bit values, 0.5 without it
      parity DIR [--complexity 0|1|2] [--threads N] [--models-dir DIR] [--exact]
                                distance from MediaPipe's recorded answers to a folder of pictures: DIR holds
                                the folder images (or the pictures themselves) and mediapipe-c0.json, -c1.json,
                                -c2.json as Tests/Goldens/record_mediapipe.py writes them; every file that is
                                there is checked; with --exact no sum is reordered
      tracking ANSWERS [--models-dir DIR]
                                distance from MediaPipe's recorded answers to a clip, whose frames come on
                                standard input, BGRX; ANSWERS is a file that Tests/Goldens/record_tracking.py writes
      jitter PICTURE [--models-dir DIR]
                                how much the landmarks of a person who stands still move in noise, by kind of smoothing
      stream PICTURE… [--passes N] [--threads N] [--max-people N] [--rate FPS] [--models-dir DIR]
                                what frames cost in process, decoding and tracking, and what memory they leave
      people TRUTH [--pictures DIR] [--rounds N] [--threads N] [--complexity 0|1|2] [--models-dir DIR] [--list]
                                how many of the people in labelled pictures are found by each way of searching, and
                                what it costs; TRUTH is Tests/Goldens/people.json, pictures are in .media
      faces WITNESS [--heads TRUTH] [--pictures DIR] [--effort quick|full] [--rounds N] [--threads N] [--models-dir DIR]
                    [--write DIR] [--list]
                                which faces that another detector sees are left open, and how much is covered where none are;
                                WITNESS is Tests/Goldens/faces.json, TRUTH Tests/Goldens/people.json, pictures are in
                                .media; DIR gets the pictures with their covers in green frames
      serve-timings             answers Benchmarks/compare on standard input and output

    """

func complain(_ text: String) {
    FileHandle.standardError.write(Data("pose-bench: \(text)\n".utf8))
}

let command = CommandLine.arguments.dropFirst().first
let arguments = BenchArguments(CommandLine.arguments.dropFirst(2))
do {
    switch command {
    case "tensors": try TensorsCommand.run(arguments)
    case "model": try ModelCommand.run(arguments)
    case "parity": try ParityCommand.run(arguments)
    case "jitter": try JitterCommand.run(arguments)
    case "stream": try StreamCommand.run(arguments)
    case "people": try PeopleCommand.run(arguments)
    case "faces": try FacesCommand.run(arguments)
    case "tracking": try TrackingCommand.run(arguments)
    case "serve-timings": try CompareCommand.run(arguments)
    case "help", "--help", "-h": print(usage, terminator: "")
    case let other?: throw UsageError("There is no command '\(other)'.")
    case nil: throw UsageError("A command is missing.")
    }
} catch let error as UsageError {
    complain("\(error)\n\n\(usage)")
    exit(2)
} catch {
    complain("\(error)")
    exit(70)
}
