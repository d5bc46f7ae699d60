// SPDX-License-Identifier: Apache-2.0

/// A call of the operating system that failed: its number and its words.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The value of `errno`.
    package let code: CInt
    /// "No space left on device", for example.
    package let reason: String

    /// The error of a number, in the system's words.
    package init(_ code: CInt) {
        self.init(code, unsafe String(cString: strerror(code)))
    }

    private init(_ code: CInt, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// What `errno` says now.
    package static var last: SystemError { SystemError(errno) }

    /// A pipe, a device, a socket or a directory where a file with contents is needed.
    package static let notRegularFile = SystemError(EINVAL, "Not a regular file")

    /// The system's words.
    package var description: String { reason }
}

/// Calls the system until no signal interrupts it; a negative answer is an error.
func systemCall(_ body: () -> CInt) throws(SystemError) -> CInt {
    while true {
        let result = body()
        if result >= 0 { return result }
        let error = SystemError.last
        if error.code != EINTR { throw error }
    }
}
