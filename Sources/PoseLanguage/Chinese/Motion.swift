// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    /// What is said of angles, exercises and motion, in Chinese.
    static let chineseMotion = #"""
        Measure joint angles, count exercises, and export motion for Blender and Unity
            测量关节角度、统计健身动作次数，并为 Blender 和 Unity 导出动作
        What to do, and with which film
            做什么，以及处理哪段视频
        angles: write a row a frame
            angles：每帧写一行
        angles: draw them over time, with their error bands; --exercise shades its repetitions
            angles：绘制角度随时间的变化及误差带；--exercise 会标出每次动作
        What 0° is: interior (a straight limb has 180°) or clinical (it has 0°)
            0° 的含义：interior（伸直为 180°）或 clinical（伸直为 0°）
        Measure angles in the picture, by the world landmarks, or in the picture where it shows them
            在画面中、按世界坐标，或在画面能看清时按画面测量角度
        count, score: write the result as JSON, one line a person
            count、score：以 JSON 写出结果，每人一行
        The person's number in the film; everybody, or for export whoever is in most frames, unless told
            视频中人物的编号；默认为所有人，export 默认为出现帧数最多的人
        export: how high the person stands
            export：人的身高
        as the landmarks say
            按关键点推算
        export: frames a second
            export：每秒帧数
        as the film has
            与视频相同
        export: what a length of 1 is in BVH
            export：BVH 中长度 1 代表的单位
        export: leave feet where the landmarks have them, also where they stand
            export：脚的位置完全按关键点，站立时也不固定
        export: write BVH, for Blender and most others
            export：写出 BVH，供 Blender 等大多数程序使用
        export: write a glTF animation, binary
            export：写出二进制 glTF 动画
        export: write a VRM animation, which plays on any VRM model
            export：写出 VRM 动画，可用于任何 VRM 模型
        count: print the definition of the exercise, and end
            count：打印动作的定义后结束
        How many, how deep, how well?
            做了多少次，多深，做得怎样？
        The same, from landmarks, as JSON.
            同上，由关键点得出，输出 JSON。
        Every joint angle, as a table and a chart.
            所有关节角度，以表格和图表给出。
        A motion for Blender.
            供 Blender 使用的动作。
        An animation for any VRM model.
            适用于任何 VRM 模型的动画。
        pose motion {0} needs FILE: a video, or pose/1 lines.
            pose motion {0} 需要 FILE：视频，或 pose/1 行。
        pose motion count needs --exercise: {0}, or a file with a definition.
            pose motion count 需要 --exercise：{0}，或含有定义的文件。
        pose motion export needs a file to write: {0,}.
            pose motion export 需要要写出的文件：{0}。
        Nobody is to be seen in '{0}'.
            “{0}”中看不到人。
        --plot must end in .svg or .png, got '{0}'.
            --plot 必须以 .svg 或 .png 结尾，却给出了“{0}”。
        '{0}' has no frames with times. Write such lines with: pose video FILE --json OUT.jsonl
            “{0}”没有带时间的帧。可用此命令写出：pose video FILE --json OUT.jsonl
        Person {0#}: {1*}, {2#} partial
            第 {0} 人：{1}，{2} 次不完整
        1 repetition
            1 次
        {0#} repetitions
            {0} 次
        1 hold
            保持 1 次
        {0#} holds
            保持 {0} 次
        There is no exercise '{0}'; there are {1}.
            没有动作“{0}”；可用的有 {1}。
        FILE is a video, or the pose/1 lines that 'pose video FILE --json' writes; - reads such lines from standard input. A video is smoothed over the whole of it unless --smooth tells otherwise.
            FILE 是视频，或 'pose video FILE --json' 写出的 pose/1 行；- 表示从标准输入读取这样的行。除非用 --smooth 另行指定，视频按整段平滑。
        angles prints how far each joint moves, and writes the angles of every frame as a table or a chart. An angle has an expected error, by how the person is seen and by published measurements; what is not to be seen has no angle.
            angles 打印每个关节的活动范围，并把每帧的角度写成表格或图表。每个角度附带预期误差，取决于人物的朝向和已发表的测量结果；看不见的部位没有角度。
        count counts the repetitions of an exercise and scores each, for each person. Exercises are JSON files: 'pose motion count --exercise squat --show-exercise' prints one to change.
            count 统计每个人做某个动作的次数，并为每一次评分。动作是 JSON 文件：'pose motion count --exercise squat --show-exercise' 会打印一个供修改。
        score tells how like a reference somebody moves, whatever the tempo: 0…100, each limb by itself, and where it differs most.
            score 给出与参考动作的相似程度，不计快慢：0…100，分部位给出，并指出差别最大之处。
        export turns the landmarks of one person into a skeleton whose bones keep their lengths.
            export 把一个人的关键点变成骨骼长度不变的骨架。
        What is counted: {0,}, or a definition of your own in a file
            统计什么动作：{0}，或文件中您自己的定义
        score: a film of how it should be done, or its landmarks
            score：示范视频，或它的关键点
        export: write markers for OpenSim and Pose2Sim
            export：写出 OpenSim 和 Pose2Sim 使用的标记点
        export: write joint coordinates for OpenSim
            export：写出 OpenSim 使用的关节坐标
        How like the coach's?
            与教练的动作有多像？
        pose motion score needs --reference: a film of how it should be done.
            pose motion score 需要 --reference：一段示范视频。
        Only one of the film and the reference can be read from standard input.
            视频和参考不能都从标准输入读取。
        Person {0#}: {1#} of 100
            第 {0} 人：{1} 分（满分 100）
        Differs most at {0} s (reference: {1} s): {2} {3}° instead of {4}°
            差别最大：{0} 秒（参考：{1} 秒）：{2} 为 {3}°，应为 {4}°
        Measure each person's joint angles: in the results (pose and csv), in the table, and drawn at the joints
            测量每个人的关节角度：写入结果（pose 和 csv）和表格，并画在关节旁
        With angles, what 0° is: interior (a straight limb has 180°) or clinical (it has 0°)
            角度中 0° 的含义：interior（伸直为 180°）或 clinical（伸直为 0°）
        Count and judge what each person does, in lines, in --json and on the video that is written: {0,}, or a definition of your own in a file
            统计并评价每个人的动作，逐行显示，并写入 --json 和输出的视频：{0}，或文件中您自己的定义
        count: write the video with the angles on the body, the counter, the depth and what to say
            count：写出视频，画上身体角度、计数、深度和提示
        The same, on the video: counter, angles, feedback.
            同上，画在视频上：计数、角度、提示。
        Count squats, and say what could be better.
            统计深蹲次数，并提示如何改进。
        --output draws on a video, and '{0}' has landmarks alone: give the video itself.
            --output 要画在视频上，而“{0}”只有关键点：请给出视频本身。
        --angles go into {0,} only, not into {1}.
            --angles 只能写入 {0}，不能写入 {1}。
        angles=true works with format=pose and format=csv only.
            angles=true 只能与 format=pose 和 format=csv 一起使用。
        {0} s, person {1#}: repetition {2#}, score {3}.
            {0} 秒，第 {1} 人：第 {2} 次，{3} 分。
        {0} s, person {1#}: hold {2#}, score {3}.
            {0} 秒，第 {1} 人：第 {2} 次保持，{3} 分。
        {0} s, person {1#}: a partial repetition.
            {0} 秒，第 {1} 人：一次不完整。
        , mean score {0}
            ，平均 {0} 分
        """#
}
