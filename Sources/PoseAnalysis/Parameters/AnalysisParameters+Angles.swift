// SPDX-License-Identifier: Apache-2.0

internal import PoseEstimation
internal import PoseMotion

extension AnalysisParameters {
    /// The parameters of joint angles.
    package static let angleParameters = [angles, angleCheck, angleConvention]

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

    package static let skeleton = Parameter(
        flag: "skeleton",
        help:
            "Add each person's skeleton: bones that keep their lengths, and how each is turned; in format pose",
        places: .live
    ) { $0.hasSkeleton = $1 }

    package static let angles = Parameter(
        flag: "angles",
        help:
            "Measure each person's joint angles: in the results (pose and csv), in the table, and drawn at the joints",
        places: [.image, .pose, .upload, .streams, .page]
    ) { $0.hasAngles = $1 }

    package static let angleCheck = Parameter(
        flag: "angles-check",
        help:
            "Measure angles, and look at each person again with the picture shifted by a pixel or two: bands are widened "
            + "by how far each angle moves; five more passes of the landmark network a person",
        places: [.image, .pose, .upload, .video]
    ) { settings, isChecked in
        settings.options.shiftedLooks = isChecked
        if isChecked { settings.hasAngles = true }
    }

    package static let angleConvention = Parameter(
        "convention",
        "NAME",
        .choice(AngleConvention.allCases.map { ($0.rawValue, $0) }),
        default: AngleConvention.interior.rawValue,
        help: "With angles, what 0° is: interior (a straight limb has 180°) or clinical (it has 0°)",
        places: [.image, .pose, .upload, .streams]
    ) { $0.angleConvention = $1 }
}
