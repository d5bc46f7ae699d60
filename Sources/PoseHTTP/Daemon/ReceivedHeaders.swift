// SPDX-License-Identifier: Apache-2.0

import CPoseMicroHTTPD

/// The headers of a request as the library hands them out, and what it has misread of them.
///
/// Before version 1.0 it adds the second line of a folded header to that header's name, and takes a line with an empty name
/// for the end of the head, so that what follows is read as another request; a value ends for it at a NUL. All of these show in where names and values lie in its
/// buffer, which holds the head as it came, with zeros for colons and line ends:
///
///     GET 0/ 0HTTP/1.1 0 0 Host 0 x 0 0 A 0 b 0 0 0 0
///     method               name   value           end
@safe struct ReceivedHeaders {
    private(set) var list: [(name: [UInt8], value: [UInt8])] = []
    private var hasJoinedNames = false
    private var hasFoldedLines = false
    private var lastEnd: UnsafePointer<CChar>?
    private var isEndMisread = false

    /// What makes the headers unfit to be used; `nil` when nothing does.
    ///
    /// Source: RFC 9112 sections 5.1 and 5.2.
    var objection: String? {
        if hasJoinedNames && hasFoldedLines {
            return "A header goes on in a second line, which HTTP/1.1 has given up."
        }
        return isEndMisread ? "A header's name is empty, or its value has a NUL character." : nil
    }

    /// Takes the headers of a request.
    ///
    /// - Parameters:
    ///   - connection: the connection.
    ///   - method: the method in the library's buffer, with which the head begins.
    /// - Returns: the headers.
    static func collect(_ connection: OpaquePointer, method: UnsafePointer<CChar>) -> ReceivedHeaders {
        var headers = ReceivedHeaders()
        unsafe withUnsafeMutablePointer(to: &headers) { pointer in
            let collect: MHD_KeyValueIteratorN = { closure, _, name, nameSize, value, valueSize in
                guard let closure = unsafe closure, let name = unsafe name else { return .YES }
                let headers = unsafe closure.assumingMemoryBound(to: ReceivedHeaders.self)
                unsafe headers.pointee.add(name, nameSize, value, valueSize)
                return .YES
            }
            _ = unsafe MHD_get_connection_values_n(connection, .HEADER_KIND, collect, pointer)
        }
        // Later versions read both right.
        guard unsafe String(cString: MHD_get_version()).hasPrefix("0.9.") else {
            headers.hasFoldedLines = false
            return headers
        }
        let size = unsafe mhd_head_size(connection)
        if size > 0, headers.hasJoinedNames, let lastEnd = unsafe headers.lastEnd {
            // Two line ends, of one kind.
            let distance = unsafe (method + size) - lastEnd
            headers.isEndMisread = distance != 2 && distance != 4
        }
        return headers
    }

    private mutating func add(
        _ name: UnsafePointer<CChar>,
        _ nameSize: Int,
        _ value: UnsafePointer<CChar>?,
        _ valueSize: Int
    ) {
        let nameBytes = unsafe [UInt8](UnsafeRawBufferPointer(start: name, count: nameSize))
        guard let value = unsafe value else {
            list.append((nameBytes, []))
            return
        }
        list.append((nameBytes, unsafe [UInt8](UnsafeRawBufferPointer(start: value, count: valueSize))))
        // A value follows its name, unless the name was copied to be made longer.
        var place = unsafe name + nameSize + 1
        while unsafe place.pointee == 0x20 || place.pointee == 9 { unsafe place += 1 }
        if unsafe place == value { hasJoinedNames = true } else { hasFoldedLines = true }
        unsafe lastEnd = value + valueSize
    }
}
