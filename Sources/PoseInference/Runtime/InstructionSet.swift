// SPDX-License-Identifier: Apache-2.0

internal import CPoseKernels

/// The instruction set levels that kernels are written for.
public enum InstructionSet: String, Sendable, CaseIterable {
    /// Portable C.
    case scalar
    /// x86-64 baseline, 4 lanes.
    case sse2
    /// arm64 baseline, 4 lanes.
    case neon
    /// AVX2 and FMA, 8 lanes.
    case avx2
    /// AVX-512 F, BW, DQ and VL, 16 lanes.
    case avx512

    /// The best level that this processor runs and `POSE_MAX_ISA` allows.
    public static var selected: InstructionSet { InstructionSet(pk_isa_selected()) }

    /// The levels that this build and this processor run.
    public static var runnable: [InstructionSet] {
        allCases.filter { pk_isa_runnable($0.kernelISA) != 0 }
    }

    /// Floats of one vector.
    public var laneCount: Int {
        switch self {
        case .scalar: 1
        case .sse2, .neon: 4
        case .avx2: 8
        case .avx512: 16
        }
    }

    init(_ isa: pk_isa) {
        switch isa {
        case PK_ISA_SSE2: self = .sse2
        case PK_ISA_NEON: self = .neon
        case PK_ISA_AVX2: self = .avx2
        case PK_ISA_AVX512: self = .avx512
        default: self = .scalar
        }
    }

    var kernelISA: pk_isa {
        switch self {
        case .scalar: PK_ISA_SCALAR
        case .sse2: PK_ISA_SSE2
        case .neon: PK_ISA_NEON
        case .avx2: PK_ISA_AVX2
        case .avx512: PK_ISA_AVX512
        }
    }
}
