// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("Command line: environment and files of options") struct ConfigurationTests {
    @Test func theCommandLineGoesBeforeTheEnvironmentAndThatBeforeTheFile() async throws {
        let program = try TestProgram()
        try program.write("pose.conf", Data("models-dir = from-file\n".utf8))
        func directory(_ arguments: String, _ environment: String = "") async throws -> String {
            let run = try await program.shell(
                "unset POSE_MODELS; \(environment) pose models path \(arguments)"
            )
            #expect(run.code == 0, "\(run.errors)")
            return run.text
        }
        let file = "--config pose.conf"
        #expect(try await directory(file) == "from-file\n")
        #expect(try await directory(file, "POSE_MODELS_DIR=from-environment") == "from-environment\n")
        #expect(
            try await directory("\(file) --models-dir typed", "POSE_MODELS_DIR=from-environment") == "typed\n"
        )
        #expect(try await directory("", "POSE_CONFIG=pose.conf") == "from-file\n")
        // What went before there were other variables goes behind them.
        #expect(try await directory("", "POSE_MODELS=old") == "old\n")
        #expect(try await directory("", "POSE_MODELS=old POSE_MODELS_DIR=new") == "new\n")
    }

    @Test(arguments: [
        ("port = 1\nprot = 2\n", "pose.conf:2: pose serve has no option 'prot'. Did you mean port?"),
        (
            "max_upload = 1MB\n",
            "pose.conf:1: pose serve has no option 'max_upload'. Did you mean max-upload?"
        ),
        ("# x\n\nport = 70000\n", "pose.conf:3: port must be 0…65535, got 70000."),
        ("port\n", "pose.conf:1: expected 'name = value', got 'port'."),
        ("port = 1\nport = 2\n", "pose.conf:2: port is there twice."),
        ("output = a.jpg\n", "pose.conf:1: 'output' is an option of 'pose image', not of 'pose serve'."),
        (
            "cors = https://a.example, nonsense\n",
            "pose.conf:1: cors must be a site such as https://example.org"
        ),
        (
            "{\"port\": 1,\n \"max-upload\": \"1YB\"}",
            "pose.conf:2: max-upload must be 1kB…2GB (such as 20MB), got 1YB."
        ),
        ("{\"port\": [1, 2]}", "pose.conf:1: port must be one value, got a list of 2."),
        ("{\"port\": {}}", "pose.conf:1: port must be a text, a number, true or false, or a list of texts."),
        ("{\"port\": 1", "pose.conf:1: the end"),
        ("config = other.conf\n", "pose.conf:1: pose serve has no option 'config'."),
        ("allow-damaged = perhaps\n", "pose.conf:1: allow-damaged must be true or false, got perhaps."),
    ])
    func mistakesInAFileNameItAndTheLine(text: String, message: String) async throws {
        let program = try TestProgram()
        try program.write("pose.conf", Data(text.utf8))
        let run = try await program.shell("timeout 60 pose serve --config pose.conf")
        #expect(run.code == 2)
        #expect(run.errors.hasPrefix("pose: \(message)"), "\(run.errors)")
    }

    /// What looks like an option's is one that was misspelt: a server without the tokens that were meant would be worse.
    @Test(
        arguments: [
            ("POSE_TOKEN_FLIE", "POSE_TOKEN_FILE"), ("POSE_TOKEN", "POSE_TOKEN_FILE"),
            ("POSE_MAXUPLOAD", "POSE_MAX_UPLOAD"), ("POSE_MAX_ISO", "POSE_MAX_ISA"),
        ]
    )
    func variablesThatAreNearlyAnOptionsAreRefused(name: String, meant: String) async throws {
        let run = try await TestProgram().pose("serve", environment: [name: "1"])
        #expect(run.code == 2)
        #expect(
            run.errors.hasPrefix("pose: \(name) is no variable of pose. Did you mean \(meant)? Unset it"),
            "\(run.errors)"
        )
    }

    @Test(arguments: [
        "POSE_STRICT", "POSE_MODELS_MIRROR", "POSE_FUZZ", "POSE_CAMERA_NAME", "POSE_MAX", "POSE_",
    ])
    func otherProgramsVariablesPass(name: String) async throws {
        let run = try await TestProgram().pose("models", "path", environment: [name: "1", "POSE_TOKEN": ""])
        #expect(run.code == 0, "\(run.errors)")
    }

    @Test func mistakesInTheEnvironmentNameTheVariable() async throws {
        let program = try TestProgram()
        let port = try await program.pose("serve", environment: ["POSE_PORT": "many"])
        #expect(port.code == 2 && port.errors.hasPrefix("pose: POSE_PORT must be 0…65535, got many."))
        let flag = try await program.pose("image", "x.jpg", environment: ["POSE_QUIET": "perhaps"])
        #expect(
            flag.code == 2 && flag.errors.hasPrefix("pose: POSE_QUIET must be true or false, got perhaps.")
        )
        let missing = try await program.pose("serve", "--config", "nowhere.conf")
        #expect(
            missing.code == 2
                && missing.errors.hasPrefix("pose: --config: nowhere.conf cannot be read: No such")
        )
        let other = try await program.pose("serve", "--config", "/dev/null")
        #expect(other.code == 2 && other.errors.hasPrefix("pose: --config: /dev/null cannot be read"))
    }

    @Test func aFlagOfTheEnvironmentCanBeOffAgain() async throws {
        let program = try TestProgram()
        try program.write("pose.conf", Data("no-timing = yes\n".utf8))
        try program.place("astronaut.png", as: "me.png")
        let arguments = "image me.png --json - --config pose.conf"
        let off = try await program.shell("pose \(arguments)")
        #expect(off.text.contains("\"people\"") && !off.text.contains("timing_ms"))
        let on = try await program.shell("POSE_NO_TIMING=false pose \(arguments)")
        #expect(on.text.contains("timing_ms"))
    }

    /// Places have commas of their own, names of files commas and blanks.
    @Test(arguments: [
        "POSE_FACES='5,6,70,80;300,10,40,40' POSE_REPORT='the report, whole.json' pose",
        "POSE_CONFIG=pose.conf pose", "POSE_CONFIG=pose.json pose",
    ])
    func valuesWithCommasOfTheirOwnAreNotTakenForLists(program spelling: String) async throws {
        let program = try TestProgram()
        let lines = "faces = 5,6,70,80;300,10,40,40\nreport = the report, whole.json\n"
        try program.write("pose.conf", Data(lines.utf8))
        let json = #"{"faces": ["5,6,70,80", "300,10,40,40"], "report": "the report, whole.json"}"#
        try program.write("pose.json", Data(json.utf8))
        try program.place("astronaut.png", as: "me.png")
        let run = try await program.shell("\(spelling) anonymize me.png --quick -o out.png")
        #expect(run.code == 0, "\(run.errors)")
        let report = String(decoding: try program.read("the report, whole.json"), as: UTF8.self)
        for box in ["[5,6,70,80]", "[300,10,40,40]"] {
            #expect(report.replacing(" ", with: "").contains(box), "\(report)")
        }
    }

    /// What goes before switches off what contradicts it.
    @Test(arguments: [
        ("POSE_LENIENT=1", "-o out.png --strict", "out.png"),
        ("POSE_STRICT=1", "-o out.png --lenient", "out.png"),
        ("POSE_KEEP_LARGEST=true", "-o out.png --only-background", "out.png"),
        ("POSE_STRICT=1", "-o out.png --config lenient.conf", "out.png"),
        ("", "--output-dir out --config output.conf", "out/me.png"),
        ("POSE_OUTPUT_DIR=other", "-o out.png --config output.conf", "out.png"),
        ("POSE_STYLE=mosaic", "-o out.png --color 102030", "out.png"),
        ("POSE_COLOR=102030", "-o out.png --style mosaic", "out.png"),
        ("POSE_LENIENT=no POSE_STRICT=yes", "-o out.png", "out.png"),
    ])
    func whatIsTypedTakesBackItsContraryFromElsewhere(
        environment: String,
        arguments: String,
        output: String
    ) async throws {
        let program = try TestProgram()
        try program.write("lenient.conf", Data("lenient = true\n".utf8))
        try program.write("output.conf", Data("output = from-file.png\n".utf8))
        try program.place("astronaut.png", as: "me.png")
        let run = try await program.shell(
            "unset POSE_STRICT; \(environment) pose anonymize me.png --quick \(arguments)"
        )
        #expect(run.code == 0, "\(run.errors)")
        #expect(
            try program.files() == ["lenient.conf", "me.png", "output.conf", output].sorted()
        )
    }

    @Test(arguments: [
        ("POSE_STRICT=1 POSE_LENIENT=1", "", "POSE_STRICT and POSE_LENIENT contradict each other; "),
        ("", "--config both.conf", "both.conf: strict and lenient contradict each other; "),
        ("POSE_LENIENT=1", "--strict --lenient", "--strict and --lenient contradict each other; "),
        ("", "--config outputs.conf", "outputs.conf: output names one file and output-dir a directory: "),
    ])
    func aContradictionWithinOnePlaceNamesIt(
        environment: String,
        arguments: String,
        message: String
    ) async throws {
        let program = try TestProgram()
        try program.write("both.conf", Data("strict = true\nlenient = true\n".utf8))
        try program.write("outputs.conf", Data("output = a.png\noutput-dir = a\n".utf8))
        let output = arguments.contains("outputs") ? "" : "-o b.png"
        // Builds may have the variable set, which is an option's as well.
        let run = try await program.shell(
            "unset POSE_STRICT; \(environment) pose anonymize a.png \(output) \(arguments)"
        )
        #expect(run.code == 2)
        #expect(run.errors.hasPrefix("pose: \(message)"), "\(run.errors)")
    }

    @Test func infoListsWhatIsSet() async throws {
        let run = try await TestProgram().pose("info", "--knobs", environment: ["POSE_MAX_PEOPLE": "3"])
        #expect(run.lines.contains("        POSE_MAX_PEOPLE=3"))
    }
}
