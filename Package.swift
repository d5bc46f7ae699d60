// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let testSettings: [SwiftSetting] = [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

// Every unsafe step of the product is spelled `unsafe`; tests and benchmarks, which poke at kernels, need not.
let swiftSettings: [SwiftSetting] = testSettings + [.strictMemorySafety()]

func swiftTarget(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target
{
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: swiftSettings)
}

func program(_ name: String, _ dependencies: [Target.Dependency], settings: [SwiftSetting]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name,
        dependencies: dependencies + ["PoseTestSupport"],
        exclude: exclude,
        swiftSettings: testSettings
    )
}

func systemLibrary(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let package = Package(
    name: "swift-pose",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Inference", targets: ["Inference"]),
        .library(name: "Imaging", targets: ["Imaging"]),
        .library(name: "PoseEstimation", targets: ["PoseEstimation"]),
        .library(name: "PoseRendering", targets: ["PoseRendering"]),
        .executable(name: "pose", targets: ["pose"]),
        .executable(name: "pose-bench", targets: ["pose-bench"]),
    ],
    targets: [
        // System libraries, each wrapped by one thin Swift or C layer.
        systemLibrary("CTurboJPEG", pkgConfig: "libturbojpeg", apt: "libturbojpeg0-dev"),
        systemLibrary("CSpng", pkgConfig: "spng", apt: "libspng-dev"),
        systemLibrary("CWebP", pkgConfig: "libwebp", apt: "libwebp-dev"),
        systemLibrary("CCairo", pkgConfig: "cairo", apt: "libcairo2-dev"),
        systemLibrary("CMicroHTTPD", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
        systemLibrary("CNettle", pkgConfig: "nettle", apt: "nettle-dev"),

        // C: SIMD kernels, and codec shims that never longjmp across Swift.
        .target(name: "CPoseKernels"),
        .target(name: "CImageCodecs", dependencies: ["CTurboJPEG", "CSpng", "CWebP"]),

        // The library.
        swiftTarget("SystemThread", []),
        swiftTarget("Inference", ["CPoseKernels", "SystemThread"]),
        swiftTarget("Imaging", ["CPoseKernels", "CImageCodecs"]),
        swiftTarget("PoseEstimation", ["Inference", "Imaging", "CNettle", "SystemThread"]),
        swiftTarget("PoseRendering", ["PoseEstimation", "Imaging", "CCairo"]),

        // What MediaPipe answered, and how far we are from it: for tests and benchmarks.
        swiftTarget("PoseReference", ["PoseEstimation", "Imaging"]),

        // The service.
        swiftTarget("HTTPService", ["CMicroHTTPD", "SystemThread"]),
        swiftTarget(
            "PoseServer",
            [
                "HTTPService", "PoseRendering", "PoseEstimation", "Inference", "Imaging", "CNettle",
                "SystemThread",
            ],
            resources: [
                "index.html", "style.css", "app.js", "server.js", "skeleton.js", "strings.js", "table.js",
                "viewer.js",
            ].map { .embedInCode("Web/\($0)") }
        ),

        // Programs.
        program(
            "pose",
            [
                "PoseServer", "HTTPService", "PoseRendering", "PoseEstimation", "Inference", "Imaging",
                "CPoseKernels",
            ],
            settings: swiftSettings
        ),
        program(
            "pose-bench",
            ["PoseReference", "PoseEstimation", "Inference", "Imaging", "CPoseKernels"],
            settings: testSettings
        ),

        // Tests.
        .target(
            name: "PoseTestSupport",
            dependencies: ["PoseEstimation", "Imaging"],
            path: "Tests/PoseTestSupport",
            swiftSettings: testSettings
        ),
        .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),
        tests("InferenceTests", ["Inference", "SystemThread", "CPoseKernels", "CAllocationCounter"]),
        tests("ImagingTests", ["Imaging", "CPoseKernels"], exclude: ["Fixtures"]),
        tests("PoseEstimationTests", ["PoseReference", "PoseEstimation", "Imaging", "Inference"]),
        tests("PoseRenderingTests", ["PoseRendering", "PoseEstimation", "Imaging"]),
        tests("HTTPServiceTests", ["HTTPService"]),
        tests("PoseServerTests", ["PoseServer", "HTTPService", "PoseEstimation", "Imaging"]),
        tests("CommandLineTests", ["PoseEstimation", "Imaging", "pose", "pose-bench"]),
        tests("WebPageTests", ["PoseServer", "PoseEstimation", "Imaging"]),
        tests("PublicAPITests", ["PoseEstimation", "PoseRendering", "Imaging"]),
    ],
    cLanguageStandard: .c11
)
