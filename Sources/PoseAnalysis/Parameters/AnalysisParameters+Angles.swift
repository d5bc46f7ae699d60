// SPDX-License-Identifier: Apache-2.0

internal import PoseMotion

extension AnalysisParameters {
    /// The parameters of joint angles.
    package static let angleParameters = [angles, angleConvention]

    package static let exercise = Parameter(
        "exercise",
        "NAME",
        .choice(
            ExerciseCatalog.names.compactMap { name in
                (try? ExerciseCatalog.exercise(named: name)).map { (name, Optional($0)) }
            }
        ),
        default: nil,
        help: "Count and judge what each person does: "
            + "\(ValueCompletion.listed(ExerciseCatalog.names)); in format pose",
        places: [.live, .livePage]
    ) { $0.exercise = $1 }

    package static let angles = Parameter(
        flag: "angles",
        help:
            "Measure each person's joint angles: in the results (pose and csv), in the table, and drawn at the joints",
        places: [.image, .pose, .upload, .streams]
    ) { $0.hasAngles = $1 }

    package static let angleConvention = Parameter(
        "convention",
        "NAME",
        .choice(AngleConvention.allCases.map { ($0.rawValue, $0) }),
        default: AngleConvention.interior.rawValue,
        help: "With angles, what 0° is: interior (a straight limb has 180°) or clinical (it has 0°)",
        places: [.image, .pose, .upload, .streams]
    ) { $0.angleConvention = $1 }
}
