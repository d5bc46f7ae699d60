// SPDX-License-Identifier: Apache-2.0

internal import CPoseSystem

/// What this process was started with.
package enum ProcessEnvironment {
    /// The arguments behind the program's name, as the bytes that they are.
    package static var arguments: [FilePath] {
        let words = unsafe UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
        return unsafe words.dropFirst().compactMap { word in unsafe word.map { unsafe FilePath(cString: $0) }
        }
    }

    /// A variable of the environment, when set and not empty.
    package static func variable(_ name: String) -> FilePath? {
        guard let value = unsafe getenv(name) else { return nil }
        let path = unsafe FilePath(cString: value)
        return path.isEmpty ? nil : path
    }

    /// The names of the variables that are set, those with names of UTF-8.
    package static var names: [String] {
        all.compactMap { variable in
            guard let text = String(validating: variable.bytes, as: UTF8.self) else { return nil }
            return text.split(separator: "=").first.map(String.init)
        }
    }

    /// The whole environment, `NAME=value` each.
    private static var all: [FilePath] {
        var all: [FilePath] = []
        while let variable = unsafe ps_environment(all.count) {
            all.append(unsafe FilePath(cString: variable))
        }
        return all
    }

    /// The whole environment, `NAME=value` each, and variables that it does not have yet.
    static func adding(_ variables: [(name: String, value: String)]) -> [FilePath] {
        let missing = variables.filter { unsafe getenv($0.name) == nil }
        return all + missing.map { FilePath("\($0.name)=\($0.value)") }
    }

    /// The path of the running program.
    package static var executable: FilePath? {
        if let path = FileSystem.realPath(of: "/proc/self/exe") { return path }
        let words = unsafe UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
        guard let first = unsafe words.first, let first = unsafe first else { return nil }
        return FileSystem.realPath(of: unsafe FilePath(cString: first))
    }
}
