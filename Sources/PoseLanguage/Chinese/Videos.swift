// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    /// What is said of videos, cameras and streams, in Chinese.
    static let chineseVideos = #"""
        The name of the video is empty. State a file, a camera or an address.
            视频的名称为空。请给出文件、摄像头或地址。
        The program {0}, which reads and writes videos, is not on PATH. Install it: apt-get install ffmpeg
            PATH 中没有读写视频的程序 {0}。请安装：apt-get install ffmpeg
        The program '{0}' could not be started: {1*}.
            程序“{0}”无法启动：{1}。
        '{0}' cannot be read: {1*}.
            “{0}”无法读取：{1}。
        '{0}' is a directory; a video file is expected.
            “{0}”是目录；需要视频文件。
        '{0}' is empty; a video file is expected.
            “{0}”为空；需要视频文件。
        '{0}' has no pictures; a video is expected.
            “{0}”没有画面；需要视频。
        '{0}' holds video of the kind {1} of which no frame can be decoded.
            “{0}”含有 {1} 类视频，其中没有一帧可以解码。
        '{0}' holds video of the kind {1} of which no frame can be decoded (ffmpeg: {2}).
            “{0}”含有 {1} 类视频，其中没有一帧可以解码（ffmpeg：{2}）。
        '{0}' was not understood within {1#} s.
            未能在 {1} 秒内读懂“{0}”。
        Is it reachable, and does it send video?
            它能访问吗？是否在发送视频？
        Is its disk all right?
            磁盘是否正常？
        The video took longer than the time limit.
            视频处理超过了时限。
        '{0}' is no address of a stream; {1,} are read.
            “{0}”不是网络流的地址；可以读取 {1}。
        The start, {0#} s, is not before the end of '{1}' at {2#} s.
            起点 {0} 秒不在“{1}”的终点 {2} 秒之前。
        The frames of '{0}' have {1#} × {2#} pixels; at most {3#} are allowed.
            “{0}”的帧为 {1} × {2} 像素；最多允许 {3} 像素。
        Standard input cannot be read: {0*}.
            标准输入无法读取：{0}。
        The system grants no thread to read '{0}' with.
            系统没有可用的线程来读取“{0}”。
        The system grants no thread to write '{0}' with.
            系统没有可用的线程来写入“{0}”。
        '{0}' ends within a frame, after {1*}.
            “{0}”在一帧中间结束，此前有 {1}。
        '{0}' sent nothing for {1#} s, after {2*}.
            “{0}”在 {2} 之后有 {1} 秒没有发送任何内容。
        '{0}' stopped after {1*}.
            “{0}”在 {1} 之后停止。
        '{0}' stopped after {1*} (ffmpeg: {2}).
            “{0}”在 {1} 之后停止（ffmpeg：{2}）。
        '{0}' ends early: {1*}, up to {2#} of {3#} s.
            “{0}”提前结束：{1}，到 {2} 秒为止，全长 {3} 秒。
        '{0}' ends early: {1*}, up to {2#} of {3#} s (ffmpeg: {4}).
            “{0}”提前结束：{1}，到 {2} 秒为止，全长 {3} 秒（ffmpeg：{4}）。
        '{0}' ends early: {1*}, up to {2#} s.
            “{0}”提前结束：{1}，到 {2} 秒为止。
        '{0}' ends early: {1*}, up to {2#} s (ffmpeg: {3}).
            “{0}”提前结束：{1}，到 {2} 秒为止（ffmpeg：{3}）。
        '{0}' is damaged in places.
            “{0}”有几处损坏。
        '{0}' is damaged in places (ffmpeg: {1}).
            “{0}”有几处损坏（ffmpeg：{1}）。
        This ffmpeg cannot convert the colours of '{0}' (ffmpeg: {1}). Install one with zscale.
            此 ffmpeg 无法转换“{0}”的颜色（ffmpeg：{1}）。请安装带 zscale 的版本。
        The colours of '{0}' are converted roughly (ffmpeg: {1}).
            “{0}”的颜色只作粗略转换（ffmpeg：{1}）。
        The times of '{0}' go back after {1#} s; they are counted on from there.
            “{0}”的时间在 {1} 秒之后倒退；从该处起继续计数。
        The transparent background of '{0}' is not made black: this ffmpeg cannot decode it (ffmpeg: {1}). Install one with libvpx.
            “{0}”的透明背景没有变成黑色：此 ffmpeg 无法解码它（ffmpeg：{1}）。请安装带 libvpx 的版本。
        No frame of '{0}' can be decoded.
            “{0}”没有一帧可以解码。
        No frame of '{0}' can be decoded (ffmpeg: {1}).
            “{0}”没有一帧可以解码（ffmpeg：{1}）。
        '{0}' is of a kind that is not read as a video, such as a picture or a list that names other files.
            “{0}”不属于会作为视频读取的类型，例如图片，或列出其他文件的清单。
        '{0}' is not there. Is the camera plugged in?
            “{0}”不存在。摄像头插好了吗？
        '{0}' may not be read by this user. Those of the group 'video' may, with most systems.
            当前用户无权读取“{0}”。在多数系统上，“video”组的用户可以。
        '{0}' gives no video: {1}.
            “{0}”没有给出视频：{1}。
        '{0}' gives no video.
            “{0}”没有给出视频。
        '{0}' is cut short: its index, which stands at its end, is missing, and no frame can be found without. Copy it again, or repair it with the program that recorded it.
            “{0}”不完整：缺少位于末尾的索引，没有它就找不到任何一帧。请重新复制，或用录制它的程序修复。
        '{0}' is not a video that can be read: {1}.
            “{0}”不是可以读取的视频：{1}。
        '{0}' is not a video that can be read.
            “{0}”不是可以读取的视频。
        '{0}' has no frame between {1#} s and {2#} s. Choose a longer part with --start and --end.
            “{0}”在 {1} 秒到 {2} 秒之间没有帧。请用 --start 和 --end 选取更长的一段。
        '{0}' has no frame between {1#} s and its end. Choose a longer part with --start and --end.
            “{0}”在 {1} 秒到结尾之间没有帧。请用 --start 和 --end 选取更长的一段。
        Standard input gave no frame of {0#} bytes, which {1#} × {2#} pixels in {3} have: it is empty. Does the program that is to write there work?
            标准输入没有给出一帧：{1} × {2} 像素、{3} 格式的一帧有 {0} 字节，而标准输入为空。应向它写入的程序是否正常？
        '{0}' would have pictures of {1#} × {2#} pixels; each side must be 1…16384. Scale the video down first: ffmpeg -i IN -vf scale=1920:-2 OUT
            “{0}”的画面会是 {1} × {2} 像素；每边必须为 1…16384。请先缩小视频：ffmpeg -i IN -vf scale=1920:-2 OUT
        '{0}' was not written: there is no picture for it.
            没有写出“{0}”：没有画面可写。
        '{0}' could not be written: {1*}.
            “{0}”无法写入：{1}。
        ffmpeg was ended by {0}
            ffmpeg 被 {0} 结束
        ffmpeg ended with status {0#}
            ffmpeg 以状态 {0} 结束
        ffmpeg did not end
            ffmpeg 没有结束
        '{0}' has no sound: that of '{1}' could not be added.
            “{0}”没有声音：无法加入“{1}”的声音。
        '{0}' has no sound: that of '{1}' could not be added (ffmpeg: {2}).
            “{0}”没有声音：无法加入“{1}”的声音（ffmpeg：{2}）。
        """#
}
