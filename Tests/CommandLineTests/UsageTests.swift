// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("Command line: usage errors") struct UsageTests {
    /// A command line that cannot be followed, and the first line of what is said.
    struct Wrong: Sendable, CustomTestStringConvertible {
        var arguments: String
        var message: String

        init(_ arguments: String, _ message: String) {
            self.arguments = arguments
            self.message = message
        }

        var testDescription: String { "pose \(arguments)" }
    }

    static let ranges = [
        Wrong("image a.jpg --threads 0", "--threads must be 1…64, got 0."),
        Wrong("image a.jpg --threads 65", "--threads must be 1…64, got 65."),
        Wrong("image a.jpg -t two", "--threads must be 1…64, got two."),
        Wrong("image a.jpg -t-1", "--threads must be 1…64, got -1."),
        Wrong(
            "image a.jpg --complexity 3",
            "--complexity must be 0, 1 or 2 (or lite, full or heavy), got 3."
        ),
        Wrong(
            "image a.jpg --complexity=",
            "--complexity must be 0, 1 or 2 (or lite, full or heavy), got nothing."
        ),
        Wrong("image a.jpg --max-people 101", "--max-people must be 0…100, got 101."),
        Wrong("image a.jpg --min-detection 1.5", "--min-detection must be 0…1, got 1.5."),
        Wrong("image a.jpg --min-detection -0.5", "--min-detection must be 0…1, got -0.5."),
        Wrong("image a.jpg --min-detection nan", "--min-detection must be 0…1, got nan."),
        Wrong("image a.jpg --min-presence 0x1", "--min-presence must be 0…1, got 0x1."),
        Wrong("image a.jpg --max-pixels 0", "--max-pixels must be 1…1G (such as 64M), got 0."),
        Wrong("image a.jpg --max-pixels 2G", "--max-pixels must be 1…1G (such as 64M), got 2G."),
        Wrong(
            "image a.jpg --json - --format xml",
            "--format must be pose, mediapipe, coco or openpose, got xml."
        ),
        Wrong(
            "image a.jpg -o b.png --style blue",
            "--style must be classic, sides, skeleton-only or people, got blue."
        ),
        Wrong("serve --port 65536", "--port must be 0…65535, got 65536."),
        Wrong("serve --max-upload 10", "--max-upload must be 1kB…2GB (such as 20MB), got 10."),
        Wrong("serve --max-upload 20XB", "--max-upload must be 1kB…2GB (such as 20MB), got 20XB."),
        Wrong(
            "serve --formats jpeg,tga",
            "--formats must be formats of pictures with commas between (jpeg, png, webp, heic, avif, tiff, gif, bmp), got "
                + "jpeg,tga."
        ),
        Wrong("serve --threads 0", "--threads must be 1…64, got 0."),
    ]

    static let spellings = [
        Wrong("imgae a.jpg", "pose has no command 'imgae'. Did you mean 'pose image'?"),
        Wrong("me.jpg", "pose has no command 'me.jpg'. Did you mean 'pose image me.jpg'?"),
        Wrong("--verison", "pose has no option --verison. Did you mean --version?"),
        Wrong("image a.jpg --treads 2", "pose image has no option --treads. Did you mean --threads?"),
        Wrong("image a.jpg --jsno -", "pose image has no option --jsno. Did you mean --json?"),
        Wrong("image a.jpg --nonsense", "pose image has no option --nonsense."),
        Wrong("image a.jpg -threads 2", "-threads lacks a dash: --threads."),
        Wrong("image a.jpg -qx", "pose image has no option -x."),
        Wrong(
            "image a.jpg --min 1",
            "--min is short for several options: --min-detection, --min-presence."
        ),
        Wrong("info --model heavy", "pose info has no option --model. Did you mean --models-dir?"),
        Wrong(
            "image a.jpg --mode heavy",
            "--mode is short for several options: --complexity, --models-dir."
        ),
        Wrong(
            "image a.jpg --model huge",
            "--complexity must be 0, 1 or 2 (or lite, full or heavy), got huge."
        ),
        Wrong("models lst", "pose models takes list, verify, path or add, got 'lst'. Did you mean list?"),
        Wrong("completion bsh", "pose completion takes bash, zsh or fish, got 'bsh'. Did you mean bash?"),
        Wrong("info --knob=1", "--knobs takes no value, got '1'."),
    ]

    static let combinations = [
        Wrong("image a.jpg --threads", "--threads needs a value: --threads N."),
        Wrong("image a.jpg -o", "-o needs a value: -o OUT."),
        Wrong("serve now", "pose serve takes options only, got 'now'."),
        Wrong("models add", "pose models add needs FILE…: the files to add."),
        Wrong("models path here", "pose models path takes no further argument, got 'here'."),
        Wrong("completion", "pose completion needs SHELL: bash, zsh or fish."),
        Wrong(
            "image a.jpg --format coco",
            "--format is for JSON: add --json FILE, or --json - for standard output."
        ),
        Wrong(
            "image a.jpg --json - --format csv",
            "--format is for JSON, which csv is not: use --csv FILE instead."
        ),
        Wrong(
            "image a.jpg --json - --csv -",
            "--json - and --csv - would be mixed on standard output; give one of them a file."
        ),
        Wrong(
            "image a.jpg --resume",
            "--resume leaves out what is in the outputs: add --output-dir DIR or --json FILE."
        ),
        Wrong("image a.jpg --resume --json -", "--resume looks into files: give --json one in place of -."),
        Wrong(
            "image a.jpg --resume --json a.json -f coco",
            "--resume cannot go on with a file of the format coco, only of pose or csv; or give --json a directory."
        ),
        Wrong("image a.jpg --guessed", "--guessed is for pictures: add --output OUT or --output-dir DIR."),
        Wrong("image a.jpg --style sides", "--style is for pictures: add --output OUT or --output-dir DIR."),
        Wrong("image a.jpg -o b.gif", "--output must end in .jpg, .png, .webp or .svg, got 'b.gif'."),
        Wrong("image a.jpg -o out/", "--output must be a file, got the directory 'out/'; use --output-dir."),
        Wrong(
            "image a.jpg -o b.jpg --output-dir out",
            "--output names one file and --output-dir a directory: give one of them, got 'b.jpg' and 'out'."
        ),
        Wrong("image a.jpg --mask b.jpg", "--mask must end in .png, or in / for a directory, got 'b.jpg'."),
        Wrong("image - -", "- can be given once: there is one standard input."),
    ]

    @Test(arguments: ranges + spellings + combinations)
    func isSaidAndNothingIsBegun(wrong: Wrong) async throws {
        let program = try TestProgram()
        let run = try await program.shell("pose \(wrong.arguments)")
        #expect(run.code == 2)
        #expect(run.text.isEmpty)
        #expect(run.errors.split(separator: "\n").first.map(String.init) == "pose: \(wrong.message)")
        #expect(try program.files().isEmpty)
    }

    @Test func withoutArgumentsTheHelpIsShownAsAnError() async throws {
        let run = try await TestProgram().pose()
        #expect(run.code == 2)
        #expect(run.text.isEmpty)
        #expect(run.errors.contains("Usage: pose COMMAND"))
    }

    @Test func noPhotoIsOverwritten() async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "a.png")
        let before = try program.read("a.png")
        for output in ["-o a.png", "-o ./a.png", "--output-dir .", "--json a.png", "--mask a.png"] {
            let run = try await program.shell("pose image a.png \(output)")
            #expect(run.code == 2)
            #expect(run.errors.contains("would overwrite that photo"))
        }
        #expect(try program.read("a.png") == before)
        let directory = try await program.pose("image", ".", "--output-dir", ".")
        #expect(directory.code == 2)
        #expect(directory.errors.contains("The output './a.png' would overwrite that photo"))
    }

    @Test func oneOutputIsNotForManyPhotos() async throws {
        let program = try TestProgram()
        try program.place("astronaut.png", as: "a.png")
        try program.place("astronaut.png", as: "b.png")
        let output = try await program.pose("image", "a.png", "b.png", "-o", "c.png")
        #expect(output.code == 2)
        #expect(
            output.errors.hasPrefix("pose: --output 'c.png' is for one photo, got 2; use --output-dir DIR.")
        )
        let mask = try await program.pose("image", "a.png", "b.png", "--mask", "c.png")
        #expect(mask.code == 2)
        #expect(
            mask.errors.hasPrefix("pose: --mask 'c.png' is for one photo, got 2; give a directory, 'c/'.")
        )
        let same = try await program.pose("image", "a.png", "-o", "c.png", "--mask", "c.png")
        #expect(same.code == 2)
        #expect(same.errors.contains("Two outputs would be the same file, 'c.png'"))
        #expect(try program.files() == ["a.png", "b.png"])
    }
}
