// What is asked of the program on this machine. Answers come in the order of the questions; of several that are asked at once, only the last counts.

const base = new URL("../../", import.meta.url);

export async function ask(path) {
  const answer = await fetch(new URL(path, base));
  if (!answer.ok) throw new Error(path);
  return answer.json();
}

/** Ask for something to be done; how things stand then. */
export async function send(path, data) {
  const answer = await fetch(new URL(path, base), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data) });
  if (!answer.ok) throw new Error(path);
  return answer.json();
}

/** The address of a page of the site as it will be. */
export const pageAddress = (address) => {
  const [path, anchor] = address.split("#");
  return new URL(`page/${document.body.dataset.mdColorScheme}/${path}${anchor ? `#${anchor}` : ""}`, base).href;
};
