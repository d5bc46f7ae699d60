# SPDX-License-Identifier: Apache-2.0
"""The usual tutorial's server in its essence: Flask, one global Pose that tracks, and OpenCV around it.

Prints its port when it listens. One request at a time: MediaPipe's graph must not be entered by two threads.
"""
import base64
import socket
import sys

import cv2
import mediapipe
import numpy
from flask import Flask, jsonify, request
from werkzeug.serving import WSGIRequestHandler, make_server

app = Flask(__name__)
solution = mediapipe.solutions.pose
pose = solution.Pose(min_detection_confidence=0.5, min_tracking_confidence=0.5)


@app.post("/upload")
def upload():
    file = request.files.get("image")
    if file is None:
        return jsonify(status="error", message="No image"), 400
    image = cv2.imdecode(numpy.frombuffer(file.read(), numpy.uint8), cv2.IMREAD_COLOR)
    found = pose.process(cv2.cvtColor(image, cv2.COLOR_BGR2RGB))
    landmarks = []
    if found.pose_landmarks:
        mediapipe.solutions.drawing_utils.draw_landmarks(image, found.pose_landmarks, solution.POSE_CONNECTIONS)
        landmarks = [{"x": p.x, "y": p.y, "z": p.z, "visibility": p.visibility} for p in found.pose_landmarks.landmark]
    _, encoded = cv2.imencode(".jpg", image)
    picture = "data:image/jpeg;base64," + base64.b64encode(encoded).decode()
    return jsonify(status="success", landmarks=landmarks, landmarks_count=len(landmarks), image=picture)


class Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def log(self, *_):
        pass


if __name__ == "__main__":
    server = make_server("127.0.0.1", 0, app, request_handler=Handler)
    print(server.server_port, flush=True)
    sys.exit(server.serve_forever())
