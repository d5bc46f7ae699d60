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

const tokenAdvice = "# TOKEN is to hold a token of this server, which is not written here: read -rs TOKEN; export TOKEN\n";

/// A command that posts the picture; `accept` is the type that is asked for, `output` the file that it goes to. The token that
/// the server asks for is taken from the environment.
export function curlCommand({ origin, parameters, file, accept, output, needsToken = false }) {
  // A name alone could be "-", which is standard input to curl.
  const parts = [
    `curl ${shellQuoted(addressFor(origin, parameters))}`,
    `-H ${shellQuoted(`Content-Type: ${typeOf(file)}`)}`,
    needsToken ? '-H "Authorization: Bearer $TOKEN"' : "",
    accept ? `-H ${shellQuoted(`Accept: ${accept}`)}` : "",
    `--data-binary ${shellQuoted(`@./${file.name}`)}`,
    output ? `-o ${shellQuoted(`./${output}`)}` : "",
  ];
  return `${needsToken ? tokenAdvice : ""}${parts.filter(Boolean).join(" \\\n  ")}\n`;
}

/// A program for Python 3 and nothing beside it.
export function pythonProgram({ origin, parameters, file, needsToken = false }) {
  const type = `"Content-Type": ${pythonQuoted(typeOf(file))}`;
  const headers = needsToken ? `${type}, "Authorization": "Bearer " + os.environ["TOKEN"]` : type;
  return `${needsToken ? tokenAdvice : ""}import json
${needsToken ? "import os\n" : ""}import urllib.request

url = ${pythonQuoted(addressFor(origin, parameters))}
with open(${pythonQuoted(file.name)}, "rb") as picture:
    request = urllib.request.Request(url, data=picture.read(), headers={${headers}})
with urllib.request.urlopen(request) as response:
    answer = json.load(response)

for person in answer["people"]:
    print("person", person["id"], "score", person["score"])
    for landmark in person["landmarks"]:
        print(landmark["name"], landmark["x"], landmark["y"], landmark["visibility"])
`;
}

const typeOf = (file) => file.type || "application/octet-stream";
