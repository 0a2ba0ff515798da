// What is asked of the program, on this machine or on a server. Answers come in the order of the questions; of several that are asked at once, only the last counts.

const base = new URL("../../", import.meta.url);

export async function ask(path) {
  const answer = await fetch(new URL(path, base));
  if (!answer.ok) throw new Error(path);
  return answer.json();
}

let token = ""; // what says that a page of ours asks; on one's own machine the address does

/** From now on all that is sent carries this. */
export const carry = (given) => { token = given ?? ""; };

/** Ask for something to be done; how things stand then. `isLast` where the page is being left. */
export async function send(path, data, isLast = false) {
  const headers = { "Content-Type": "application/json", ...(token && { "X-Playbook-Token": token }) };
  const answer = await fetch(new URL(path, base), { method: "POST", headers, body: JSON.stringify(data), keepalive: isLast });
  if (!answer.ok) throw new Error(path);
  return answer.json();
}

/** The address of a page of the site as it will be. */
export const pageAddress = (address) => {
  const [path, anchor] = address.split("#");
  return new URL(`page/${document.body.dataset.mdColorScheme}/${path}${anchor ? `#${anchor}` : ""}`, base).href;
};
