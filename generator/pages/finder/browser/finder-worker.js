// Answers queries beside the page, so that typing never waits. A site has it in one file with all it imports: scripts.py.

import { answerWith } from "./finder-service.js";

let give;
const given = new Promise((resolve) => { give = resolve; }); // what the page has fetched while this script was on its way

const fetchFile = async (name, cache = "default") => {
  const response = await fetch(new URL(name, location), { cache });
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.json();
};

const read = async (name, cache) => {
  const content = name === self.name && (await given);
  return content ? JSON.parse(new TextDecoder().decode(content)) : fetchFile(name, cache);
};

const answer = answerWith(read, (said) => postMessage(said));
onmessage = ({ data: request }) => (request.type === "file" ? give(request.content) : answer(request));
