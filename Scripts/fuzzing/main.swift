// SPDX-License-Identifier: Apache-2.0

// Gives libFuzzer one reader of untrusted bytes. `Scripts/fuzz` builds and runs it:
// POSE_FUZZ_TARGET names the reader, the arguments are libFuzzer's.
// The readers may refuse their input with an error; a trap, a bad access, a leak or a long wait ends the run.

import Foundation

/// Part of libFuzzer's interface: runs a function on inputs until the limits in the arguments are reached.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ argumentCount: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

let readers: [String: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt] = [
    "model": { start, count in readModel(bytes(start, count)) },
    "picture": { start, count in readPicture(bytes(start, count)) },
    "http": { start, count in readRequestText(bytes(start, count)) },
]

func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
    [UInt8](UnsafeBufferPointer(start: start, count: count))
}

let name = ProcessInfo.processInfo.environment["POSE_FUZZ_TARGET"] ?? ""
guard let reader = readers[name] else {
    let known = readers.keys.sorted().joined(separator: ", ")
    FileHandle.standardError.write(Data("pose-fuzz: '\(name)' is not a reader; there is \(known)\n".utf8))
    exit(2)
}
var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(withUnsafeMutablePointer(to: &arguments) { runFuzzer(&count, $0, reader) })
