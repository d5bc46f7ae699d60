// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    /// What a run of the command line says of its inputs and its end, in Chinese.
    static let chineseRun = #"""
        warning: {0*}
            警告：{0}
        nobody found
            没有找到人
        1 person
            1 个人
        {0#} people
            {0} 个人
        1 person (score {0})
            1 个人（得分 {0}）
        {0#} people (scores {1})
            {0} 个人（得分 {1}）
        1 person (id {0})
            1 个人（编号 {0}）
        {0#} people (ids {1})
            {0} 个人（编号 {1}）
        nobody
            没有人
        {0#} × {1#} pixels
            {0} × {1} 像素
        {0#} ms
            {0} 毫秒
        {0#} ms → {1}
            {0} 毫秒 → {1}
        {0#} × {1#} pixels → {2}
            {0} × {1} 像素 → {2}
        {0} s: {1*}, {2#} frames a second
            {0} 秒：{1}，每秒 {2} 帧
        1 photo
            1 张照片
        {0#} photos
            {0} 张照片
        1 video
            1 个视频
        {0#} videos
            {0} 个视频
        1 frame
            1 帧
        {0#} frames
            {0} 帧
        1 time
            1 次
        {0#} times
            {0} 次
        {0*} in {1#} s: {2*}
            {0}，用时 {1} 秒：{2}
        {0*} in {1#} s ({2#} a second): {3*}
            {0}，用时 {1} 秒（每秒 {2}）：{3}
        {0#} photos: {1*}
            {0} 张照片：{1}
        1 photo: {0*}
            1 张照片：{0}
        {0*} in {1#} s
            {0}，用时 {1} 秒
        {0*} in {1#} s ({2#} a second)
            {0}，用时 {1} 秒（每秒 {2}）
        nobody in {0#}
            {0} 张没有人
        nobody in {0*}
            {0}没有人
        {0*} dropped
            丢弃 {0}
        connected to again {0*}
            重新连接 {0}
        {0#} failed
            {0} 个失败
        {0#} done before
            {0} 个以前已完成
        {0#} files passed by
            跳过 {0} 个文件
        1 file passed by
            跳过 1 个文件
        1 text file ({1})
            1 个文本文件（{1}）
        1 empty file ({1})
            1 个空文件（{1}）
        1 special file ({1})
            1 个特殊文件（{1}）
        1 linked folder ({1})
            1 个链接的文件夹（{1}）
        1 broken link ({1})
            1 个失效的链接（{1}）
        1 unreadable file ({1})
            1 个无法读取的文件（{1}）
        1 {1} file ({2})
            1 个 {1} 文件（{2}）
        1 {1} video ({2})
            1 个 {1} 视频（{2}）
        1 {1} raw photograph ({2})
            1 张 {1} 原始照片（{2}）
        1 ZIP archive ({1})
            1 个 ZIP 压缩包（{1}）
        1 gzip archive ({1})
            1 个 gzip 压缩包（{1}）
        1 HTML page ({1})
            1 个 HTML 网页（{1}）
        1 file of unknown kind ({1})
            1 个未知类型的文件（{1}）
        passed by: {0*}
            跳过：{0}
        {0#} text files ({1})
            {0} 个文本文件（{1}）
        {0#} empty files ({1})
            {0} 个空文件（{1}）
        {0#} files of unknown kind ({1})
            {0} 个未知类型的文件（{1}）
        {0#} special files ({1})
            {0} 个特殊文件（{1}）
        {0#} linked folders ({1})
            {0} 个链接的文件夹（{1}）
        {0#} broken links ({1})
            {0} 个失效的链接（{1}）
        {0#} unreadable files ({1})
            {0} 个无法读取的文件（{1}）
        {0#} {1} files ({2})
            {0} 个 {1} 文件（{2}）
        {0#} {1} videos ({2})
            {0} 个 {1} 视频（{2}）
        {0#} {1} raw photographs ({2})
            {0} 张 {1} 原始照片（{2}）
        {0#} ZIP archives ({1})
            {0} 个 ZIP 压缩包（{1}）
        {0#} gzip archives ({1})
            {0} 个 gzip 压缩包（{1}）
        {0#} HTML pages ({1})
            {0} 个 HTML 网页（{1}）
        interrupted by {0}: {1#} of {2#} photos are done.
            被 {0} 中断：{2} 张照片中已完成 {1} 张。
        interrupted by {0}: {1#} of {2#} photos are done, with {3*}.
            被 {0} 中断：{2} 张照片中已完成 {1} 张，{3}。
        interrupted by {0}: {1#} frames are done.
            被 {0} 中断：已完成 {1} 帧。
        interrupted by {0}: 1 frame is done.
            被 {0} 中断：已完成 1 帧。
        interrupted by {0}: {1#} frames are done, with {2*}.
            被 {0} 中断：已完成 {1} 帧，{2}。
        interrupted by {0}: 1 frame is done, with {1*}.
            被 {0} 中断：已完成 1 帧，{1}。
        the video in {0} and the results in {1,}
            视频在 {0}，结果在 {1}
        the video in {0}
            视频在 {0}
        the results in {0,}
            结果在 {0}
        The same command with --resume goes on there.
            同一命令加上 --resume 可从那里继续。
        Nothing was written. Add -o OUT.jpg for the photo with the skeleton, --json - for the landmarks.
            没有写出任何文件。加上 -o OUT.jpg 得到画好骨架的照片，加上 --json - 得到关键点。
        Nothing was written. Add -o OUT.mp4 for the video with the skeletons, --json - for the landmarks.
            没有写出任何文件。加上 -o OUT.mp4 得到画好骨架的视频，加上 --json - 得到关键点。
        No thread can be had: {0*}
            无法创建线程：{0}
        -: standard input is a terminal; pipe a photo into it.
            -：标准输入是终端；请通过管道送入照片。
        -: standard input is a terminal; pipe frames into it.
            -：标准输入是终端；请通过管道送入帧。
        not a regular file. To read from a pipe, give - as the photo and pipe into it.
            不是普通文件。要从管道读取，请用 - 作为照片并把内容送入管道。
        more than {0#} bytes, which no picture within --max-pixels needs.
            超过 {0} 字节，--max-pixels 以内的图片不需要这么多。
        empty, not a JPEG, PNG or WebP image.
            为空，不是 JPEG、PNG 或 WebP 图片。
        this is an {0} picture, no video. For photos: pose image {1}
            这是 {0} 图片，不是视频。若是照片：pose image {1}
        empty; a picture is expected.
            为空；需要图片。
        this is a {0} picture, no video. For photos: pose image {1}
            这是 {0} 图片，不是视频。若是照片：pose image {1}
        For videos: pose video {0}
            若是视频：pose video {0}
        no file matches this pattern.
            没有文件符合这个通配符。
        no photo in this directory of a format that is read; pose info lists them.
            此目录中没有可读格式的照片；可用 pose info 查看这些格式。
        its results are of complexity {0#}, and {1#} is asked for now; add --complexity {2#} to go on with it, or begin anew without --resume.
            其中的结果是复杂度 {0} 的，而现在要求的是 {1}；请加上 --complexity {2} 继续，或去掉 --resume 重新开始。
        The table has no columns of angles, and they are asked for now; leave that out to go on with it, or begin anew without --resume.
            表格没有角度列，而现在要求角度；请去掉角度选项继续，或去掉 --resume 重新开始。
        The table has columns of angles; add --angles to go on with it, or begin anew without --resume.
            表格有角度列；请加上 --angles 继续，或去掉 --resume 重新开始。
        The table has other columns of angles; ask for angles as before to go on with it, or begin anew without --resume.
            表格的角度列不同；请像以前那样要求角度来继续，或去掉 --resume 重新开始。
        It is no output of the format {0} to go on with; give another name, or begin anew without --resume.
            它不是可以继续的 {0} 格式输出；请换一个文件名，或去掉 --resume 重新开始。
        'Setup/setup models' in the sources of this program downloads what is missing, 'pose models add FILE…' takes files from elsewhere.
            本程序源代码中的 'Setup/setup models' 会下载所缺的模型，'pose models add FILE…' 可添加从别处得到的文件。
        {0} is already there: {1}
            {0} 已存在：{1}
        {0} added: {1}
            {0} 已添加：{1}
        {0} could not be written: {1*}.
            {0} 无法写入：{1}。
        Standard output could not be written: {0*}.
            标准输出无法写入：{0}。
        The highest instruction set that kernels may use
            计算内核可用的最高指令集
        The only directory in which models are looked for; --models-dir goes before it
            只在此目录中查找模型；--models-dir 优先于它
        Values: {0*}. Default: {1*}.
            取值：{0}。默认：{1}。
        a directory
            一个目录
        the places that 'pose models path' lists
            'pose models path' 列出的位置
        scalar, sse2, neon, avx2 or avx512
            scalar、sse2、neon、avx2 或 avx512
        the fastest that the processor has
            处理器支持的最快的一种
        """#
}
