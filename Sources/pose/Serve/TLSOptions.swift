// SPDX-License-Identifier: Apache-2.0

import PoseAnalysis
import PoseHTTP
import PoseSystem

/// The options of `pose serve` about TLS.
enum TLSOptions {
    static let certificate = Option<FilePath>(
        "tls-cert",
        "FILE",
        .file,
        help: "Speak TLS with this certificate in PEM, followed by those that vouch for it"
    )
    static let key = Option<FilePath>(
        "tls-key",
        "FILE",
        .file,
        default: "the certificate's file",
        help: "The certificate's key in PEM, without a passphrase"
    )
    static let mode = Option<String>(
        "tls",
        "MODE",
        .choice([("self-signed", "self-signed")]),
        help: "self-signed: speak TLS with a certificate for the local network, made and kept here"
    )

    static let specifications = [certificate.specification, key.specification, mode.specification]

    /// The certificate that the options ask for.
    ///
    /// - Parameter arguments: the command line.
    /// - Returns: `nil` for plain HTTP.
    /// - Throws: ``UsageError`` for options that do not go together, ``CommandFailure`` for files that cannot be used.
    static func identity(_ arguments: ParsedArguments) throws -> TLSIdentity? {
        let certificateFile = arguments[certificate]
        if arguments[mode] != nil {
            if certificateFile != nil || arguments[key] != nil {
                throw UsageError(
                    "--tls self-signed makes a certificate; --tls-cert and --tls-key name one. Give either."
                )
            }
            return try checked { () throws(TLSError) in try selfSigned() }
        }
        guard let certificateFile else {
            if arguments[key] != nil {
                throw UsageError("--tls-key needs --tls-cert, the key's certificate.")
            }
            return nil
        }
        let keyFile = arguments[key] ?? certificateFile
        return try checked { () throws(TLSError) in
            try TLSIdentity.load(certificate: certificateFile, key: keyFile)
        }
    }

    private static func selfSigned() throws(TLSError) -> TLSIdentity {
        let subject = SelfSignedIdentity.Subject.thisMachine()
        guard let directory = SelfSignedIdentity.directory() else {
            return try SelfSignedIdentity.make(for: subject)
        }
        return try SelfSignedIdentity.obtain(in: directory, for: subject)
    }

    /// Translates errors, and prints what is to be told.
    private static func checked(_ obtain: () throws(TLSError) -> TLSIdentity) throws(CommandFailure)
        -> TLSIdentity
    {
        do throws(TLSError) {
            let identity = try obtain()
            for warning in identity.warnings { StandardError.say("warning: \(warning)") }
            return identity
        } catch {
            let code: ExitCode =
                switch error.code {
                case .unreadable: .noInput
                case .libraryFailure: .internalError
                default: .badInput
                }
            throw CommandFailure(code, error.message)
        }
    }
}
