// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    /// What is said of the program itself, of its models and measures, in Chinese.
    static let chineseFacts = #"""
        ok
            正常
        missing
            缺少
        wrong
            不对
        wrong file
            文件不对
        {0#} bytes; expected {1#} bytes, SHA-256 {2}
            {0} 字节；应为 {1} 字节，SHA-256 {2}
        {0#} bytes, SHA-256 {1}; expected {2#} bytes, SHA-256 {3}
            {0} 字节，SHA-256 {1}；应为 {2} 字节，SHA-256 {3}
        is already there:
            已经存在：
        added:
            已添加：
        version:
            版本：
        system:
            系统：
        processor:
            处理器：
        cores:
            核心：
        instruction set:
            指令集：
        kernels:
            内核：
        results:
            结果：
        pictures:
            图片：
        libraries:
            程序库：
        not read:
            无法读取：
        model:
            模型：
        {0#} usable by this process
            本进程可用 {0} 个
        {0} (runnable: {1})
            {0}（可运行：{1}）
        {0#} lanes, {1#} pixels a tile of 1×1 convolution
            {0} 路并行，1×1 卷积每块 {1} 个像素
        {0}; schema {1}
            {0}；模式 {1}
        {0*}; install {1*} and build again
            {0}；请安装 {1} 后重新构建
        {0}; at most {1} pixels unless --max-pixels says more
            {0}；最多 {1} 像素，除非 --max-pixels 允许更多
        unknown
            未知
        The only directory in which models are looked for; --models-dir goes before it.
            查找模型的唯一目录；--models-dir 优先于它。
        The highest instruction set that kernels may use.
            内核可以使用的最高指令集。
        Every option of every command: --max-people is POSE_MAX_PEOPLE. Set now:
            每个命令的每个选项都有对应的变量：--max-people 对应 POSE_MAX_PEOPLE。当前已设置：
        {0} is no variable of pose.
            pose 没有环境变量 {0}。
        Unset it if it is another program's.
            如果它属于别的程序，请取消设置。
        {0}, {1#} thread, peak {2} GFLOP/s
            {0}，{1} 个线程，峰值 {2} GFLOP/s
        {0}, {1#} threads, peak {2} GFLOP/s
            {0}，{1} 个线程，峰值 {2} GFLOP/s
        stage
            阶段
        median ms
            中位数 ms
        share
            占比
        {0} left
            剩余 {0}
        """#
}
