// SPDX-License-Identifier: Apache-2.0

import CPoseKernels
import PoseAnalysis
import PoseCodecs
import PoseEstimation
import PoseHTTP
import PoseInference
import PoseRendering
import PoseSystem

/// `pose info`: what this program runs on and with.
enum InfoCommand: Command {
    static let knobs = Option<Bool>.flag("knobs", help: "List the environment variables that are heeded")

    static let specification = CommandSpecification(
        name: "info",
        summary: "Show versions, processor, instruction set, models and limits",
        options: [knobs.specification, SharedOptions.modelsDirectory.specification],
        examples: [
            ("pose info", "What to put into a report of a problem."),
            ("POSE_MAX_ISA=scalar pose info", "See a variable at work."),
        ]
    )

    static func run(_ arguments: ParsedArguments) throws -> ExitCode {
        let lines = arguments[knobs] ? knobLines() : facts(store: arguments.modelStore)
        try StandardOutput.write(lines.map { TerminalText.harmless($0) + "\n" }.joined())
        return .success
    }

    private static func knobLines() -> [String] {
        Knobs.all.flatMap { knob in
            let value = ProcessEnvironment.variable(knob.name)
            return [
                "\(knob.name)=\(value?.description ?? "")", "    " + Wording.translated("\(knob.help)."),
                "    " + Wording.translated("Values: \(knob.values). Default: \(knob.defaultText)."),
            ]
        } + optionLines()
    }

    /// The variables of options, of which there are many; those that are set.
    private static func optionLines() -> [String] {
        let options = CommandRegistry.specifications.flatMap(\.options)
        let names = Set(options.map(OptionVariables.name(of:))).sorted()
        return [
            "POSE_…",
            "    "
                + Wording.translated(
                    "Every option of every command: --max-people is POSE_MAX_PEOPLE. Set now:"
                ),
        ]
            + names.compactMap { name in
                ProcessEnvironment.variable(name).map { "        \(name)=\($0)" }
            }
    }

    private static func facts(store: ModelStore) -> [String] {
        let levels = [PK_ISA_SCALAR, PK_ISA_SSE2, PK_ISA_NEON, PK_ISA_AVX2, PK_ISA_AVX512]
        let runnable = levels.filter { pk_isa_runnable($0) != 0 }.map(name(of:)).joined(separator: ", ")
        let libraries =
            ImageFormat.libraries + [SkeletonRenderer.library, HTTPServer.library, SHA256.library]
        let facts = [
            ("version", "pose \(Version.text)"), ("system", system()), ("processor", processor()),
            ("cores", "\(ThreadPool.availableCoreCount) usable by this process"),
            ("instruction set", "\(name(of: pk_isa_selected())) (runnable: \(runnable))"),
            ("kernels", kernels()),
            (
                "results",
                "\(ResultFormat.allCases.map(\.rawValue).joined(separator: ", ")); schema \(PoseDocument.schema)"
            ),
            (
                "pictures",
                "\(ImageFormat.readable.map(\.description).joined(separator: ", ")); "
                    + "at most \(Quantity.text(ImageLimits().maxPixelCount, unit: "")) pixels unless --max-pixels says more"
            ), ("not read", missingFormats()), ("libraries", libraries.joined(separator: ", ")),
        ]
        return facts.filter { !$0.1.isEmpty }.map { label($0.0) + Wording.translated($0.1) }
            + ModelCatalog.all.map { label("model") + description(of: $0, store.status(of: $0)) }
    }

    /// Formats whose libraries were not there when the program was built, or are not there now; empty for none.
    private static func missingFormats() -> String {
        let missing = ImageFormat.readOnly.filter { !$0.isReadable }
        guard !missing.isEmpty else { return "" }
        let packages = missing.compactMap(\.package).reduce(into: [String]()) { names, name in
            if !names.contains(name) { names.append(name) }
        }
        let names = missing.map(\.description).joined(separator: ", ")
        return "\(names); install \(packages.joined(separator: " ")) and build again"
    }

    private static func label(_ name: String) -> String { Wording.column("\(name):", to: 18) }

    private static func description(of model: CatalogModel, _ status: ModelStatus) -> String {
        let state =
            switch status {
            case .present(let path): path
            case .wrong(let path, _, _): "\(Wording.translated("wrong file")): \(path)"
            case .missing: Wording.translated("missing")
            }
        return "\(model.name) (\(Wording.translated(model.purpose))): \(state)"
    }

    private static func name(of isa: pk_isa) -> String {
        unsafe String(cString: pk_isa_name(isa))
    }

    /// The shape of the kernels of the selected instruction set.
    private static func kernels() -> String {
        guard let kernels = unsafe pk_kernels_for(pk_isa_selected())?.pointee else { return "none" }
        return "\(kernels.lanes) lanes, \(kernels.pointwise_pixels) pixels a tile of 1×1 convolution"
    }

    /// System, release and architecture: `Linux 6.1.0, x86_64`.
    private static func system() -> String {
        var names = utsname()
        guard unsafe uname(&names) == 0 else { return "unknown" }
        return "\(text(of: names.sysname)) \(text(of: names.release)), \(text(of: names.machine))"
    }

    private static func text<T>(of tuple: T) -> String {
        unsafe withUnsafeBytes(of: tuple) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    /// What the kernel calls the processor.
    private static func processor() -> String {
        let lines = FileSystem.systemText(of: "/proc/cpuinfo")?.split(separator: "\n") ?? []
        guard let line = lines.first(where: { $0.hasPrefix("model name") }),
            let colon = line.firstIndex(of: ":")
        else { return "unknown" }
        return String(line[line.index(after: colon)...].drop { $0 == " " })
    }
}
