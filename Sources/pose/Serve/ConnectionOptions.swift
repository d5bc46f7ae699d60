// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseHTTP
import PoseServer
import PoseSystem

/// The options of `pose serve` about connections, and what is printed once it listens.
enum ConnectionOptions {
    static let maxPerAddress = Option<Int>(
        "max-connections-per-address",
        "N",
        .integer(1...512),
        default: "no limit",
        help: "Take up to N connections of one address at a time, 1…512; behind a proxy all come from one"
    )

    static let allowedHost = Option<String>(
        "allowed-host",
        "NAME",
        ValueSyntax(
            allowed: "a name such as pose.example.org without scheme and port, or * (any)",
            completion: .nothing,
            schema: .text,
            parse: AllowedHosts.name
        ),
        isRepeatable: true,
        help:
            "Answer under NAME too, not under addresses and names of this network alone; can be given several times"
    )

    static let specifications =
        [maxPerAddress.specification, allowedHost.specification] + TLSOptions.specifications

    /// Sets what the options say.
    ///
    /// - Parameters:
    ///   - arguments: the command line.
    ///   - runner: what is set.
    /// - Throws: ``UsageError`` for options that do not go together, ``CommandFailure`` for files that cannot be used.
    static func apply(_ arguments: ParsedArguments, to runner: inout ServerRunner) throws {
        runner.maxConnectionsPerAddress = arguments[maxPerAddress]
        runner.allowedHosts = Set(arguments.all(allowedHost))
        runner.identity = try TLSOptions.identity(arguments)
    }

    /// Prints where the server listens.
    ///
    /// - Parameters:
    ///   - url: where it listens.
    ///   - runner: what it was told.
    static func announce(_ url: String, of runner: ServerRunner) {
        let notice = ListeningNotice(url: url, identity: runner.identity, addresses: LocalAddress.all())
        let lines = notice.lines(hasCode: StandardOutput.isTerminal)
        try? StandardOutput.write(lines.map { Wording.translated($0) + "\n" }.joined())
    }
}
