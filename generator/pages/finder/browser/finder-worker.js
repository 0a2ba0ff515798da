// Answers queries beside the page, so that typing never waits. A site has it in one file with all it imports: scripts.py.

import { answerWith } from "./finder-service.js";

const read = async (name, cache = "default") => {
  const response = await fetch(new URL(name, location), { cache });
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.json();
};

const answer = answerWith(read, (said) => postMessage(said));
onmessage = ({ data: request }) => answer(request);
