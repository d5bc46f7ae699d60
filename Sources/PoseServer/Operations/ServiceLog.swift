// SPDX-License-Identifier: Apache-2.0

package import PoseHTTP
import PoseSystem

/// What the service writes beside its answers.
struct ServiceLog: Sendable {
    var format: RequestLog.Format = .text
    var write: @Sendable (String) -> Void

    /// Writes what an operator may want to know of a fault, and its client must not.
    func write(_ fault: ServiceFault, of request: HTTPRequest) {
        guard let detail = fault.detail else { return }
        switch format {
        case .text: write("\(fault.code): \(detail)\(request.id.isEmpty ? "" : " id=\(request.id)")")
        case .json:
            write(
                "{\"level\":\"\(fault.status < 500 ? "warning" : "error")\",\"event\":\"fault\",\"request_id\":"
                    + "\(JSONText.quoted(request.id)),\"code\":\(JSONText.quoted(fault.code)),\"message\":"
                    + "\(JSONText.quoted(detail))}"
            )
        }
    }
}

extension RequestLog.Format {
    /// A writer of such lines on standard error.
    var standardError: LogWriter {
        switch self {
        case .text: .standardError
        case .json: LogWriter(descriptor: STDERR_FILENO, form: Self.jsonLine)
        }
    }

    /// One line of JSON: an object gets the time as its first member, any other text becomes an object's message.
    package static func jsonLine(time: String, text: String) -> String {
        let time = "\"time\":\(JSONText.quoted(time))"
        guard text.hasPrefix("{\"") else {
            return "{\(time),\"level\":\"info\",\"event\":\"message\",\"message\":\(JSONText.quoted(text))}"
        }
        return "{\(time),\(text.dropFirst())"
    }
}
