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

guard reader != nil else {
    let known = readers.keys.sorted().joined(separator: ", ")
    FileHandle.standardError.write(Data("pose-fuzz: there is no such reader; there is \(known)\n".utf8))
    exit(2)
}
var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(withUnsafeMutablePointer(to: &arguments) { runFuzzer(&count, $0) { testOneInput($0, $1) } })
