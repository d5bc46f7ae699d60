// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// An instruction set level that kernels are written for; there may be more of them in a later version.
public struct InstructionSet: RawRepresentable, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// Portable C.
    public static let scalar = InstructionSet("scalar", PK_ISA_SCALAR, laneCount: 1)
    /// x86-64 baseline, 4 lanes.
    public static let sse2 = InstructionSet("sse2", PK_ISA_SSE2, laneCount: 4)
    /// arm64 baseline, 4 lanes.
    public static let neon = InstructionSet("neon", PK_ISA_NEON, laneCount: 4)
    /// AVX2 and FMA, 8 lanes.
    public static let avx2 = InstructionSet("avx2", PK_ISA_AVX2, laneCount: 8)
    /// AVX-512 F, BW, DQ and VL, 16 lanes.
    public static let avx512 = InstructionSet("avx512", PK_ISA_AVX512, laneCount: 16)

    /// All of them, whether or not this processor runs them.
    public static let allCases: [InstructionSet] = [.scalar, .sse2, .neon, .avx2, .avx512]

    /// The name, as the environment variable `POSE_MAX_ISA` has it: `avx2`.
    public let rawValue: String
    /// Floats of one vector.
    public let laneCount: Int
    private let kernelCode: UInt32

    private init(_ name: String, _ isa: pk_isa, laneCount: Int) {
        rawValue = name
        kernelCode = isa.rawValue
        self.laneCount = laneCount
    }

    /// The level of a name; `nil` for a name that no level has.
    public init?(rawValue: String) {
        guard let level = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = level
    }

    /// The highest level up to the one that the environment variable `POSE_MAX_ISA` names, or the fastest one that this
    /// processor runs: AVX2 where vectors of 512 bits go through units of 256.
    public static var selected: InstructionSet {
        let isa = pk_isa_selected()
        return allCases.first { $0.kernelISA == isa } ?? .scalar
    }

    /// The levels that this build and this processor run.
    public static var runnable: [InstructionSet] {
        allCases.filter { pk_isa_runnable($0.kernelISA) != 0 }
    }

    /// The name.
    public var description: String { rawValue }

    var kernelISA: pk_isa { pk_isa(rawValue: kernelCode) }
}
