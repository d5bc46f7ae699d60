// SPDX-License-Identifier: Apache-2.0

/// A command line or a program to copy.
struct Example {
    var language: String
    var source: String
}

/// The examples of the description, for a server on this machine.
enum Examples {
    static let pose = [
        Example(
            language: "curl",
            source: """
                # The people as JSON
                curl --data-binary @photo.jpg 'http://127.0.0.1:5000/v1/pose?max-people=3'
                # The same with a form
                curl -F image=@photo.jpg -F max-people=3 http://127.0.0.1:5000/v1/pose
                # The annotated picture
                curl --data-binary @photo.jpg -H 'Accept: image/webp' -o pose.webp \\
                    'http://127.0.0.1:5000/v1/pose?style=sides'
                """
        ),
        Example(
            language: "Python",
            source: """
                import json, urllib.request

                with open("photo.jpg", "rb") as photo:
                    request = urllib.request.Request(
                        "http://127.0.0.1:5000/v1/pose?max-people=3",
                        data=photo.read(),
                        headers={"Content-Type": "image/jpeg"},
                    )
                # With a token: headers={…, "Authorization": "Bearer TOKEN"}
                with urllib.request.urlopen(request) as answer:
                    for person in json.load(answer)["people"]:
                        print(person["id"], person["landmarks"][0])
                """
        ),
    ]

    static let upload = [
        Example(language: "curl", source: "curl -F image=@photo.jpg http://127.0.0.1:5000/upload"),
        Example(
            language: "JavaScript",
            source: """
                const form = new FormData();
                form.append("image", file);
                const answer = await fetch("http://127.0.0.1:5000/upload", { method: "POST", body: form });
                const { status, message, landmarks_count, image } = await answer.json();
                """
        ),
    ]

    static let anonymize = [
        Example(
            language: "curl",
            source: """
                # The picture with every face covered
                curl --data-binary @class.jpg -o class-hidden.jpg http://127.0.0.1:5000/v1/anonymize
                # Faces and doubts as JSON, with the picture in it; a place added by hand
                curl --data-binary @class.jpg 'http://127.0.0.1:5000/v1/anonymize?format=json&faces=40,60,80,96'
                """
        )
    ]

    static let live = [
        Example(
            language: "JavaScript",
            source: """
                // With a token: new WebSocket(address, ["pose", "pose.token.TOKEN"])
                const socket = new WebSocket("ws://127.0.0.1:5000/v1/live?max-people=2");
                socket.binaryType = "arraybuffer";
                socket.onopen = () => socket.send(jpegBytes);
                socket.onmessage = ({ data }) => {
                  const { frame, people, error } = JSON.parse(data);
                };
                """
        )
    ]

    static let sessions = [
        Example(
            language: "curl",
            source: """
                id=$(curl -s -X POST 'http://127.0.0.1:5000/v1/sessions?max-people=2' | sed 's/.*"id":"\\([0-9a-f]*\\)".*/\\1/')
                curl --data-binary @1.jpg "http://127.0.0.1:5000/v1/sessions/$id/frames?time=0.033"
                curl -X DELETE "http://127.0.0.1:5000/v1/sessions/$id"
                """
        )
    ]
}
