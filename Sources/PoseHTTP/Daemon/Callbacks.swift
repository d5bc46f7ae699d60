// SPDX-License-Identifier: Apache-2.0

import CPoseMicroHTTPD
import PoseSystem

// The functions that libmicrohttpd calls, all on the daemon's thread. `closure` is the server's context; `slot` holds the
// exchange from the request line on.

/// Begins an exchange with the request line, before the library takes it apart.
func requestLine(
    closure: UnsafeMutableRawPointer?,
    target: UnsafePointer<CChar>?,
    connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    guard let closure = unsafe closure, let target = unsafe target, let connection = unsafe connection else {
        return nil
    }
    let context = unsafe Unmanaged<ServerContext>.fromOpaque(closure).takeUnretainedValue()
    let exchange = unsafe Exchange(
        context: context,
        connection: connection,
        target: String(cString: target)
    )
    // The target is read as a whole; the library's own reading of the query gives up on many parameters without an answer. The
    // text is the library's receive buffer, which it writes to itself.
    if let query = unsafe strchr(target, CInt(UInt8(ascii: "?"))) { unsafe query[1] = 0 }
    return unsafe Unmanaged.passRetained(exchange).toOpaque()
}

/// Leaves `%41` as it is: the library would let broken escapes and zero bytes pass.
func keepEscapes(
    _: UnsafeMutableRawPointer?,
    _: OpaquePointer?,
    text: UnsafeMutablePointer<CChar>?
) -> Int {
    unsafe text.map { unsafe strlen($0) } ?? 0
}

func connectionChanged(
    closure: UnsafeMutableRawPointer?,
    connection: OpaquePointer?,
    socketContext: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    code: MHD_ConnectionNotificationCode
) {
    guard let closure = unsafe closure, let connection = unsafe connection else { return }
    let context = unsafe Unmanaged<ServerContext>.fromOpaque(closure).takeUnretainedValue()
    let monitor = context.monitor
    switch code {
    case .CONNECTION_NOTIFY_STARTED:
        unsafe socketContext?.pointee = closure
        unsafe monitor.opened(UInt(bitPattern: connection), descriptor: mhd_connection_socket(connection))
    case .CONNECTION_NOTIFY_CLOSED:
        let id = UInt(bitPattern: connection)
        if !context.isSecure && monitor.isUnanswered(id) {
            unsafe LibraryReply.answerWhatWasNoRequest(connection, in: context)
        }
        monitor.closed(id)
    }
}

/// Runs several times for a request: with its head, with each piece of its body, at its end, and when a connection that
/// was put to sleep is resumed.
func access(
    closure: UnsafeMutableRawPointer?,
    connection: OpaquePointer?,
    url: UnsafePointer<CChar>?,
    method: UnsafePointer<CChar>?,
    version: UnsafePointer<CChar>?,
    data: UnsafePointer<CChar>?,
    size: UnsafeMutablePointer<Int>?,
    slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let connection = unsafe connection, let method = unsafe method, let version = unsafe version,
        let size = unsafe size, let held = unsafe slot?.pointee
    else { return .NO }
    let exchange = unsafe Unmanaged<Exchange>.fromOpaque(held).takeUnretainedValue()
    if !exchange.hasBegun && !exchange.isAnswering {
        let headers = unsafe ReceivedHeaders.collect(connection, method: method)
        exchange.begin(
            unsafe RequestHead(
                method: String(cString: method),
                target: exchange.target,
                isHTTP10: strcmp(version, "HTTP/1.0") == 0,
                headers: headers.list,
                objection: headers.objection
            )
        )
        return .YES
    }
    if unsafe size.pointee > 0 {
        let bytes = unsafe UnsafeRawBufferPointer(start: data, count: size.pointee)
        unsafe size.pointee = 0
        return unsafe exchange.receive(bytes) ? .YES : .NO
    }
    if exchange.isAnswering {
        return exchange.takeReply().map { exchange.send($0) } ?? .YES
    }
    exchange.answerRequest()
    return .YES
}

func completed(
    closure: UnsafeMutableRawPointer?,
    connection: OpaquePointer?,
    slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _: MHD_RequestTerminationCode
) {
    guard let slot = unsafe slot, let held = unsafe slot.pointee else { return }
    unsafe slot.pointee = nil
    unsafe Unmanaged<Exchange>.fromOpaque(held).takeRetainedValue().complete()
}
