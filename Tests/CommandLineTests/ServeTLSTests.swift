// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("Command line: serve with TLS") struct ServeTLSTests {
    /// Waits until the server listens, and takes its port.
    private static let started = """
        for i in {1..3000}; do grep -q Listening out.txt && break; sleep 0.02; done
        port=$(sed -n 's/^Listening on https:[^ ]*:\\([0-9]*\\) .*/\\1/p' out.txt)
        """

    @Test func theSelfSignedCertificateIsKeptAndVerifiesAndItsFingerprintIsSaid() async throws {
        let program = try TestProgram()
        let script = """
            export XDG_STATE_HOME=$PWD/state
            for round in 1 2; do
                pose serve --port 0 --tls self-signed > out.txt 2> err.txt & server=$!
                \(Self.started)
                curl --silent --show-error --cacert state/swift-pose/tls/self-signed.pem https://localhost:$port/healthz
                served=$(openssl s_client -connect 127.0.0.1:$port < /dev/null 2> /dev/null |
                    openssl x509 -noout -fingerprint -sha256 | sed 's/.*=//')
                grep -c "SHA-256: $served" out.txt
                echo $served >> fingerprints
                kill -TERM $server; wait $server; echo $?
            done
            uniq fingerprints | wc -l
            stat -c %a state/swift-pose/tls/self-signed.pem
            """
        let run = try await program.shell(script)
        let round = ["{\"status\":\"ok\"}", "1", "0"]
        #expect(run.lines == round + round + ["1", "600"], "\(run.errors)")
        let notice = String(decoding: try program.read("out.txt"), as: UTF8.self)
        #expect(notice.contains("state/swift-pose/tls/self-signed.pem' until 20"))
        // No code in a file.
        #expect(!notice.contains("█") && !notice.contains("\u{1B}"))
    }

    @Test func aCertificateOfOpenSSLServes() async throws {
        let program = try TestProgram()
        let script = """
            openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 30 -subj /CN=localhost \
                -addext subjectAltName=DNS:localhost 2> /dev/null
            chmod 644 key.pem
            pose serve --port 0 --tls-cert cert.pem --tls-key key.pem > out.txt 2> err.txt & server=$!
            \(Self.started)
            curl --silent --show-error --cacert cert.pem https://localhost:$port/healthz
            kill -TERM $server; wait $server; echo $?
            grep -c "warning: Everybody .* 'key.pem'" err.txt
            """
        let run = try await program.shell(script)
        #expect(run.lines == ["{\"status\":\"ok\"}", "0", "1"], "\(run.errors)")
    }

    @Test func filesAndOptionsThatDoNotFitAreNamed() async throws {
        let program = try TestProgram()
        let made = try await program.shell(
            "for i in a b; do openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
                + "-keyout $i.key -out $i.pem -days 30 -subj /CN=localhost 2> /dev/null; done; echo text > text"
        )
        #expect(made.code == 0)
        let cases: [([String], Int32, String)] = [
            (["--tls-cert", "a.pem", "--tls-key", "b.key"], 65, "'b.key' does not belong to 'a.pem'"),
            (["--tls-cert", "none.pem", "--tls-key", "a.key"], 66, "'none.pem' cannot be read"),
            (["--tls-cert", "text", "--tls-key", "a.key"], 65, "'text' is not a certificate in PEM"),
            (["--tls-cert", "a.pem", "--tls-key", "text"], 65, "'text' is not a private key in PEM"),
            (["--tls-cert", "a.pem"], 65, "'a.pem' is not a private key in PEM"),
            (["--tls-key", "a.key"], 2, "--tls-key needs --tls-cert"),
            (["--tls", "self-signed", "--tls-cert", "a.pem"], 2, "Give either"),
            (["--tls", "on"], 2, "--tls must be self-signed, got on"),
            (["--max-connections-per-address", "0"], 2, "--max-connections-per-address must be 1…512"),
        ]
        for (options, code, part) in cases {
            let run = try await program.shell(
                "timeout 60 pose serve --port 0 \(options.joined(separator: " "))"
            )
            #expect(run.code == code, "\(options): \(run.errors)")
            #expect(run.errors.contains(part), "\(options): \(run.errors)")
            #expect(run.text.isEmpty)
        }
    }
}
