// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("Command line: help, completion, manual") struct HelpTests {
    static let commands = [
        "image", "video", "camera", "serve", "models", "info", "completion", "man", "help",
    ]

    @Test(arguments: commands)
    func everyCommandHasHelpWithExamples(command: String) async throws {
        let program = try TestProgram()
        let help = try await program.pose(command, "--help")
        #expect(help.code == 0)
        #expect(help.errors.isEmpty)
        #expect(help.text.contains("\nUsage: pose \(command)"))
        #expect(help.text.contains("\n  -h, --help "))
        #expect(help.text.contains("\nExamples:\n  "))
        // A line that holds one long word, like a command to copy, may be longer.
        let prose = help.lines.prefix { !$0.hasPrefix("Examples:") }
        #expect(prose.allSatisfy { $0.count <= 80 })
        let short = try await program.pose(command, "-h")
        #expect(short.text == help.text)
        let asked = try await program.pose("help", command)
        #expect(command == "help" || asked.text == help.text)
    }

    @Test func overviewNamesEveryCommand() async throws {
        let program = try TestProgram()
        let overview = try await program.pose("--help")
        #expect(overview.code == 0)
        for command in Self.commands { #expect(overview.text.contains("\n  \(command) ")) }
        #expect(try await program.pose("help").text == overview.text)
    }

    @Test func helpWinsOverEverythingElse() async throws {
        let run = try await TestProgram().pose("image", "--threads", "0", "--help")
        #expect(run.code == 0)
        #expect(run.text.contains("Usage: pose image PHOTO…"))
    }

    @Test func versionIsOneLine() async throws {
        let run = try await TestProgram().pose("--version")
        #expect(run.code == 0)
        #expect(run.text.wholeMatch(of: /pose \d+\.\d+\.\d+\n/) != nil)
    }

    @Test func bashCompletes() async throws {
        let program = try TestProgram()
        let syntax = try await program.shell("pose completion bash | bash -n")
        #expect(syntax.code == 0)
        #expect(syntax.errors.isEmpty)
        let script = """
            source <(pose completion bash)
            ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _pose; echo "${COMPREPLY[@]}"; }
            ask pose im; ask pose image --min; ask pose image -c ''; ask pose models v
            """
        let completed = try await program.shell(script)
        #expect(completed.lines == ["image", "--min-detection --min-presence", "0 1 2", "verify"])
        #expect(completed.errors.isEmpty)
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completionKnowsEveryOption(shell: String) async throws {
        let program = try TestProgram()
        let script = try await program.pose("completion", shell)
        #expect(script.code == 0)
        let help = try await program.pose("image", "--help")
        let options = help.text.matches(of: /--[a-z-]+(?= )/).map { String($0.output) }
        #expect(options.count > 15)
        for option in options {
            let name = shell == "fish" ? "-l \(option.dropFirst(2)) " : option
            #expect(script.text.contains(name), "\(option)")
        }
    }

    /// Runs where these shells are installed; bash, which always is, has its own test above.
    @Test(arguments: ["zsh", "fish"])
    func otherShellsParseTheirScript(shell: String) async throws {
        let run = try await TestProgram().shell(
            "command -v \(shell) > /dev/null || exit 0; pose completion \(shell) | \(shell) -n /dev/stdin"
        )
        #expect(run.code == 0)
        #expect(run.errors.isEmpty)
    }

    @Test func manualHasEveryCommandAndExitCode() async throws {
        let run = try await TestProgram().pose("man")
        #expect(run.code == 0)
        #expect(run.text.hasPrefix(".TH POSE 1 "))
        for command in Self.commands { #expect(run.text.contains(".SS \"pose \(command)")) }
        for code in [0, 2, 65, 66, 69, 70, 74] { #expect(run.text.contains("\n.TP\n\(code)\n")) }
        #expect(run.text.contains("POSE_MAX_ISA"))
        let requests = run.lines.filter { $0.hasPrefix(".") }.map { $0.prefix { $0 != " " } }
        let known: Set<Substring> = [".TH", ".SH", ".SS", ".TP", ".PP", ".br", ".nf", ".fi"]
        #expect(Set(requests).isSubset(of: known))
    }

    @Test func infoTellsWhatItRunsOn() async throws {
        let program = try TestProgram()
        let run = try await program.pose("info", environment: ["POSE_MAX_ISA": "scalar"])
        #expect(run.code == 0)
        for label in [
            "version:", "system:", "processor:", "cores:", "instruction set:", "kernels:", "model:",
        ] {
            #expect(run.lines.contains { $0.hasPrefix(label) })
        }
        #expect(run.lines.contains { $0.hasPrefix("instruction set:  scalar (runnable: scalar") })
        let libraries = try #require(run.lines.first { $0.hasPrefix("libraries:") })
        let names = [
            "libjpeg-turbo", "zlib", "libwebp", "libheif", "libtiff", "giflib", "gdk-pixbuf", "cairo",
            "libmicrohttpd", "nettle",
        ]
        let parts = libraries.dropFirst("libraries:".count).split(separator: ",").map {
            $0.split(separator: " ")
        }
        #expect(parts.map { $0.first.map(String.init) ?? "" } == names)
        for part in parts.dropFirst() { #expect(part.count == 2 && part[1].contains(#/^\d+\.\d+/#)) }
        #expect(parts.first?.last?.hasPrefix("(libjpeg.") == true)
        let knobs = try await program.pose("info", "--knobs", environment: ["POSE_MAX_ISA": "scalar"])
        #expect(knobs.text.contains("POSE_MAX_ISA=scalar\n"))
        #expect(knobs.text.contains("POSE_MODELS="))
    }

    @Test func aReaderThatLeavesIsNoCrash() async throws {
        let run = try await TestProgram().shell("pose man | true; echo ${PIPESTATUS[0]}")
        #expect(["0", "141"].contains(run.lines.first))
        #expect(run.errors.isEmpty)
    }

    @Test func helpOnAFullDeviceIsAnOutputError() async throws {
        let run = try await TestProgram().shell("pose image --help > /dev/full")
        #expect(run.code == 74)
        #expect(run.errors == "pose: Standard output could not be written: No space left on device.\n")
    }
}
