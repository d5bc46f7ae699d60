// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("Command line: interruptions") struct InterruptionTests {
    /// A program with twenty photos, `p/10.png` to `p/29.png`.
    private func program() throws -> TestProgram {
        let program = try TestProgram()
        for index in 10..<30 { try program.place("astronaut.png", as: "p/\(index).png") }
        return program
    }

    /// Begins a run, and signals it as soon as two photos are done.
    ///
    /// In a script, what runs in the background ignores SIGINT, unless `set -m` is on.
    private func interrupted(_ options: String, by signals: String) -> String {
        """
        set -m; ulimit -c 0
        pose image p \(options) -t 1 --no-timing > out.txt 2> err.txt & child=$!
        for i in {1..6000}; do [ "$(grep -c person out.txt)" -ge 2 ] && break; sleep 0.01; done
        \(signals); wait $child; echo $?; cat err.txt
        """
    }

    @Test(arguments: [("INT", "130"), ("TERM", "143"), ("HUP", "129")])
    func resultsSoFarAreKept(signal: String, code: String) async throws {
        let program = try program()
        let script = interrupted("--json all.json --csv all.csv --mask m/", by: "kill -\(signal) $child")
        let run = try await program.shell(script)
        #expect(run.lines.first == code)
        let text = String(decoding: try program.read("all.json"), as: UTF8.self)
        let lines = text.split(separator: "\n")
        #expect((2..<20).contains(lines.count))
        #expect(text.hasSuffix("}\n"))
        for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
        let table = String(decoding: try program.read("all.csv"), as: UTF8.self)
        #expect(table.hasSuffix("\n"))
        #expect(table.split(separator: "\n").count == lines.count + 1)
        #expect(
            run.lines.last
                == "pose: interrupted by SIG\(signal): \(lines.count) of 20 photos are done, with the results in "
                + "'all.json' and 'all.csv'. The same command with --resume goes on there."
        )
        #expect(try program.files().allSatisfy { !$0.hasSuffix(".part") })
    }

    @Test func anArrayIsClosed() async throws {
        let program = try program()
        let run = try await program.shell(interrupted("--json all.json -f coco", by: "kill -TERM $child"))
        #expect(run.lines.first == "143")
        let array = try JSONSerialization.jsonObject(with: program.read("all.json")) as? [Any]
        #expect((array?.count ?? 0) >= 2)
    }

    /// As `timeout` sends it: to the program and to its group.
    @Test func aSignalThatComesTwiceAtOnceIsOneRequest() async throws {
        let program = try program()
        let script = interrupted("--json all.json", by: "kill -TERM $child; sleep 0.05; kill -TERM $child")
        let run = try await program.shell(script)
        #expect(run.lines.first == "143")
        #expect(run.lines.last?.hasPrefix("pose: interrupted by SIGTERM: ") == true)
        #expect(try program.files().contains("all.json"))
    }

    @Test func aSecondSignalEndsAtOnce() async throws {
        let program = try TestProgram()
        // The program gives up on the pipe two seconds after the first signal: where a busy machine let more than that go by
        // before the last one was sent, nothing is known, and it is tried again.
        let script = """
            mkfifo pipe; exec 3<> pipe
            for attempt in {1..8}; do
                pose image - --json all.json < pipe 2> err.txt & child=$!
                for i in {1..3000}; do ls -A | grep -q part && break; sleep 0.02; done
                start=${EPOCHREALTIME/[.,]/}
                for i in 1 2 3; do kill -TERM $child 2> /dev/null; end=${EPOCHREALTIME/[.,]/}; sleep 0.65; done
                wait $child; code=$?
                ((end - start < 1900000)) && break
            done
            echo $code; cat err.txt; ls -A
            """
        let run = try await program.shell(script)
        #expect(run.lines == ["143", "err.txt", "pipe"])
    }

    /// Nothing that waits for a pipe may hold the end up.
    @Test func aPhotoThatNeverComesIsNotWaitedFor() async throws {
        let program = try TestProgram()
        let script = """
            mkfifo pipe; exec 3<> pipe
            pose image - --json all.json < pipe 2> err.txt & child=$!
            for i in {1..3000}; do ls -A | grep -q part && break; sleep 0.02; done
            kill -TERM $child; wait $child; echo $?; cat err.txt; ls -A
            """
        let run = try await program.shell(script)
        let message =
            "pose: interrupted by SIGTERM: 0 of 1 photos are done. The same command with --resume goes on there."
        #expect(run.lines == ["143", message, "err.txt", "pipe"])
    }

    @Test func whatIsIgnoredStaysIgnored() async throws {
        let program = try TestProgram()
        for index in 1...3 { try program.place("astronaut.png", as: "p/\(index).png") }
        let script = """
            (trap '' HUP; exec pose image p --json all.json > out.txt 2> err.txt) & child=$!
            for i in {1..3000}; do ls -A | grep -q part && break; sleep 0.02; done
            kill -HUP $child; wait $child; echo $?
            """
        let run = try await program.shell(script)
        #expect(run.lines == ["0"])
    }

    // MARK: - Going on

    @Test func aResumedRunEndsWithTheResultsOfAWholeOne() async throws {
        let program = try program()
        let options = "--json all.json --csv all.csv --output-dir out"
        _ = try await program.shell(interrupted(options, by: "kill -INT $child"))
        let part = try program.read("all.json")
        let resumed = try await program.shell("pose image p \(options) --no-timing --resume")
        #expect(resumed.code == 0)
        #expect(resumed.errors.hasSuffix(" done before.\n"))
        let whole = try await program.shell(
            "pose image p -q --no-timing --json w.json --csv w.csv --output-dir w"
        )
        #expect(whole.code == 0)
        #expect(try program.read("all.json") == program.read("w.json"))
        #expect(try program.read("all.csv") == program.read("w.csv"))
        #expect(try program.read("all.json").starts(with: part))
        #expect(try program.files().filter { $0.hasPrefix("out/") }.count == 20)
        let again = try await program.shell("pose image p \(options) --no-timing --resume")
        #expect(again.errors == "0 photos: 0 people; 20 done before.\n")
        #expect(try program.read("all.json") == program.read("w.json"))
    }

    @Test func aBrokenLastLineIsWrittenAnew() async throws {
        let program = try TestProgram()
        for name in ["a.png", "b.png"] { try program.place("astronaut.png", as: name) }
        let whole = try await program.pose("image", "a.png", "b.png", "--json", "-", "--no-timing")
        for cut in [1, 2, 100, whole.lines[1].utf8.count] {
            try program.write("all.json", whole.output.dropLast(cut))
            let run = try await program.shell(
                "pose image a.png b.png --json all.json --no-timing --resume -q"
            )
            #expect(run.code == 0)
            #expect(try program.read("all.json") == whole.output)
        }
    }

    @Test func aPhotoIsDoneAnewWhenOneOfItsFilesIsMissing() async throws {
        let program = try TestProgram()
        for name in ["a.png", "b.png"] { try program.place("astronaut.png", as: name) }
        let command = "pose image a.png b.png --json j/ --mask m/ --output-dir o --resume"
        #expect(try await program.shell(command).code == 0)
        try program.write("j/a.json", Data())
        let run = try await program.shell(command)
        #expect(run.code == 0)
        #expect(run.lines.count == 1)
        #expect(run.lines.first?.hasPrefix("a.png: 1 person") == true)
        #expect(run.errors.hasSuffix("1 person; 1 done before.\n"))
        #expect(try !program.read("j/a.json").isEmpty)
    }

    @Test func resultsOfAnotherComplexityAreNotGoneOnWith() async throws {
        let program = try TestProgram()
        for name in ["a.png", "b.png"] { try program.place("astronaut.png", as: name) }
        #expect(try await program.pose("image", "a.png", "--json", "all.json").code == 0)
        let before = try program.read("all.json")
        let run = try await program.pose(
            "image",
            "a.png",
            "b.png",
            "--json",
            "all.json",
            "--resume",
            "-c",
            "0"
        )
        #expect(run.code == 2)
        #expect(
            run.errors
                == "pose: all.json: its results are of complexity 1, and 0 is asked for now; add --complexity 1 "
                + "to go on with it, or begin anew without --resume.\n"
        )
        #expect(try program.read("all.json") == before)
        #expect(try program.files() == ["a.png", "all.json", "b.png"])
    }

    @Test func aFileThatIsNotOfTheFormatIsNotGoneOnWith() async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "a.png")
        let texts = ["all.json": "{\"version\":1}\n{}\n", "all.csv": "name,age\nx,1\n"]
        for (name, text) in texts {
            try program.write(name, Data(text.utf8))
            let option = name == "all.csv" ? "--csv" : "--json"
            let run = try await program.pose("image", "a.png", option, name, "--resume")
            #expect(run.code == 65)
            #expect(run.errors.hasPrefix("pose: \(name): "))
            #expect(run.errors.contains("without --resume"))
            #expect(try program.read(name) == Data(text.utf8))
            #expect(
                try program.files()
                    == (["a.png"]
                    + texts.keys.filter {
                        FileManager.default.fileExists(atPath: program.directory.appending(path: $0).path)
                    }).sorted()
            )
        }
    }
}
