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

    /// Nothing is put into the place of the results before the end of a run.
    @Test func aRunThatWasKilledIsGoneOnWithHoweverOften() async throws {
        let program = try program()
        let name = "the results of all photos of the folder"
        let options = "--json '\(name).json' --csv t.csv"
        func parts() throws -> [String] { try program.files().filter { $0.hasSuffix(".part") } }
        let kill = "kill -KILL $child; truncate -s -9 .the*.part"
        #expect(try await program.shell(interrupted(options, by: kill)).lines.first == "137")
        #expect(try parts().count == 2)
        // What begins alike is another file.
        let other = try await program.shell("pose image p/10.png --json '\(name).jsonl' -q --resume")
        #expect(other.code == 0)
        #expect(try parts().count == 2)
        let second = try await program.shell(interrupted(options + " --resume", by: "kill -KILL $child"))
        #expect(second.lines.first == "137")
        #expect(try parts().count == 2)
        let third = try await program.shell("pose image p \(options) --no-timing --resume")
        #expect(third.code == 0)
        #expect((2...17).contains(third.lines.count))
        #expect(third.errors.hasSuffix("\(20 - third.lines.count) done before.\n"))
        #expect(try parts().isEmpty)
        let whole = try await program.shell("pose image p -q --no-timing --json w.json --csv w.csv")
        #expect(whole.code == 0)
        #expect(try program.read("\(name).json") == program.read("w.json"))
        #expect(try program.read("t.csv") == program.read("w.csv"))
    }

    @Test func whatAKilledRunLeftGoesWithARunThatBeginsAnew() async throws {
        let program = try program()
        _ = try await program.shell(interrupted("--json all.json", by: "kill -KILL $child"))
        let run = try await program.shell("pose image p/10.png --json all.json -q && cat all.json")
        #expect(run.code == 0)
        #expect(run.lines.count == 1)
        #expect(try !program.files().contains { $0.hasSuffix(".part") })
    }

    @Test func whatARunStillWritesIsNotTaken() async throws {
        let program = try program()
        let during = """
            kill -STOP $child; pose image p/10.png --json all.json --resume
            echo $(ls -A | grep -c part) parts; kill -KILL $child
            """
        let run = try await program.shell(interrupted("--json all.json", by: during))
        #expect(run.lines.first?.hasPrefix("p/10.png: 1 person") == true)
        #expect(run.lines.dropFirst().first == "1 parts")
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

    /// A photo that comes in front of others of its name takes the name that theirs had.
    @Test(arguments: ["--json o/", "--csv o/ --mask m/", "--output-dir o", "--json o/ -f openpose"])
    func aResultIsNotTakenForThatOfAnotherPhotoOfItsName(options: String) async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "d2/x.png")
        try program.place("bus.jpg", as: "d2/y.jpg")
        let command = "pose image d* \(options) --no-timing --resume"
        #expect(try await program.shell(command).code == 0)
        try program.place("zidane.jpg", as: "d1/x.jpg")
        try program.place("coffee.png", as: "d1/x.png")
        let second = try await program.shell(command)
        #expect(second.lines.map { $0.prefix(9) } == ["d1/x.jpg:", "d1/x.png:", "d2/x.png:"])
        #expect(second.errors.hasSuffix("1 done before.\n"))
        let third = try await program.shell(command)
        #expect(third.lines.isEmpty)
        #expect(third.errors.hasSuffix("4 done before.\n"))
        // A name that is left over is that of the last photo which had it.
        let fourth = try await program.shell("rm -r d1; \(command)")
        #expect(fourth.lines.map { $0.prefix(9) } == ["d2/x.png:"])
        #expect(fourth.errors.hasSuffix("1 done before.\n"))
    }

    @Test func whatIsMadeAnewTakesThePlaceOfTheOldRecord() async throws {
        let program = try TestProgram()
        for name in ["a.png", "b.png", "c.png"] { try program.place("astronaut.png", as: "d/\(name)") }
        func run(_ directory: String, _ more: String = "") async throws {
            let outputs = [
                "--json \(directory)/all.json", "--csv \(directory)/all.csv", "--output-dir \(directory)/out",
            ]
            let run = try await program.shell(
                "pose image d \(outputs.joined(separator: " ")) --no-timing -q \(more)"
            )
            #expect(run.code == 0, "\(run.errors)")
        }
        try await run("o")
        try program.place("bus.jpg", as: "d/b.png")
        try program.place("zidane.jpg", as: "d/b2.png")
        try await run("o", "--resume --max-people 0")
        try await run("w", "--max-people 0")
        for name in ["all.json", "all.csv"] {
            let lines = try ["o/\(name)", "w/\(name)"].map {
                String(decoding: try program.read($0), as: UTF8.self).split(separator: "\n").map(String.init)
            }
            // What is new stands behind what was there.
            let isNew = { (line: String) in line.contains("d/b2.png") }
            #expect(lines[0] == lines[1].filter { !isNew($0) } + lines[1].filter(isNew))
        }
        #expect(try program.read("o/out/b.png") == program.read("w/out/b.png"))
    }

    @Test func standardInputIsNeverDoneBefore() async throws {
        let program = try TestProgram()
        for name in ["astronaut.png", "bus.jpg"] { try program.place(name, as: name) }
        let command = "pose image - --json all.json --resume"
        for name in ["astronaut.png", "bus.jpg"] {
            let run = try await program.shell("cat \(name) | \(command) && cat all.json")
            #expect(run.lines.count == 2)
            #expect(
                run.lines.last?.contains(name == "bus.jpg" ? #""height":1080"# : #""height":512"#) == true
            )
        }
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

    @Test func aTableWithOtherColumnsOfAnglesIsNotGoneOnWith() async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "a.png")
        let sentences = [
            "":
                "The table has columns of angles; add --angles to go on with it, or begin anew without --resume.",
            "--angles":
                "The table has no columns of angles, and they are asked for now; leave that out to go on with it, or begin "
                + "anew without --resume.",
        ]
        for (options, sentence) in sentences {
            let first = options.isEmpty ? "--angles" : ""
            let run = try await program.shell(
                "pose image a.png -q --csv t.csv \(first); pose image a.png --csv t.csv \(options) --resume"
            )
            #expect(run.code == 2)
            #expect(run.errors == "pose: t.csv: \(sentence)\n")
        }
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
