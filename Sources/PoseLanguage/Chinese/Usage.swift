// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    /// What is said of arguments that cannot be followed, in Chinese.
    static let chineseUsage = #"""
        pose {0} has no option {1}.
            pose {0} 没有选项 {1}。
        pose has no option {0}.
            pose 没有选项 {0}。
        pose has no command '{0}'.
            pose 没有命令“{0}”。
        Did you mean '{0}'?
            是不是“{0}”？
        Did you mean {0}?
            是不是 {0}？
        Commands: {0,}.
            可用的命令：{0}。
        A command comes first: {0,}.
            首先要给出命令：{0}。
        Try 'pose {0} --help'.
            请看 'pose {0} --help'。
        {0} needs a value: {1}.
            {0} 需要一个值：{1}。
        {0} is short for several options: {1,}.
            {0} 可以是多个选项的缩写：{1}。
        {0} lacks a dash: {1}.
            {0} 少了一个连字符：{1}。
        {0} takes no value, got '{1}'.
            {0} 不带值，却给出了“{1}”。
        {0} must be {1*}, got nothing.
            {0} 必须是{1}，但没有给出值。
        {0} must be {1*}, got {2}.
            {0} 必须是{1}，却给出了 {2}。
        pose {0} takes options only, got '{1}'.
            pose {0} 只接受选项，却给出了“{1}”。
        pose {0} needs {1}: {2*}.
            pose {0} 需要 {1}：{2}。
        the files to add
            要添加的文件
        pose {0} takes no further argument, got '{1}'.
            pose {0} 不再接受更多参数，却给出了“{1}”。
        {0} is empty: an argument without a character was given.
            {0} 为空：给出了一个没有字符的参数。
        pose {0} takes {1,}, got '{2}'.
            pose {0} 接受 {1}，却给出了“{2}”。
        {0} is given more than once.
            {0} 给出了不止一次。
        There is no parameter '{0}' here.
            这里没有参数“{0}”。
        There is: {0,}.
            可用的有：{0}。
        {0,} or the id of a person, from 0
            {0} 或人物的编号（从 0 起）
        {0,} (or {1,})
            {0}（或 {1}）
        {0} (such as {1})
            {0}（例如 {1}）
        formats of pictures with commas between (jpeg, png, webp, heic, avif, tiff, gif, bmp)
            以逗号分隔的图片格式（jpeg、png、webp、heic、avif、tiff、gif、bmp）
        four whole numbers x,y,width,height (such as 40,60,200,400), up to {0#} places with ; between
            四个整数 x,y,宽,高（例如 40,60,200,400），最多 {0} 个区域，用 ; 隔开
        standard or thorough
            standard 或 thorough
        score, left or size
            score、left 或 size
        pose, mediapipe, coco or openpose
            pose、mediapipe、coco 或 openpose
        pose, mediapipe, coco, openpose or csv
            pose、mediapipe、coco、openpose 或 csv
        classic, sides, skeleton-only or people
            classic、sides、skeleton-only 或 people
        mediapipe, live, sport or none
            mediapipe、live、sport 或 none
        mediapipe, live, sport, none or offline
            mediapipe、live、sport、none 或 offline
        all, letterbox, detector, detect, crop, landmark or mask
            all、letterbox、detector、detect、crop、landmark 或 mask
        text or json
            text 或 json
        true or false
            true 或 false
        an address
            一个地址
        seconds or [h:]mm:ss, such as 90.5 or 1:30.5
            秒数或 [h:]mm:ss，例如 90.5 或 1:30.5
        WIDTHxHEIGHT, each {0}, such as 1280x720
            宽x高，各为 {0}，例如 1280x720
        frames a second up to 1000, such as 30, 29.97 or 30000/1001
            每秒帧数，最多 1000，例如 30、29.97 或 30000/1001
        - can be given once: there is one standard input.
            - 只能给出一次：标准输入只有一个。
        - needs --size WxH: what comes on standard input are pixels alone.
            - 需要 --size WxH：标准输入上只有像素。
        --pixel-format is for -, the frames on standard input.
            --pixel-format 只用于 -，即标准输入上的帧。
        '{0}' is no camera and no stream. For a file: pose video {1}
            “{0}”既不是摄像头也不是网络流。若是文件：pose video {1}
        --fps and --size are for cameras and -; a stream comes as it is.
            --fps 和 --size 用于摄像头和 -；网络流只能原样接收。
        --end must be behind --start: nothing is between them.
            --end 必须在 --start 之后：两者之间没有内容。
        --end must be above 0: nothing is before the beginning.
            --end 必须大于 0：开头之前没有内容。
        pose video reads files, not standard input. For raw frames: pose camera - --size WxH --fps N
            pose video 读取文件，不读标准输入。若是原始帧：pose camera - --size WxH --fps N
        '{0}' is no file. For cameras and streams: pose camera {1}
            “{0}”不是文件。若是摄像头或网络流：pose camera {1}
        --output must end in .jpg, .png, .webp or .svg, got '{0}'.
            --output 必须以 .jpg、.png、.webp 或 .svg 结尾，却给出了“{0}”。
        JPEG has no transparency: skeletons are on black; PNG, WebP and SVG have it.
            JPEG 没有透明度：骨架画在黑底上；PNG、WebP 和 SVG 支持透明。
        --output must end in .mp4, got '{0}'.
            --output 必须以 .mp4 结尾，却给出了“{0}”。
        --guessed is for pictures: add --output OUT or --output-dir DIR.
            --guessed 用于图片：请加上 --output OUT 或 --output-dir DIR。
        --style is for pictures: add --output OUT or --output-dir DIR.
            --style 用于图片：请加上 --output OUT 或 --output-dir DIR。
        {0} is for the video that is written: add --output OUT.mp4.
            {0} 用于写出的视频：请加上 --output OUT.mp4。
        --mask must end in .png, or in / for a directory, got '{0}'.
            --mask 必须以 .png 结尾，若是目录则以 / 结尾，却给出了“{0}”。
        {0} '{1}' is a directory of photos: the next run would take what is written there for photos; choose another.
            {0}“{1}”是照片所在的目录：下次运行会把写在那里的文件当作照片；请换一个目录。
        {0} '{1}' is for one photo, got {2#}; {3*}.
            {0}“{1}”只用于一张照片，却给出了 {2} 张；{3}。
        use --output-dir DIR
            请用 --output-dir DIR
        give a directory, '{0}'
            请给出目录“{0}”
        --output '{0}' is for one video, got {1#}; use --output-dir DIR.
            --output“{0}”只用于一个视频，却给出了 {1} 个；请用 --output-dir DIR。
        {0} names one file and {1} a directory: give one of them, got '{2}' and '{3}'.
            {0} 指定一个文件，{1} 指定一个目录：只能给出其中之一，却给出了“{2}”和“{3}”。
        --output must be a file, got the directory '{0}'; use --output-dir.
            --output 必须是文件，却给出了目录“{0}”；请用 --output-dir。
        The output '{0}' would overwrite that photo; choose another name or place.
            输出“{0}”会覆盖那张照片；请换一个文件名或位置。
        The output '{0}' would overwrite that video; choose another name or place.
            输出“{0}”会覆盖那个视频；请换一个文件名或位置。
        Two outputs would be the same file, '{0}' and '{1}'; name them differently.
            两个输出会是同一个文件：“{0}”和“{1}”；请使用不同的文件名。
        Two outputs would be the same file, '{0}'; name them differently.
            两个输出会是同一个文件：“{0}”；请使用不同的文件名。
        --format is for JSON, which {0} is not: use --{1} FILE instead.
            --format 用于 JSON，而 {0} 不是 JSON：请改用 --{1} FILE。
        --format is for JSON: add --json FILE, or --json - for standard output.
            --format 用于 JSON：请加上 --json FILE，或用 --json - 写到标准输出。
        {0,} would be mixed on standard output; give one of them a file.
            {0} 会在标准输出上混在一起；请给其中一个指定文件。
        --resume leaves out what is in the outputs: add --output-dir DIR or --json FILE.
            --resume 跳过输出中已有的内容：请加上 --output-dir DIR 或 --json FILE。
        --resume looks into files: give {0} one in place of -.
            --resume 要查看文件：请给 {0} 一个文件来代替 -。
        --resume cannot go on with a file of the format {0}, only of {1,}; or give {2} a directory.
            --resume 不能继续 {0} 格式的文件，只能继续 {1}；或者给 {2} 一个目录。
        """#
}
