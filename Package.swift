// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

/// The repository's own scripts ask for warnings to be errors; a package that depends on this one does not.
let warningSettings: [SwiftSetting] =
    Context.environment["POSE_STRICT"] == "1" ? [.treatAllWarnings(as: .error)] : []

let testSettings: [SwiftSetting] =
    [
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + warningSettings

// What is tested is optimized. The code of tests is where it computes much itself; most of it waits, and would take as long
// to optimize as the product.
let unoptimized: [SwiftSetting] = testSettings + [.unsafeFlags(["-Onone", "-gline-tables-only"])]

// Every unsafe step of the product is spelled `unsafe`; tests and benchmarks, which poke at kernels, need not.
let swiftSettings: [SwiftSetting] = testSettings + [.strictMemorySafety()]

func swiftTarget(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target
{
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: swiftSettings)
}

func program(_ name: String, _ dependencies: [Target.Dependency], settings: [SwiftSetting]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
    _ name: String,
    _ dependencies: [Target.Dependency],
    exclude: [String] = [],
    settings: [SwiftSetting] = unoptimized
) -> Target {
    .testTarget(
        name: name,
        dependencies: dependencies + ["PoseTestSupport"],
        exclude: exclude,
        swiftSettings: settings
    )
}

func systemLibrary(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let package = Package(
    name: "swift-pose",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "PoseInference", targets: ["PoseInference"]),
        .library(name: "PoseImaging", targets: ["PoseImaging"]),
        .library(name: "PoseCodecs", targets: ["PoseCodecs"]),
        .library(name: "PoseEstimation", targets: ["PoseEstimation"]),
        .library(name: "PoseRendering", targets: ["PoseRendering"]),
        .library(name: "PoseAnalysis", targets: ["PoseAnalysis"]),
        .library(name: "PoseMedia", targets: ["PoseMedia"]),
        .library(name: "PosePrivacy", targets: ["PosePrivacy"]),
        .library(name: "PoseMotion", targets: ["PoseMotion"]),
        .executable(name: "pose", targets: ["pose"]),
        .executable(name: "pose-bench", targets: ["pose-bench"]),
    ],
    targets: [
        // System libraries, each wrapped by one thin Swift or C layer.
        systemLibrary("CPoseJPEG", pkgConfig: "libjpeg", apt: "libjpeg-dev"),
        systemLibrary("CPoseZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
        systemLibrary("CPoseWebP", pkgConfig: "libwebpdemux", apt: "libwebp-dev"),
        systemLibrary("CPoseCairo", pkgConfig: "cairo", apt: "libcairo2-dev"),
        systemLibrary("CPoseMicroHTTPD", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
        systemLibrary("CPoseNettle", pkgConfig: "nettle", apt: "nettle-dev"),
        systemLibrary("CPoseGnuTLS", pkgConfig: "gnutls", apt: "libgnutls28-dev"),
        systemLibrary("CPoseQRencode", pkgConfig: "libqrencode", apt: "libqrencode-dev"),
        // Debian's package has no pkg-config file.
        .systemLibrary(name: "CPoseWslay", providers: [.apt(["libwslay-dev"])]),

        // C: SIMD kernels, calls that Swift does not see, and codec shims that never longjmp across Swift.
        .target(name: "CPoseKernels"),
        .target(name: "CPoseSystem"),
        .target(name: "CPoseLibraryReplies", dependencies: ["CPoseMicroHTTPD"]),
        // libheif, libtiff and giflib are optional: CPoseCodecs looks for their headers when it is built, and loads them,
        // and gdk-pixbuf, when a file needs them.
        .target(name: "CPoseCodecs", dependencies: ["CPoseJPEG", "CPoseZlib", "CPoseWebP"]),

        // Messages for people in their language.
        swiftTarget("PoseLanguage", []),

        // The library.
        swiftTarget("PoseSystem", ["CPoseSystem"]),
        swiftTarget("PoseInference", ["CPoseKernels", "PoseSystem"]),
        swiftTarget("PoseImaging", ["CPoseKernels", "PoseSystem"]),
        swiftTarget("PoseCodecs", ["PoseImaging", "CPoseCodecs", "PoseSystem"]),
        swiftTarget("PoseEstimation", ["PoseInference", "PoseImaging", "CPoseNettle", "PoseSystem"]),
        swiftTarget("PoseRendering", ["PoseEstimation", "PoseImaging", "CPoseCairo", "PoseSystem"]),
        swiftTarget(
            "PoseAnalysis",
            [
                "PosePrivacy", "PoseMotion", "PoseEstimation", "PoseRendering", "PoseCodecs", "PoseMedia",
                "PoseImaging", "PoseInference", "PoseLanguage", "PoseSystem",
            ]
        ),

        // Videos, cameras and streams, through ffmpeg as a child process.
        swiftTarget("PoseMedia", ["PoseImaging", "PoseSystem"]),

        // Faces: found, hidden, and what a person should look at.
        swiftTarget(
            "PosePrivacy",
            [
                "PoseEstimation", "PoseCodecs", "PoseMedia", "PoseImaging", "PoseInference", "PoseLanguage",
                "PoseSystem",
            ]
        ),

        // Angles, exercises, and motion for other programs.
        swiftTarget(
            "PoseMotion",
            ["PoseEstimation", "PoseImaging", "PoseSystem"],
            resources: ["squat", "push-up", "lunge", "sit-up", "jumping-jack", "biceps-curl", "plank"].map {
                .embedInCode("Exercises/Definitions/\($0).json")
            }
        ),

        // What MediaPipe answered, and how far we are from it: for tests and benchmarks.
        swiftTarget("PoseReference", ["PosePrivacy", "PoseEstimation", "PoseCodecs", "PoseImaging"]),

        // The service, and the files of its pages.
        .target(name: "CPosePages", exclude: ["Web"]),
        swiftTarget(
            "PoseHTTP",
            [
                "CPoseMicroHTTPD", "CPoseLibraryReplies", "CPoseGnuTLS", "CPoseNettle", "CPoseWslay",
                "PoseSystem",
            ]
        ),
        swiftTarget(
            "PoseServer",
            [
                "PoseHTTP", "PoseAnalysis", "PosePrivacy", "PoseMotion", "PoseRendering", "PoseEstimation",
                "PoseInference", "PoseCodecs", "PoseImaging", "PoseLanguage", "CPoseNettle", "CPoseQRencode",
                "CPosePages", "PoseSystem",
            ]
        ),

        // Programs.
        program(
            "pose",
            [
                "PoseServer", "PoseHTTP", "PoseAnalysis", "PosePrivacy", "PoseRendering", "PoseEstimation",
                "PoseInference", "PoseCodecs", "PoseMedia", "PoseMotion", "PoseImaging", "PoseLanguage",
                "PoseSystem",
                "CPoseKernels",
            ],
            settings: swiftSettings
        ),
        program(
            "pose-bench",
            [
                "PoseReference", "PosePrivacy", "PoseEstimation", "PoseInference", "PoseCodecs",
                "PoseImaging",
                "CPoseKernels",
            ],
            settings: testSettings
        ),

        // Tests.
        .target(
            name: "PoseTestSupport",
            dependencies: ["PoseEstimation", "PoseCodecs", "PoseImaging"],
            path: "Tests/PoseTestSupport",
            swiftSettings: testSettings
        ),
        .target(name: "CPoseAllocationCounter", path: "Tests/CPoseAllocationCounter"),
        tests("PoseSystemTests", ["PoseSystem"]),
        .testTarget(name: "PoseLanguageTests", dependencies: ["PoseLanguage"], swiftSettings: unoptimized),
        tests(
            "PoseInferenceTests",
            ["PoseInference", "PoseSystem", "CPoseKernels", "CPoseAllocationCounter"],
            settings: testSettings
        ),
        tests(
            "PoseImagingTests",
            ["PoseImaging", "CPoseKernels"],
            exclude: ["Goldens"],
            settings: testSettings
        ),
        tests("PoseCodecsTests", ["PoseCodecs", "PoseImaging"], exclude: ["Fixtures"]),
        tests(
            "PoseEstimationTests",
            ["PoseReference", "PoseEstimation", "PoseCodecs", "PoseImaging", "PoseInference", "PoseSystem"]
        ),
        tests(
            "PoseRenderingTests",
            ["PoseRendering", "PoseEstimation", "PoseCodecs", "PoseImaging"],
            settings: testSettings
        ),
        tests(
            "PoseAnalysisTests",
            [
                "PoseAnalysis", "PosePrivacy", "PoseMotion", "PoseMedia", "PoseReference", "PoseInference",
                "PoseRendering",
                "PoseEstimation", "PoseCodecs", "PoseImaging", "PoseSystem",
            ]
        ),
        tests("PoseMediaTests", ["PoseMedia", "PoseImaging", "PoseSystem"]),
        tests(
            "PosePrivacyTests",
            [
                "PosePrivacy", "PoseReference", "PoseMedia", "PoseEstimation", "PoseCodecs", "PoseImaging",
                "PoseLanguage", "PoseSystem",
            ]
        ),
        tests(
            "PoseMotionTests",
            [
                "PoseMotion", "PoseAnalysis", "PoseRendering", "PoseMedia", "PoseEstimation", "PoseImaging",
                "PoseLanguage", "PoseSystem",
            ]
        ),
        tests("PoseHTTPTests", ["PoseHTTP", "PoseSystem", "CPoseGnuTLS"]),
        tests(
            "PoseServerTests",
            [
                "PoseServer", "PoseAnalysis", "PoseMotion", "PosePrivacy", "PoseHTTP", "PoseEstimation",
                "PoseCodecs", "PoseImaging", "PoseLanguage", "PoseSystem", "CPoseAllocationCounter",
            ]
        ),
        tests(
            "CommandLineTests",
            ["PoseEstimation", "PoseCodecs", "PoseImaging", "PoseInference", "pose", "pose-bench"]
        ),
        tests(
            "WebPageTests",
            [
                "PoseServer", "PoseAnalysis", "PoseMotion", "PosePrivacy", "PoseRendering", "PoseEstimation",
                "PoseCodecs", "PoseImaging",
            ]
        ),
        tests(
            "PublicAPITests",
            [
                "PoseMotion", "PosePrivacy", "PoseMedia", "PoseEstimation", "PoseRendering", "PoseCodecs",
                "PoseImaging", "PoseInference",
            ]
        ),
    ],
    cLanguageStandard: .c11
)

// Readers of untrusted bytes under libFuzzer, for `Scripts/fuzz`: it links with what that script names, and not without.
if Context.environment["POSE_FUZZ"] == "1" {
    package.targets.append(
        .executableTarget(
            name: "pose-fuzz",
            dependencies: [
                "PoseHTTP", "PoseAnalysis", "PoseEstimation", "PoseCodecs", "PoseImaging", "PoseInference",
            ],
            path: "Scripts/fuzzing",
            exclude: ["corpus"],
            swiftSettings: testSettings
        )
    )
}
