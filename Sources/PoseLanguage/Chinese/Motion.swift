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
        Send one person as a skeleton to Unity and others by the VMC protocol; port 39539 unless told
            用 VMC 协议把一个人的骨架发送到 Unity 等程序；默认端口 39539
        Send one person as trackers to VRChat over OSC; port 9000 unless told
            通过 OSC 把一个人作为追踪器发送到 VRChat；默认端口 9000
        Send each frame's pose/1 line as a datagram, with all people
            把每帧的 pose/1 行作为数据报发送，含所有人
        --vmc, --vrchat: how high the person stands
            --vmc、--vrchat：人的身高
        a host and a port, such as 127.0.0.1:5005
            主机和端口，例如 127.0.0.1:5005
        a host, or a host and a port, such as 127.0.0.1 or 192.168.1.20:{0#}
            主机，或主机和端口，例如 127.0.0.1 或 192.168.1.20:{0}
        0.3…3 metres
            0.3…3 米
        --height is for a skeleton that is sent: add --vmc HOST or --vrchat HOST.
            --height 用于发送的骨架：请加上 --vmc HOST 或 --vrchat HOST。
        {0}: no address of '{1}' is known ({2*}). Give a host's name or its IP address.
            {0}：找不到“{1}”的地址（{2}）。请给出主机名或 IP 地址。
        {0}: nothing can be sent to {1} ({2*}). Is this machine in its network?
            {0}：无法向 {1} 发送（{2}）。本机在它的网络中吗？
        {0}: nothing listens at {1} yet; sending goes on.
            {0}：{1} 尚无程序接收；继续发送。
        {0}: a frame has {1#} bytes, and a datagram at most {2#}: such frames are left out. Ask for fewer people with --max-people.
            {0}：一帧有 {1} 字节，而数据报最多 {2} 字节：这样的帧不发送。请用 --max-people 减少人数。
        {0}: {1} cannot be reached now ({2*}); sending goes on.
            {0}：目前无法到达 {1}（{2}）；继续发送。
        {0}: {1#} of {2#} datagrams did not go out.
            {0}：{2} 个数据报中有 {1} 个未能发出。
        {0}: {1#} of {2#} datagrams were refused at {3}.
            {0}：{2} 个数据报中有 {1} 个被 {3} 拒收。
        Move a character in Unity, VSeeFace or Blender.
            驱动 Unity、VSeeFace 或 Blender 中的角色。
        Play the motion on a character in Unity, VSeeFace or Blender.
            在 Unity、VSeeFace 或 Blender 的角色上播放动作。
        --vmc, --vrchat and --udp send each frame over UDP as soon as it is known, and go on whether or not somebody listens. Of several people, a skeleton is made of the first, as long as that person stays; --subject chooses.
            --vmc、--vrchat 和 --udp 在每帧结果得出后立即通过 UDP 发送，无论有没有程序接收都会继续。有多个人时，骨架取最先的人，只要此人还在；可用 --subject 选择。
        With --vmc, --vrchat or --udp each frame is sent over UDP at its own time in the video, or when it is done where that is later. Of several people, a skeleton is made of the first, as long as that person stays; --subject chooses.
            使用 --vmc、--vrchat 或 --udp 时，每帧按其在视频中的时间通过 UDP 发送；若处理较慢，则处理完就发送。有多个人时，骨架取最先的人，只要此人还在；可用 --subject 选择。
        Learn poses by examples, and tell them in photos and videos
            由样例学习姿势，并在照片和视频中识别
        train learns from a folder with a folder of photos for each label, or from a table as ML Kit's sample app has it: name, label, and x, y, z of 33 landmarks in pixels. A part of the examples is held out, names that differ in their last number alone on one side, and a table says what they were taken for; the model that is written has learned all of them.
            train 从一个文件夹学习，其中每个标签有一个照片文件夹；或从 ML Kit 示例应用格式的表格学习：名称、标签，以及 33 个关键点的 x、y、z（像素）。一部分样例留出测试，名称只有末尾数字不同的样例在同一侧，并用表格说明它们被判为什么；写出的模型学习了全部样例。
        run prints a line of JSON for each photo or frame, with each person's label and how sure it is. FILE is a photo, a video, or pose/1 lines; - reads such lines from standard input. In a video, answers are smoothed over time, and --count tells how often each label came and went.
            run 为每张照片或每帧打印一行 JSON，含每个人的标签及其把握。FILE 是照片、视频或 pose/1 行；- 表示从标准输入读取这样的行。对视频，结果随时间平滑，--count 给出每个标签出现又消失的次数。
        What to do, and with what: DIR or a table to train, FILE to run
            做什么，以及用什么：train 用 DIR 或表格，run 用 FILE
        train: write what was learned
            train：写出学到的内容
        train: how much of the examples is held out and tested on
            train：留出多少样例用于测试
        run: what was learned
            run：学到的内容
        run: count how often each label came and went
            run：统计每个标签出现又消失的次数
        Learn from poses/tree/, poses/warrior/ and so on.
            从 poses/tree/、poses/warrior/ 等学习。
        Learn from ML Kit's examples.
            从 ML Kit 的样例学习。
        Which pose is it?
            这是什么姿势？
        When is somebody down, and how often?
            什么时候蹲下，蹲了多少次？
        pose classify does one of two: train or run.
            pose classify 做两件事之一：train 或 run。
        pose classify train needs --output MODEL.json, the file to write.
            pose classify train 需要 --output MODEL.json，即要写出的文件。
        pose classify run needs --model MODEL.json, which pose classify train writes.
            pose classify run 需要 --model MODEL.json，由 pose classify train 写出。
        {0} is for pose classify run.
            {0} 用于 pose classify run。
        {0} is for pose classify train.
            {0} 用于 pose classify train。
        {0}: nobody found; the photo is left out.
            {0}：没有找到人；略过这张照片。
        {0}: it is in no folder with a label's name, and is left out.
            {0}：不在以标签命名的文件夹中，略过。
        {0}: there is nobody in any photo of its folders.
            {0}：各文件夹的照片中都没有人。
        The film's {0#} frames would be a motion of {1#}, most of them made up: the person is not seen between {2} s and {3} s. Export what is before and what is behind by itself.
            影片的 {0} 帧会变成 {1} 帧的动作，其中大部分是补出来的：从 {2} 秒到 {3} 秒看不到此人。请把之前和之后的部分分开导出。
        Making the motion took longer than the time limit. Send a part of the lines, or allow more with --time-limit.
            生成动作超过了时限。请只发送其中一部分行，或用 --time-limit 放宽时限。
        The motion has no room beside the work of others. Try again in a moment, or send a part of the lines.
            其他请求占用了内存，放不下这段动作。请稍后再试，或只发送其中一部分行。
        The times go back at line {0#}; the frames behind it that are not later than those before were left out: {1#}. Export what is before and what is behind by itself.
            第 {0} 行的时间往回跳；其后不晚于之前各帧的帧未使用，共 {1} 帧。请把之前和之后的部分分开导出。
        The times of {0#} frames are not later than those before them, and what is left is no motion. Times are seconds and must grow from line to line.
            有 {0} 帧的时间不晚于之前的帧，剩下的不成动作。时间以秒为单位，必须逐行增加。
        There are {0#} frames with shoulders and hips of the person; a motion needs two at least. Frames need times, as a film's have.
            能看到此人肩部和髋部的有 {0} 帧；动作至少需要两帧。帧要有时间，如视频的帧那样。
        The motion has {0#} frames; at most {1#} are possible. Export a part.
            动作有 {0} 帧；最多 {1} 帧。请只导出一部分。
        A height of {0#} m was given; 0.3…3 m are possible.
            给出的身高为 {0} 米；可以是 0.3…3 米。
        A rate of {0#} frames a second was given; 1…240 are possible.
            给出的帧率为每秒 {0} 帧；可以是 1…240。
        format must be bvh, vrma or gltf, got {0}.
            format 必须是 bvh、vrma 或 gltf，却给出了 {0}。
        height must be 0.3…3 metres, got {0}.
            height 必须是 0.3…3 米，却给出了 {0}。
        person must be the id of a person, from 0, got {0}.
            person 必须是人物的编号，从 0 起，却给出了 {0}。
        There are too few examples to hold some out: nothing was tested.
            样例太少，无法留出一部分：未作测试。
        Held out: {0#} of {1#} right ({2}%), learned: {3#}
            留出测试：{1} 个中 {0} 个正确（{2}%），学习：{3} 个
        1 example
            1 个样例
        {0#} examples
            {0} 个样例
        {0*} → {1}
            {0} → {1}
        '{0}' has {1#} bytes; at most {2#} are read. Take a part of it.
            “{0}”有 {1} 字节；最多读取 {2} 字节。请取其中一部分。
        There are {0#} samples of {1#} labels; two labels at least are told apart.
            有 {1} 个标签的 {0} 个样例；至少要有两个标签才能区分。
        There are {0#} samples; at most {1#} are possible.
            有 {0} 个样例；最多 {1} 个。
        The table is empty; a line for each sample was expected.
            表格为空；每个样例应有一行。
        A sample is a name, a label, and x, y, z of 33 landmarks in pixels, with commas between.
            样例由名称、标签和 33 个关键点的 x、y、z（像素）组成，以逗号分隔。
        Line {0#}: it has {1#} columns where {2#} were expected.
            第 {0} 行：有 {1} 列，应为 {2} 列。
        Line {0#}: column {1#} is no number.
            第 {0} 行：第 {1} 列不是数字。
        Line {0#}: a name or label is empty or has more than {1#} bytes.
            第 {0} 行：名称或标签为空，或超过 {1} 字节。
        Line {0#}: all landmarks are in one place.
            第 {0} 行：所有关键点在同一处。
        Name or service not known
            名称或服务未知
        Temporary failure in name resolution
            域名解析暂时失败
        No address associated with hostname
            该主机名没有地址
        Network is unreachable
            网络不可达
        No route to host
            没有到主机的路由
        Cannot assign requested address
            无法使用所要求的地址
        Measure each person's joint angles: in the results (pose and csv), in the table, and drawn at the joints
            测量每个人的关节角度：写入结果（pose 和 csv）和表格，并画在关节旁
        Measure angles, and look at each person again with the picture shifted by a pixel or two: bands are widened by how far each angle moves; five more passes of the landmark network a person
            测量角度，并将画面移动一两个像素再看每个人一次：误差带按角度的移动量加宽；每人多运行五次关键点网络
        --angles-check looks at a video again, and '{0}' has landmarks alone: give the video itself.
            --angles-check 要再看一次视频，而“{0}”只有关键点：请给出视频本身。
        Add each person's skeleton: bones that keep their lengths, and how each is turned; in format pose
            加入每个人的骨架：长度不变的骨骼及其转动；仅限 pose 格式
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
