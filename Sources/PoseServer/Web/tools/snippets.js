// SPDX-License-Identifier: Apache-2.0
// Commands and programs that ask this server what the page asked it.

/// A word for a POSIX shell that means a text and nothing else.
/// Source: POSIX.1-2017, Shell Command Language, 2.2.2.
export function shellQuoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/// A literal of Python; what JSON escapes, Python reads the same.
export function pythonQuoted(text) {
  return JSON.stringify(text);
}

/// The address that answers for parameters.
export function addressFor(origin, parameters) {
  const query = new URLSearchParams(parameters).toString();
  return `${origin}/v1/pose${query ? `?${query}` : ""}`;
}

/// A command that posts the picture; `accept` is the type that is asked for, `output` the file that it goes to.
export function curlCommand({ origin, parameters, file, accept, output }) {
  // A name alone could be "-", which is standard input to curl.
  const parts = [
    `curl ${shellQuoted(addressFor(origin, parameters))}`,
    `-H ${shellQuoted(`Content-Type: ${typeOf(file)}`)}`,
    accept ? `-H ${shellQuoted(`Accept: ${accept}`)}` : "",
    `--data-binary ${shellQuoted(`@./${file.name}`)}`,
    output ? `-o ${shellQuoted(`./${output}`)}` : "",
  ];
  return `${parts.filter(Boolean).join(" \\\n  ")}\n`;
}

/// A program for Python 3 and nothing beside it.
export function pythonProgram({ origin, parameters, file }) {
  return `import json
import urllib.request

url = ${pythonQuoted(addressFor(origin, parameters))}
with open(${pythonQuoted(file.name)}, "rb") as picture:
    request = urllib.request.Request(
        url, data=picture.read(), headers={"Content-Type": ${pythonQuoted(typeOf(file))}}
    )
with urllib.request.urlopen(request) as response:
    answer = json.load(response)

for person in answer["people"]:
    print("person", person["id"], "score", person["score"])
    for landmark in person["landmarks"]:
        print(landmark["name"], landmark["x"], landmark["y"], landmark["visibility"])
`;
}

const typeOf = (file) => file.type || "application/octet-stream";
