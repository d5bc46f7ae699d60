// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseMotion
import PoseSystem

/// The options that send each frame to another program, of `pose video` and `pose camera`.
enum SendingOptions {
    static let vmc = Option<HostAndPort>(
        "vmc",
        "HOST[:PORT]",
        .place(defaultPort: VMCEncoder.port),
        help: "Send one person as a skeleton to Unity and others by the VMC protocol; port 39539 unless told"
    )
    static let vrchat = Option<HostAndPort>(
        "vrchat",
        "HOST[:PORT]",
        .place(defaultPort: VRChatEncoder.port),
        help: "Send one person as trackers to VRChat over OSC; port 9000 unless told"
    )
    static let udp = Option<HostAndPort>(
        "udp",
        "HOST:PORT",
        .place(defaultPort: nil),
        help: "Send each frame's pose/1 line as a datagram, with all people"
    )
    static let height = Option<Double>(
        "height",
        "METRES",
        .bodyHeight,
        default: "as the landmarks say",
        help: "--vmc, --vrchat: how high the person stands"
    )

    /// The rows of the table.
    static let specifications = [
        vmc.specification, vrchat.specification, udp.specification, height.specification,
    ]
}

extension ValueSyntax where Value == HostAndPort {
    /// `host:port`; the port may be left out where there is a default.
    fileprivate static func place(defaultPort: UInt16?) -> Self {
        let allowed =
            defaultPort == nil
            ? "a host and a port, such as 127.0.0.1:5005"
            : "a host, or a host and a port, such as 127.0.0.1 or 192.168.1.20:\(defaultPort ?? 0)"
        return Self(allowed: allowed, completion: .nothing, schema: .text) {
            HostAndPort($0, defaultPort: defaultPort)
        }
    }
}
