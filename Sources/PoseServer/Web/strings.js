// SPDX-License-Identifier: Apache-2.0
// Every sentence of the pages, in English and Chinese.

import { liveChinese, liveEnglish } from "./strings-live.js";

const english = {
  skip: "Skip to the content",
  pages: "Pages",
  navPhoto: "Photo",
  navLive: "Live",
  startTitle: "Drop a photo of a person here",
  startTitleTouch: "Choose a photo of a person",
  startText: "The program finds the people in it and marks 33 points of each body, from the nose to the toes, "
    + "joined to a stick figure.",
  choose: "Choose a picture",
  chooseAnother: "Another picture",
  takePhoto: "Take a photo",
  pasteHint: (keys) => `You can also paste one with ${keys}.`,
  formats: "JPEG, PNG or WebP.",
  privacy: "The picture goes only to this server and is not stored.",
  dropAnywhere: "Let go anywhere",
  options: "Options",
  accuracy: "Accuracy",
  fast: "Fast",
  balanced: "Balanced",
  best: "Best",
  notInstalled: "Its model is not installed on this server",
  maxPeople: "People, at most",
  look: "Look",
  classic: "Classic",
  sides: "Left and right",
  skeletonOnly: "Figure only",
  byPerson: "By person",
  showHidden: "Show guessed points",
  savePicture: "Save picture",
  saveJSON: "Save numbers (JSON)",
  retry: "Try again",
  numbersTitle: "The 33 points",
  space: "Kind of coordinates",
  spaceImage: "In the picture",
  spaceWorld: "In metres",
  people: "Person",
  person: (number) => `Person ${number}`,
  point: "Point",
  visible: "Visible",
  present: "In frame",
  hiddenTag: "guessed",
  xHelp: "From the left edge (0) to the right edge (1)",
  yHelp: "From the top edge (0) to the bottom edge (1)",
  zHelp: "Depth; less is nearer to the camera",
  visibilityHelp: "Likelihood that the point is in the picture and not covered",
  presenceHelp: "Likelihood that the point is within the picture",
  helpTitle: "What do these numbers mean?",
  helpXY: "The place in the picture. x runs from 0 at the left edge to 1 at the right edge, y from 0 at the top to 1 "
    + "at the bottom.",
  helpZ: "Depth, in the same scale as x, counted from the middle of the hips. Less is nearer to the camera. A rough "
    + "estimate.",
  helpVisible: "How likely it is that the point can be seen, from 0 to 1. Below 0.5 it is a guess, for example an arm "
    + "behind the back, and is not drawn.",
  helpPresent: "How likely it is that the point lies within the picture at all, covered or not.",
  helpWorld: "The same points in space, in metres from the middle of the hips: x to the right, y downwards, z away "
    + "from the camera.",
  leftRight: "Left, right",
  helpSides: "Always the person's own left and right.",
  working: "Looking for people …",
  loaded: (name) => `Picture: ${name}`,
  found: (count) => (count === 1 ? "One person found" : `${count} people found`),
  timing: (total) => `Computed in ${total} ms`,
  stages: ({ decode, detect, landmark }) =>
    `reading the picture ${decode} ms, finding people ${detect} ms, placing points ${landmark} ms`,
  model: (name) => `model ${name}`,
  overlayTitle: (count) => (count === 1 ? "Your picture with one stick figure" : `Your picture with ${count} stick figures`),
  photoAlt: "Your picture",
  caption: (person) => `Points of person ${person}`,
  hiddenInPicture: "not visible in the picture",
  saved: "Saved.",
  nobodyTitle: "Nobody was found in this picture",
  nobodyText: "It works best when one person fills a good part of the picture, with the head in sight, not much "
    + "farther away than four metres, and in good light.",
  problems: {
    damaged: ["This picture can't be read", "The file seems to be damaged or incomplete. Open it in another program and save it again, or take another picture."],
    type: ["This is not a picture we can read", "Please choose a JPEG, PNG or WebP picture."],
    bytes: ["This file is too large", "Save the picture smaller, or with more compression, and try again."],
    pixels: ["This picture has too many pixels", "Make it smaller and try again. Points are no more exact on a huge picture."],
    malformed: ["The server did not understand the request", "Reload the page and try again."],
    busy: ["The server is busy", "Many pictures are being looked at right now. Try again in a moment."],
    model: ["This accuracy is not available here", "Its model is not installed on the server. Choose another accuracy."],
    gone: ["The server can't be reached", "Is it still running, and are you connected to its network?"],
    slow: ["The server takes too long", "It has not answered for two minutes. Try again, or choose a smaller picture."],
    internal: ["Something went wrong on the server", "Try again. If it happens again, the server's log says more."],
    noFile: ["No picture came along", "Save the picture to your device first, then choose it here."],
    save: ["The picture could not be saved", "Your browser refused to write it. Try a smaller picture."],
  },
  landmarks: [
    "Nose", "Left eye, inner", "Left eye", "Left eye, outer", "Right eye, inner", "Right eye", "Right eye, outer",
    "Left ear", "Right ear", "Mouth, left", "Mouth, right", "Left shoulder", "Right shoulder", "Left elbow",
    "Right elbow", "Left wrist", "Right wrist", "Left little finger", "Right little finger", "Left index finger",
    "Right index finger", "Left thumb", "Right thumb", "Left hip", "Right hip", "Left knee", "Right knee",
    "Left ankle", "Right ankle", "Left heel", "Right heel", "Left toes", "Right toes",
  ],
};

const chinese = {
  skip: "跳到正文",
  pages: "页面",
  navPhoto: "照片",
  navLive: "实时",
  startTitle: "把人物照片拖到这里",
  startTitleTouch: "选择一张人物照片",
  startText: "程序会找出照片里的人，标出每个人身上从鼻尖到脚尖的 33 个关键点，并连成骨架。",
  choose: "选择图片",
  chooseAnother: "换一张图片",
  takePhoto: "拍一张照片",
  pasteHint: (keys) => `也可以按 ${keys} 粘贴图片。`,
  formats: "支持 JPEG、PNG、WebP。",
  privacy: "图片只会发送到这台服务器，不会被保存。",
  dropAnywhere: "松开鼠标即可",
  options: "选项",
  accuracy: "精度",
  fast: "快速",
  balanced: "均衡",
  best: "最佳",
  notInstalled: "这台服务器没有安装对应的模型",
  maxPeople: "最多人数",
  look: "样式",
  classic: "经典",
  sides: "区分左右",
  skeletonOnly: "仅骨架",
  byPerson: "按人着色",
  showHidden: "显示推测的点",
  savePicture: "保存图片",
  saveJSON: "保存数据 (JSON)",
  retry: "重试",
  numbersTitle: "33 个关键点",
  space: "坐标类型",
  spaceImage: "图中位置",
  spaceWorld: "空间（米）",
  people: "人物",
  person: (number) => `人物 ${number}`,
  point: "关键点",
  visible: "可见",
  present: "在画面内",
  hiddenTag: "推测",
  xHelp: "从左边缘 (0) 到右边缘 (1)",
  yHelp: "从上边缘 (0) 到下边缘 (1)",
  zHelp: "深度，越小离镜头越近",
  visibilityHelp: "该点在画面内且未被遮挡的可能性",
  presenceHelp: "该点在画面内的可能性",
  helpTitle: "这些数字是什么意思？",
  helpXY: "点在图中的位置。x 从左边缘的 0 到右边缘的 1，y 从上边缘的 0 到下边缘的 1。",
  helpZ: "深度，与 x 同一尺度，以两髋中点为零，越小离镜头越近。只是粗略估计。",
  helpVisible: "该点能被看见的可能性，0 到 1。低于 0.5 表示只是推测（例如手臂在身后），不会画出。",
  helpPresent: "该点在画面之内的可能性，不论是否被遮挡。",
  helpWorld: "同样的点在空间中的位置，单位为米，以两髋中点为原点：x 向右，y 向下，z 远离镜头。",
  leftRight: "左、右",
  helpSides: "始终指人物自己的左边和右边。",
  working: "正在寻找人物……",
  loaded: (name) => `图片：${name}`,
  found: (count) => `找到 ${count} 个人`,
  timing: (total) => `计算用时 ${total} 毫秒`,
  stages: ({ decode, detect, landmark }) => `读取图片 ${decode} 毫秒，寻找人物 ${detect} 毫秒，定位关键点 ${landmark} 毫秒`,
  model: (name) => `模型 ${name}`,
  overlayTitle: (count) => `你的图片和 ${count} 个骨架`,
  photoAlt: "你的图片",
  caption: (person) => `人物 ${person} 的关键点`,
  hiddenInPicture: "图中看不见",
  saved: "已保存。",
  nobodyTitle: "这张图片里没有找到人",
  nobodyText: "人物占画面较大部分、露出头部、距离不超过四米左右、光线良好时，效果最好。",
  problems: {
    damaged: ["无法读取这张图片", "文件可能已损坏或不完整。请用其他程序打开并重新保存，或换一张图片。"],
    type: ["无法识别的图片类型", "请选择 JPEG、PNG 或 WebP 图片。"],
    bytes: ["文件太大", "请把图片缩小或提高压缩率后再试。"],
    pixels: ["图片像素过多", "请缩小后再试。图片再大，关键点也不会更准。"],
    malformed: ["服务器无法理解这个请求", "请刷新页面后重试。"],
    busy: ["服务器繁忙", "当前正在处理很多图片，请稍后再试。"],
    model: ["这里不能使用此精度", "服务器上没有安装对应的模型，请选择其他精度。"],
    gone: ["无法连接服务器", "服务器还在运行吗？你的设备是否在同一网络中？"],
    slow: ["服务器响应太慢", "已等待两分钟没有结果。请重试，或换一张较小的图片。"],
    internal: ["服务器出现问题", "请重试。如果仍然出现，服务器日志里有更多信息。"],
    noFile: ["没有收到图片", "请先把图片保存到你的设备，再在这里选择。"],
    save: ["图片无法保存", "浏览器拒绝写入，请换一张较小的图片。"],
  },
  landmarks: [
    "鼻尖", "左眼内角", "左眼", "左眼外角", "右眼内角", "右眼", "右眼外角", "左耳", "右耳", "左嘴角", "右嘴角",
    "左肩", "右肩", "左肘", "右肘", "左腕", "右腕", "左小指", "右小指", "左食指", "右食指", "左拇指", "右拇指",
    "左髋", "右髋", "左膝", "右膝", "左踝", "右踝", "左脚跟", "右脚跟", "左脚尖", "右脚尖",
  ],
};

export const languages = { en: { ...english, ...liveEnglish }, zh: { ...chinese, ...liveChinese } };

const storageKey = "swift-pose.language";

/// The language chosen before, or the browser's first that we have.
export function preferredLanguage() {
  const wanted = [remembered(), ...(navigator.languages ?? [navigator.language])];
  for (const tag of wanted) {
    const language = String(tag ?? "").toLowerCase().split("-")[0];
    if (Object.hasOwn(languages, language)) return language;
  }
  return "en";
}

export function rememberLanguage(language) {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Storage may be off; the choice then lasts as long as the page.
  }
}

function remembered() {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
