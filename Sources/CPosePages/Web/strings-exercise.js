// SPDX-License-Identifier: Apache-2.0
// The sentences about exercises, in English and Chinese.

export const exerciseEnglish = {
  exercise: "Exercise",
  noExercise: "None",
  repetitions: "Repetitions",
  heldSeconds: "Seconds",
  partialCount: (count) => `${count} partial`,
  depth: "Depth",
  phases: {
    unknown: "Get ready: stand where the camera sees all of you.", start: "Start", going: "On the way", end: "All the way",
    returning: "Back", holding: "Holding",
  },
  noFeedback: "–",
  counted: (count) => `${count}.`,
  heldOne: (count) => `Hold ${count} is over.`,
  startOver: "Start over",
  saveReport: "Save the report",
  angleChart: "Joint angle over time, in degrees",
  chartKey: "Orange left, turquoise right; shaded: repetitions. Interrupted where the angle could not be measured.",
  exerciseSum: (whole, partial, score) => `${whole} ${whole === 1 ? "repetition" : "repetitions"}, ${partial} partial`
    + `${score === null ? "" : `, mean score ${score} of 100`}`,
  reportColumns: ["#", "Time, s", "Score", "Depth", "Form", "Tempo", "Symmetry", "Notes"],
  partialOne: "partial",
  scoreHelp: "Score = 100 · (0.4 depth + 0.3 form + 0.2 tempo + 0.1 symmetry), over the parts that could be judged. "
    + "Made by swift-pose from one camera; no medical advice.",
};

export const exerciseChinese = {
  exercise: "动作",
  noExercise: "无",
  repetitions: "次数",
  heldSeconds: "秒",
  partialCount: (count) => `${count} 次不完整`,
  depth: "深度",
  phases: {
    unknown: "请准备：站到摄像头能看到全身的位置。", start: "起始", going: "进行中", end: "到位", returning: "返回", holding: "保持中",
  },
  noFeedback: "–",
  counted: (count) => `${count}。`,
  heldOne: (count) => `第 ${count} 次保持结束。`,
  startOver: "重新开始",
  saveReport: "保存报告",
  angleChart: "关节角度随时间的变化，单位为度",
  chartKey: "橙色为左侧，青色为右侧；底色为每次动作。无法测量的地方中断。",
  exerciseSum: (whole, partial, score) => `${whole} 次，${partial} 次不完整${score === null ? "" : `，平均 ${score} 分（满分 100）`}`,
  reportColumns: ["#", "时间（秒）", "得分", "深度", "姿势", "节奏", "对称", "提示"],
  partialOne: "不完整",
  scoreHelp: "得分 = 100 ×（0.4 深度 + 0.3 姿势 + 0.2 节奏 + 0.1 对称），只计能够判断的部分。由 swift-pose 用一个摄像头得出，不构成医疗建议。",
};
