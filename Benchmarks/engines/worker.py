# SPDX-License-Identifier: Apache-2.0
"""One other engine as a child process that answers the same lines as `pose-bench serve-timings`.

Request:  run MODEL OUTPUTS THREADS PASSES
          MODEL is a .tflite file, still:PICTURE for the whole still-image pipeline, or
          frames:WIDTHxHEIGHT:FILE for the tracker, FILE a clip's frames as BGR bytes.
Answer:   {"milliseconds": [one number a pass], "probe": [numbers that tell whether the same work was done]}
          or {"error": "why"}.
A model or picture is loaded and warmed at its first request; two passes before each answer are not counted.
"""
import json
import os
import sys
import time

WARM_UP, FIRST_WARM_UP = 2, 8


def ramp(shape):
    import numpy

    y, x, c = numpy.meshgrid(*(numpy.arange(n) for n in shape[1:]), indexing="ij")
    return (((7 * x + 13 * y + 29 * c) % 256) / 255).astype(numpy.float32)[None]


def litert(model, threads):
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_path=model, num_threads=threads)
    interpreter.allocate_tensors()
    given = interpreter.get_input_details()[0]
    interpreter.set_tensor(given["index"], ramp(given["shape"]))
    outputs = {o["name"]: o["index"] for o in interpreter.get_output_details()}
    return interpreter.invoke, lambda: interpreter.get_tensor(outputs["Identity"])


def openvino(model, threads):
    from openvino import Core

    core = Core()
    compiled = core.compile_model(core.read_model(model), "CPU", {
        "INFERENCE_NUM_THREADS": threads,
        "INFERENCE_PRECISION_HINT": "f32",
        "PERFORMANCE_HINT": "LATENCY",
        "NUM_STREAMS": "1",
    })
    request = compiled.create_infer_request()
    request.input_tensors[0].data[:] = ramp(list(compiled.inputs[0].shape))
    return request.infer, lambda: request.get_tensor("Identity").data


def mediapipe(picture, threads):
    import cv2
    from mediapipe.python.solutions.pose import Pose

    image = cv2.cvtColor(cv2.imread(picture), cv2.COLOR_BGR2RGB)
    pose = Pose(static_image_mode=True, model_complexity=1)

    def nose():
        found = pose.process(image).pose_landmarks
        return [found.landmark[0].x, found.landmark[0].y] if found else []

    return lambda: pose.process(image), nose


def mediapipe_frames(clip, threads):
    import numpy
    from mediapipe.python.solutions.pose import Pose

    size, path = clip.split(":", 1)
    width, height = map(int, size.split("x"))
    frames = numpy.fromfile(path, numpy.uint8).reshape(-1, height, width, 3)[:, :, :, ::-1]
    frames = [numpy.ascontiguousarray(frame) for frame in frames]
    pose = Pose(static_image_mode=False, model_complexity=1)
    state = {"pass": 0, "nose": []}

    def run():
        # Forth and back, so that the person never jumps.
        turn = state["pass"] % (2 * len(frames) - 2)
        found = pose.process(frames[turn if turn < len(frames) else 2 * len(frames) - 2 - turn]).pose_landmarks
        state["pass"] += 1
        state["nose"] = [found.landmark[0].x, found.landmark[0].y] if found else []

    return run, lambda: state["nose"]


def prepare(engine, model, threads):
    if model.startswith("frames:"):
        run, result = mediapipe_frames(model.removeprefix("frames:"), threads)
    elif model.startswith("still:"):
        run, result = mediapipe(model.removeprefix("still:"), threads)
    else:
        run, result = {"litert": litert, "openvino": openvino}[engine](model, threads)
    for _ in range(FIRST_WARM_UP):
        run()
    return run, result


def timings(run, passes):
    for _ in range(WARM_UP):
        run()
    answer = []
    for _ in range(passes):
        start = time.perf_counter_ns()
        run()
        answer.append((time.perf_counter_ns() - start) / 1e6)
    return answer


def probe(result):
    values = result()
    return [float(v) for v in (values if isinstance(values, list) else values.ravel()[:4])]


def main():
    engine = sys.argv[1]
    # Libraries write to descriptor 1 as they please; answers go to a copy of it.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    prepared = {}
    for line in sys.stdin:
        _, model, _, threads, passes = line.split()
        try:
            key = (model, int(threads))
            if key not in prepared:
                prepared[key] = prepare(engine, model, int(threads))
            run, result = prepared[key]
            answer = {"milliseconds": timings(run, int(passes)), "probe": probe(result)}
        except Exception as error:  # One case that an engine refuses is reported; the others go on.
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


main()
