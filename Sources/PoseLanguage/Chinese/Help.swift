// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    /// Summaries, paragraphs, options and examples of the help, in Chinese.
    static let chineseHelp = #"""
        pose: people in photos and videos, 33 landmarks each, on a plain CPU, offline.
            pose：离线在普通 CPU 上找出照片和视频中的人，每人 33 个关键点。
        Usage: pose COMMAND [arguments]
            用法：pose COMMAND [参数]
        Commands:
            命令：
        Arguments:
            参数：
        Options:
            选项：
        Examples:
            示例：
        [options]
            [选项]
        Usage: {0}
            用法：{0}
        (default: {0*})
            （默认：{0}）
        pose COMMAND --help tells more; pose --version prints the version.
            pose COMMAND --help 显示详细说明；pose --version 显示版本。
        all cores
            全部核心
        see 'pose models path'
            见 'pose models path'
        300 for photos, 30 for requests
            照片 300，请求 30
        everybody
            所有人
        the name of a file
            文件名
        the name of a directory
            目录名
        Show this help
            显示本帮助
        Find people in photos and place 33 landmarks on each
            在照片中找人，并为每人定位 33 个关键点
        Follow people through videos and place 33 landmarks in every frame
            在视频中跟踪人物，并在每一帧定位 33 个关键点
        Follow people in front of a camera or in a stream
            跟踪摄像头前或网络流中的人物
        Serve a page and an HTTP interface
            提供网页和 HTTP 接口
        List, check and add model files
            列出、校验和添加模型文件
        Show versions, processor, instruction set, models and limits
            显示版本、处理器、指令集、模型和限制
        Time every stage on this machine
            测量本机各阶段的耗时
        Print a completion script for a shell
            输出某个 shell 的补全脚本
        Print the manual page
            输出手册页
        Show the help of a command
            显示某个命令的帮助
        Prints one line a photo, or results with --json - or --csv -. Among many photos a bad one is reported and the rest go on; the exit code is then that of the first bad one. Output that cannot be written ends the run. Files appear whole or not at all, and no photo is ever overwritten.
            每张照片输出一行；用 --json - 或 --csv - 则输出结果。多张照片中有坏的，会报告出来并继续处理其余照片，退出码取第一个出错的照片。输出无法写入时运行终止。文件要么完整出现，要么不出现，照片永远不会被覆盖。
        Files in directories are taken by their first bytes, whatever their names; what is passed by is said at the end. Hidden files and linked directories are not looked into.
            目录中的文件按开头的字节识别，与文件名无关；跳过了哪些，最后会说明。不查看隐藏文件和链接的目录。
        Ctrl-C ends a run with what is done written; the same command with --resume goes on there. A second one ends it at once.
            Ctrl-C 结束运行并写好已完成的部分；同一命令加上 --resume 可从那里继续。再按一次则立即结束。
        In results and messages, bytes of a name that are not UTF-8 are written as \xHH.
            在结果和消息中，文件名里不是 UTF-8 的字节写作 \xHH。
        Photos (pose info lists the formats); directories, with all below; patterns in quotes ('*.jpg'); - for standard input
            JPEG、PNG 或 WebP 文件；目录（包括其下所有内容）；带引号的通配符（'*.jpg'）；- 表示标准输入
        Write the photo with the skeleton drawn on it; .jpg, .png or .webp, or the skeleton alone as .svg. One photo only
            写出画有骨架的照片；.jpg、.png 或 .webp，或只含骨架的 .svg。只能用于一张照片
        The same for any number of photos, under their own names
            同上，用于任意多张照片，沿用各自的文件名
        Write where people are as a gray PNG, white for sure; of several people the larger value
            把人物所在的区域写成灰度 PNG，白色为确定；有多个人时取较大值
        Go on with a run that ended early: leave out photos whose results are in the outputs
            继续提前结束的运行：跳过输出中已有结果的照片
        Draw the skeleton on a photo.
            在照片上画出骨架。
        Print the landmarks.
            输出关键点。
        A whole directory at once.
            一次处理整个目录。
        A table for a spreadsheet.
            用于电子表格的表。
        For COCO's evaluation.
            用于 COCO 评测。
        Up to five people.
            最多五个人。
        A photo from a pipe.
            来自管道的照片。
        Write the landmarks as JSON, one line a photo; - is standard output; in a directory, one file a photo
            把关键点写成 JSON，每张照片一行；- 为标准输出；给出目录时每张照片一个文件
        Write the landmarks as JSON, one line a frame; - is standard output; in a directory, one file a frame
            把关键点写成 JSON，每帧一行；- 为标准输出；给出目录时每帧一个文件
        Write {0*}; FILE, DIR/ and - as for --json
            写出{0}；FILE、DIR/ 和 - 的用法同 --json
        a table for spreadsheets and data frames, one row a person
            用于电子表格和数据框的表，每人一行
        The shape of the JSON: {0,}
            JSON 的格式：{0}
        The shape of the results: {0,}
            结果的格式：{0}
        The landmark network: 0 lite, 1 full, 2 heavy
            关键点网络：0 轻量，1 完整，2 重型
        Find up to N people, 1…100; 0 for as many as there are
            最多找 N 个人，1…100；0 表示有多少找多少
        How to look for people: standard (one look, as MediaPipe has it) or thorough (also small ones, and those who stand close; takes several times as long)
            找人的方式：standard（看一遍，与 MediaPipe 相同）或 thorough（也找较小的和挨得近的人；耗时数倍）
        Look at this place of the photo too, in pixels; several with ; between or by several options
            也查看照片的这个区域，以像素计；多个区域用 ; 隔开，或多次给出此选项
        The order of people: score, left (to right) or size (largest first)
            人物的顺序：score（得分）、left（从左到右）或 size（从大到小）
        The least score at which a person is looked at, 0…1
            人物得分达到多少才会查看，0…1
        The score above which a person is there, 0…1
            得分超过多少才算有人，0…1
        How landmarks are smoothed over time: mediapipe, live (steadier at rest), sport (follows fast movements), none
            关键点如何随时间平滑：mediapipe、live（静止时更稳）、sport（跟得上快速动作）、none（不平滑）
        How landmarks are smoothed over time: mediapipe, live (steadier at rest), sport (follows fast movements), none, offline (over the whole film, without lag; fills short gaps)
            关键点如何随时间平滑：mediapipe、live（静止时更稳）、sport（跟得上快速动作）、none（不平滑）、offline（对整段视频平滑，无延迟，并填补短暂的缺失）
        Report one person only: largest, center, first, or the id that results give
            只报告一个人：largest（最大）、center（居中）、first（最先），或结果中给出的编号
        Look for further people so often while there is room for them; 0 looks in each frame
            人数未满时，每隔这么久再找一次新的人；0 表示每帧都找
        How skeletons look: classic (red and white), sides (left orange, right turquoise), skeleton-only (on nothing; on black in JPEG and videos), people (a colour each, with their ids in streams)
            骨架的样式：classic（红白）、sides（左橙右青）、skeleton-only（透明底；JPEG 和视频为黑底）、people（每人一种颜色，视频中带编号）
        Draw points that are hardly visible too, half as strong, their bones dashed
            也画出几乎看不见的点：颜色减半，骨骼用虚线
        Add each person's mask, a gray PNG in a data URI; with format=pose only
            加上每个人的掩码，为 data URI 形式的灰度 PNG；只用于 format=pose
        Say how long each stage took
            给出各阶段的耗时
        Leave times out, so that the same photo gives the same bytes
            不写耗时，这样同一张照片得到相同的字节
        Make annotated pictures at most so long on a side
            标注后的图片，长边最多为此像素数
        the photo's
            照片的长边
        How to decode large JPEGs: exact (in full size, MediaPipe's own numbers) or fast (smaller, which moves landmarks by 1 to 3% of the person's height)
            如何解码大幅 JPEG：exact（全尺寸，与 MediaPipe 的数值一致）或 fast（缩小解码，关键点移动身高的 1% 到 3%）
        Take what can be read of a damaged or cut photo, with a warning
            照片损坏或不完整时，读出能读的部分并给出警告
        Read pictures of these formats alone, with commas between: jpeg, png, webp, heic, avif, tiff, gif or bmp
            只读取这些格式的图片，以逗号分隔：jpeg、png、webp、heic、avif、tiff、gif 或 bmp
        all that pose info lists
            pose info 列出的全部格式
        Refuse photos with more pixels
            拒绝像素更多的照片
        Give a photo up that takes longer
            照片耗时更长则放弃
        Threads to work with, 1…{0#}
            使用的线程数，1…{0}
        The only directory in which models are looked for
            只在此目录中查找模型
        Print errors only
            只输出错误
        Videos are read and written by ffmpeg, which must be installed. Frames keep their own times, at any rate; rotation is applied, and HDR becomes SDR. A video that is damaged or cut gives every frame before the damage, and an error. Nothing of a video's metadata, such as its place, is written.
            视频由 ffmpeg 读写，必须先安装。任何帧率下各帧都保留自己的时间；会应用旋转，HDR 转为 SDR。视频损坏或不完整时，给出损坏处之前的每一帧，并报告错误。视频的元数据（如拍摄地点）一概不写。
        People keep their ids through the whole video, given --max-people. --smooth offline looks at the whole of it before anything is written: it keeps all results in memory and decodes the video twice where -o is given.
            使用 --max-people 时，人物在整段视频中编号不变。--smooth offline 先看完整段视频再写出：它把所有结果留在内存中，给出 -o 时视频解码两遍。
        Ctrl-C ends a run with a video that plays and with the results so far. A second one ends it at once.
            Ctrl-C 结束运行，留下可以播放的视频和到此为止的结果。再按一次则立即结束。
        Videos of any kind that ffmpeg reads
            ffmpeg 能读的任何视频
        Draw the skeleton on a video.
            在视频上画出骨架。
        Landmarks of every frame, without lag.
            每一帧的关键点，无延迟。
        Several people, a colour each.
            多个人，每人一种颜色。
        A part, as a table for a spreadsheet.
            其中一段，写成电子表格用的表。
        Several videos at once.
            一次处理多个视频。
        A file for each frame, as OpenPose writes them.
            每帧一个文件，与 OpenPose 写出的相同。
        Write the video with the skeletons drawn on it, as H.264. One video only
            写出画好骨架的视频，编码为 H.264。只用于一个视频
        The same for any number of videos, under their own names
            同上，用于任意多个视频，沿用各自的文件名
        Take the sound along, as it is
            原样保留声音
        Turn the picture that is written left to right, as a mirror does; left in the results stays the person's left
            像镜子一样左右翻转写出的画面；结果中的左仍是人物自己的左
        Begin there: seconds or [h:]mm:ss
            从此处开始：秒数或 [h:]mm:ss
        End there: seconds or [h:]mm:ss
            到此处结束：秒数或 [h:]mm:ss
        Look at each N-th frame only
            每 N 帧只看一帧
        Frames a second that a camera is asked for, or that come on standard input
            要求摄像头给出的每秒帧数，或标准输入上的每秒帧数
        Columns and rows that a camera is asked for, or that come on standard input
            要求摄像头给出的列数和行数，或标准输入上的列数和行数
        The pixels on standard input, by ffmpeg's names: bgr24, rgb24, yuv420p, nv12, bgr0, gray
            标准输入上的像素，用 ffmpeg 的名称：bgr24、rgb24、yuv420p、nv12、bgr0、gray
        Work on the newest frame and drop those before it, as is always done for cameras and streams; for - too
            只处理最新的一帧，丢弃之前的帧；摄像头和网络流总是如此，对 - 也这样做
        Without an output, a line a second says how many people there are. With --json -, each frame's line is written as soon as it is known.
            没有输出时，每秒一行说明有多少人。用 --json - 时，每一帧的结果一得出就写出。
        Frames that come while another one is worked on are dropped, so that results are never late. A stream that stalls is connected to again. The video of -o can be played at any time, whatever ends the program.
            正在处理一帧时到来的帧会被丢弃，因此结果从不滞后。网络流停顿时会重新连接。-o 的视频随时可以播放，无论程序因何结束。
        A password in an address is masked in messages and results, but the list of processes shows it.
            地址中的密码在消息和结果中会被遮盖，但进程列表会显示它。
        A V4L2 camera (/dev/video0 unless told), rtsp://… or http://…, or - for frames on standard input: pixels without anything between
            V4L2 摄像头（默认 /dev/video0）、rtsp://… 或 http://…，或用 - 表示标准输入上的帧：只有像素，中间没有其他内容
        Landmarks of the first camera, a line a frame.
            第一个摄像头的关键点，每帧一行。
        Record it with the skeleton, as in a mirror.
            连同骨架录下来，像照镜子一样。
        A camera of the network.
            网络摄像头。
        Frames from another program.
            来自另一个程序的帧。
        Runs until it is interrupted (Ctrl-C or SIGTERM), then answers what was begun. By default only this machine can reach it. Nothing that is uploaded is kept.
            一直运行到被中断（Ctrl-C 或 SIGTERM），然后答复完已开始的请求。默认只有本机可以访问。上传的内容一概不保留。
        The address to listen on; 0.0.0.0 lets other machines in
            监听的地址；0.0.0.0 允许其他机器访问
        The port to listen on, 0…65535; 0 takes a free one
            监听的端口，0…65535；0 表示选一个空闲的
        Refuse uploads with more bytes
            拒绝字节数更多的上传
        Follow up to N live streams at a time, 0…256
            同时最多跟踪 N 路实时流，0…256
        Open http://127.0.0.1:5000 and drop a photo.
            打开 http://127.0.0.1:5000，拖入一张照片。
        Let other machines in.
            允许其他机器访问。
        Ask it from a program.
            从程序中调用。
        list (the default) shows every known model and where it is. verify does the same and ends with 69 when one is wrong, or one that every run needs is missing. path prints the directories that are looked in, in their order. add copies files to the right place; their SHA-256 says what they are.
            list（默认）显示每个已知的模型及其位置。verify 同样如此，若有模型不对，或缺少每次运行都需要的模型，则退出码为 69。path 按顺序输出查找的目录。add 把文件复制到正确的位置；是什么模型由 SHA-256 判断。
        'Setup/setup models' in the sources of this program downloads all of them.
            本程序源代码中的 'Setup/setup models' 会下载全部模型。
        What to do; list when nothing is given
            要做什么；不给出时为 list
        Which models are there?
            有哪些模型？
        Make --complexity 2 work.
            让 --complexity 2 可用。
        Check before a long run.
            长时间运行之前先校验。
        List the environment variables that are heeded
            列出会读取的环境变量
        What to put into a report of a problem.
            报告问题时应附上的信息。
        See a variable at work.
            查看环境变量的作用。
        Time one stage alone
            只测一个阶段
        Time one network: detector, or lite, full or heavy landmarks
            只测一个网络：检测器 detector，或关键点网络 lite、full、heavy
        Passes of each stage, after a warm-up of a tenth as many
            每个阶段的遍数，之前先预热其十分之一
        Show every step of the networks, slowest first
            显示网络的每一步，最慢的在前
        Write one JSON object a stage and line
            每个阶段写一行 JSON 对象
        Analyse PICTURE instead, and write what each thread did and when, for chrome://tracing, Perfetto or speedscope
            改为分析 PICTURE，并写出每个线程在何时做了什么，可用 chrome://tracing、Perfetto 或 speedscope 打开
        Milliseconds between the passes of a trace, as between a user's photos
            跟踪各遍之间的毫秒数，如同用户的照片之间
        The photo of a trace
            要跟踪的照片
        Where a photo's milliseconds go, step by step and thread by thread.
            一张照片的毫秒花在哪里，逐步、逐线程。
        Crops are taken from a made-up picture of 1920 × 1080. GFLOP/s count multiplications and additions of the network as it is run; the share is that of a loop of nothing but them, on as many cores. Leave the machine alone meanwhile.
            裁剪取自一张人造的 1920 × 1080 图片。GFLOP/s 按实际运行的网络计算乘法和加法；占比是相对于同样核数上只做乘加的循环而言。其间请勿使用这台机器。
        What one core does.
            单核的速度。
        Where the time of the landmark network goes.
            关键点网络的时间花在哪里。
        One network, for a program.
            只测一个网络，供程序读取。
        Without AVX.
            不用 AVX。
        bash, zsh or fish
            bash、zsh 或 fish
        Completion in this bash; zsh the same way.
            在当前 bash 中补全；zsh 同理。
        Completion in this fish.
            在当前 fish 中补全。
        Read it.
            阅读手册页。
        Install it.
            安装手册页。
        The command; without it, the list of all
            命令名；不给出时列出全部命令
        What pose image can do.
            pose image 能做什么。
        """#
}
