// An edit note, and the ways to send it. Nothing is sent here: a link begins an issue or a mail, and its reader sends it.

const MOST = { issue: 8000, mail: 1800 }; // letters of a link that git hosts and mail programs still take

/** The note as `playbook apply` reads it. */
export function makeNote({ base, entry, isNew, changes, why, by }) {
  const about = { ...(why.trim() && { why: why.trim().slice(0, 5000) }), ...(by.trim() && { by: by.trim().slice(0, 200) }) };
  return { format: 1, base, entry, ...(isNew && { new: true }), changes, ...about };
}

/** The text of an issue or a mail: what it is about, why, and the note between fences; short, all is in the note alone. */
export function writeBody(note, intro, isShort = false) {
  const text = isShort ? JSON.stringify(note) : JSON.stringify(note, null, 1);
  // a fence within a text of the note must not end the block
  return [intro, ...(note.why && !isShort ? [note.why] : []), `\`\`\`json\n${text.replaceAll("`", "\\u0060").replaceAll("~", "\\u007e")}\n\`\`\``].join("\n\n") + "\n";
}

/** The link that begins an issue or a mail with the note in it; where it would be too long, `isWhole` is false and the text is to be pasted. */
export function makeLink({ way, link }, title, note, intro, pasteHere) {
  const fill = (body) => link.replace("{title}", () => encodeURIComponent(title)).replace("{body}", () => encodeURIComponent(way === "mail" ? body.replaceAll("\n", "\r\n") : body));
  for (const isShort of [false, true]) {
    const whole = fill(writeBody(note, intro, isShort));
    if (whole.length <= MOST[way]) return { href: whole, isWhole: true };
  }
  return { href: fill(pasteHere), isWhole: false };
}

/** What a file with the note is called. */
export const nameFile = (note) => `${note.entry.replaceAll("/", "-")}.edit-note.json`;
