// The words of a prose text as a tree: emphasis, links, code and line ends, as the program reads them. A node is a text or `{ tag, inner }`.

const SIGNS = /[!-/:-@[-`{-~]/; // what a backslash takes its meaning from
const PUNCTUATION = /[\p{P}\p{S}]/u;
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: "\"", apos: "'", nbsp: "\u00a0", ndash: "–", mdash: "—", hellip: "…", euro: "€" };
const LINK = /^(?:https?:\/\/|mailto:|entry:)/i; // what a link may lead to; of others the words are left
const WHOLE_LINK = /\(\s*(?:<([^<>\n]*)>|([^\s<(][^\s()]*(?:\([^\s()]*\)[^\s()]*)*))?(?:\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))?\s*\)/y;
const BARE = /(?<![\p{L}\p{N}_])https?:\/\/[^\s<>"]+/gu;

/** The nodes of a text. */
export function readWords(text) {
  const parts = []; // nodes, signs of emphasis, and brackets that may begin a link
  let plain = "";
  const end = () => {
    if (plain) parts.push(plain);
    plain = "";
  };
  const put = (part) => {
    end();
    parts.push(part);
  };
  for (let at = 0; at < text.length;) {
    const sign = text[at];
    const [length, part] = (READERS[sign] ?? readPlain)(text, at, parts, end);
    if (part === "\n" || part?.tag === "br") plain = plain.replace(/ +$/, ""); // blanks before a line end say nothing
    if (typeof part === "string") plain += part;
    else if (part) put(part);
    at += length;
  }
  end();
  return finish(parts);
}

const readPlain = (text, at) => [1, text[at]];

const READERS = {
  "\\"(text, at) {
    if (text[at + 1] === "\n") return [2 + blanksAt(text, at + 2), { tag: "br", inner: [] }];
    return SIGNS.test(text[at + 1] ?? "") ? [2, text[at + 1]] : [1, "\\"];
  },
  "\n": (text, at) => [1 + blanksAt(text, at + 1), / {2}$/.test(text.slice(0, at)) ? { tag: "br", inner: [] } : "\n"],
  "`"(text, at) {
    const [signs] = /^`+/.exec(text.slice(at));
    const found = new RegExp(`(?<!\`)${signs}(?!\`)`).exec(text.slice(at + signs.length));
    if (!found) return [signs.length, signs];
    const code = text.slice(at + signs.length, at + signs.length + found.index).replaceAll("\n", " ");
    return [found.index + 2 * signs.length, { tag: "code", inner: [/^ .*[^ ].* $/.test(code) ? code.slice(1, -1) : code] }];
  },
  "&"(text, at) {
    const [whole, figure, name] = /^&(?:#(\d{1,7}|x[\da-f]{1,6})|([a-z]+));/i.exec(text.slice(at)) ?? [];
    if (figure) return [whole.length, String.fromCodePoint(Math.min(Number(figure.replace(/^x/i, "0x")), 0x10ffff) || 0xfffd)];
    return name && Object.hasOwn(ENTITIES, name) ? [whole.length, ENTITIES[name]] : [1, "&"];
  },
  "<"(text, at) {
    const [whole, address, mail] = /^<(?:([a-z][a-z0-9+.-]{1,31}:[^\s<>]*)|([\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9.-]+))>/i.exec(text.slice(at)) ?? [];
    if (!whole) return [1, "<"];
    return [whole.length, LINK.test(address ?? "mailto:") ? { tag: "a", inner: [address ?? mail] } : address];
  },
  "*": readEmphasis,
  _: readEmphasis,
  "[": () => [1, { bracket: "[" }],
  "]"(text, at, parts, end) {
    end();
    const start = parts.findLastIndex(({ bracket }) => bracket);
    if (start < 0) return [1, "]"];
    WHOLE_LINK.lastIndex = at + 1;
    const found = WHOLE_LINK.exec(text);
    if (!found || parts[start].isOff) {
      parts[start] = "[";
      return [1, "]"];
    }
    const inner = finish(parts.splice(start).slice(1), true);
    for (const part of parts) if (part.bracket) part.isOff = true; // links hold no links
    const address = found[1] ?? found[2] ?? "";
    return [1 + found[0].length, LINK.test(address) ? { tag: "a", inner } : { tag: "", inner }];
  },
};

const blanksAt = (text, at) => /^[ \t]*/.exec(text.slice(at))[0].length;

function readEmphasis(text, at) {
  const sign = text[at];
  const { length } = /^(?:\*+|_+)/.exec(text.slice(at))[0];
  const [before, after] = [[...text.slice(Math.max(0, at - 2), at)].at(-1) ?? " ", [...text.slice(at + length, at + length + 2)][0] ?? " "];
  const [isOpen, isClosed] = [flanks(after, before), flanks(before, after)];
  const isWord = sign === "_"; // within a word it says nothing
  return [length, { sign, length, left: length, opens: isOpen && (!isWord || !isClosed || PUNCTUATION.test(before)), closes: isClosed && (!isWord || !isOpen || PUNCTUATION.test(after)) }];
}

const flanks = (near, far) => !/\s/.test(near) && (!PUNCTUATION.test(near) || /\s/.test(far) || PUNCTUATION.test(far));

/** The parts as nodes: signs that belong together are emphasis, and what is left of them is text. */
function finish(parts, isInLink = false) {
  for (let place = 0; place < parts.length; place += 1) {
    const closing = parts[place];
    while (closing.closes && closing.left) {
      const start = findOpening(parts, place);
      if (start < 0) break;
      const opening = parts[start];
      const count = Math.min(opening.left, closing.left, 2);
      const node = { tag: count === 2 ? "strong" : "em", inner: parts.splice(start + 1, place - start - 1) };
      for (const one of [opening, closing]) one.left -= count;
      parts.splice(start + 1, 0, node);
      place = start + 2;
    }
  }
  return joinTexts(parts, isInLink);
}

function findOpening(parts, place) {
  const closing = parts[place];
  return parts.slice(0, place).findLastIndex(({ sign, opens, closes, length, left }) => {
    const isOdd = (closes || closing.opens) && (length + closing.length) % 3 === 0 && (length % 3 || closing.length % 3);
    return sign === closing.sign && opens && left && !isOdd;
  });
}

function joinTexts(parts, isInLink) {
  const found = [];
  const add = (node) => typeof node === "string" && typeof found.at(-1) === "string" ? found.push(found.pop() + node) : node !== "" && found.push(node);
  for (const part of parts) {
    if (typeof part === "string") add(part);
    else if (part.bracket) add("[");
    else if (part.sign) add(part.sign.repeat(part.left));
    else if (part.tag === "") part.inner.forEach(add);
    else add({ ...part, inner: ["code", "a"].includes(part.tag) ? part.inner : joinTexts(part.inner, isInLink) });
  }
  return isInLink ? found : found.flatMap((node) => typeof node === "string" ? findAddresses(node) : [node]);
}

/** Web addresses in a text are links by themselves. */
function findAddresses(text) {
  const found = [];
  let end = 0;
  for (const { 0: whole, index } of text.matchAll(BARE)) {
    let address = whole.replace(/[.,;:!?']+$/, "");
    if (address.endsWith(")") && !address.includes("(")) address = address.replace(/[).,;:!?']+$/, "");
    if (address.length <= 10) continue;
    found.push(text.slice(end, index), { tag: "a", inner: [address] });
    end = index + address.length;
  }
  return [...found, text.slice(end)].filter(Boolean);
}
