// What is pasted from Word, a mail or the web, as the prose that the playbook allows: paragraphs, bold, italics, lists, tables, links.

const ODD = [[/[\u00ad\u200b-\u200d\u2060\ufeff]/g, ""], [/[\u00a0\u2000-\u200a\u202f]/g, " "], [/\r\n?|\u2028/g, "\n"], [/\u2029/g, "\n\n"]];
const BLOCKS = new Set("ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DIV DL DT FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER LI MAIN NAV OL P PRE SECTION TABLE UL".split(" "));
const PICTURES = new Set("IMG SVG PICTURE VIDEO AUDIO CANVAS OBJECT EMBED IFRAME".split(" "));
const SILENT = new Set("HEAD META LINK STYLE SCRIPT TITLE TEMPLATE NOSCRIPT DEL O:P".split(" "));

/** A text with letters that anybody can type. */
export function cleanText(text) {
  return ODD.reduce((left, [sign, other]) => left.replace(sign, other), text);
}

/** One line of it. */
export const cleanLine = (text) => cleanText(text).replace(/\s+/g, " ").trim();

/** Markdown of pasted HTML, and which kinds of thing were left out: `pictures`, `looks`. The document is parsed, never shown: nothing in it runs. */
export function cleanHtml(html) {
  const body = new DOMParser().parseFromString(setStylesAside(html), "text/html").body;
  const left = new Set();
  if (/<font\b|(?:color|font-(?:size|family)|background|text-align)\s*:/i.test(html)) left.add("looks");
  const text = readBlocks(body, left).join("\n\n").replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
  return { text, left };
}

/** The policy of the page holds for what is parsed, too: a style is only read, never applied, and no handler is left. */
const setStylesAside = (html) => html.replace(/<style\b[^]*?<\/style\s*>/gi, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style=").replace(/\son\w+\s*=/gi, " data-on="));
const styleOf = (node) => node.getAttribute?.("data-style") ?? "";

/** The paragraphs in a part of the document; what stands loose between blocks is one of its own. */
function readBlocks(part, left) {
  const found = [];
  let loose = "";
  const close = () => {
    const line = loose.replace(/[ \t]+/g, " ").replace(/ *\n */g, "\n").trim();
    if (line) found.push(escapeStart(line));
    loose = "";
  };
  for (const node of part.childNodes) {
    if (node.nodeType === Node.ELEMENT_NODE && (BLOCKS.has(node.tagName) || [...node.children].some((one) => BLOCKS.has(one.tagName)))) {
      close();
      found.push(...readBlock(node, left));
    } else {
      loose += readInline(node, left);
    }
  }
  close();
  return joinItems(found);
}

function readBlock(node, left) {
  if (SILENT.has(node.tagName) || isHidden(node)) return [];
  if (node.tagName === "TABLE") return [readTable(node, left)];
  if (node.tagName === "UL" || node.tagName === "OL") return [readList(node, left)];
  if (node.tagName === "BLOCKQUOTE") return [readBlocks(node, left).join("\n\n").replace(/^/gm, "> ")];
  const word = readWordItem(node, left);
  if (word) return [word];
  const blocks = readBlocks(node, left);
  if (!/^H[1-6]$/.test(node.tagName)) return blocks;
  left.add("headings");
  return blocks.map((line) => `**${line.replaceAll("**", "")}**`);
}

function readList(list, left) {
  const mark = (n) => list.tagName === "OL" ? `${n + 1}. ` : "- ";
  const items = [...list.children].map((item) => readBlocks(item, left).join("\n").trim()).filter(Boolean);
  return items.map((item, n) => mark(n) + item.replaceAll("\n", `\n${" ".repeat(mark(n).length)}`)).join("\n");
}

/** Word's lists are paragraphs that begin with a sign it draws itself. */
function readWordItem(node, left) {
  const style = styleOf(node);
  if (!/mso-list:(?!none)/i.test(style) && !/^MsoListParagraph/.test(node.className)) return "";
  const copy = node.cloneNode(true);
  const signs = [...copy.querySelectorAll("[data-style]")].filter((one) => /mso-list:\s*ignore/i.test(styleOf(one)));
  const isCounted = /^\s*\(?[0-9a-z]{1,3}[.)]/i.test(signs[0]?.textContent ?? "");
  for (const sign of signs) sign.remove();
  const text = cleanLine(readInline(copy, left)).replace(/^[·•§o]\s+/, "");
  const depth = Number(/level(\d)/i.exec(style)?.[1] ?? 1);
  return text && `${"   ".repeat(depth - 1)}${isCounted ? "1." : "-"} ${text}`;
}

/** Items that follow each other are one list. */
function joinItems(blocks) {
  const found = [];
  for (const block of blocks) {
    const isItem = /^\s*(?:-|1\.) [^\n]*$/.test(block);
    if (isItem && found.at(-1)?.isItems) found.at(-1).text += `\n${block}`;
    else found.push({ text: block, isItems: isItem });
  }
  return found.map(({ text }) => text);
}

function readTable(table, left) {
  const rows = [...table.rows].map((row) => [...row.cells].map((cell) => cleanLine(readBlocks(cell, left).join(" ").replaceAll("\n", " ")).replaceAll("|", "\\|")));
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width < 2) return rows.flat().filter(Boolean).join("\n\n");
  const line = (cells) => `| ${Array.from({ length: width }, (_, n) => cells[n] ?? "").join(" | ")} |`;
  return [line(rows[0]), line(Array(width).fill("---")), ...rows.slice(1).map(line)].join("\n");
}

function readInline(node, left) {
  if (node.nodeType === Node.TEXT_NODE) return escapeSigns(cleanText(node.data).replace(/\s+/g, " "));
  if (node.nodeType !== Node.ELEMENT_NODE || SILENT.has(node.tagName) || isHidden(node)) return "";
  if (node.tagName === "BR") return "\n";
  if (PICTURES.has(node.tagName.toUpperCase())) {
    left.add("pictures");
    return "";
  }
  const inner = [...node.childNodes].map((one) => readInline(one, left)).join("");
  const style = styleOf(node);
  if (node.tagName === "A" && /^(https?:\/\/|mailto:)/i.test(node.getAttribute("href") ?? "")) return surround(inner, "[", `](${node.getAttribute("href").replace(/[\s()<>]/g, encodeURIComponent)})`);
  if (/^(B|STRONG)$/.test(node.tagName) ? !/font-weight:\s*normal/i.test(style) : /font-weight:\s*(?:bold|[6-9]00)/i.test(style)) return surround(inner, "**", "**");
  if (/^(I|EM)$/.test(node.tagName) ? !/font-style:\s*normal/i.test(style) : /font-style:\s*italic/i.test(style)) return surround(inner, "*", "*");
  return inner;
}

/** Signs of Markdown stand close to the words. */
function surround(text, before, after) {
  const [, start, words, end] = /^(\s*)([^]*?)(\s*)$/.exec(text);
  return words ? `${start}${before}${words}${after}${end}` : text;
}

const escapeSigns = (text) => text.replace(/[\\`*[\]<]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&");
const escapeStart = (text) => text.replace(/^(#{1,6}|[-+>])(?=\s)/gm, "\\$1").replace(/^(\d+)([.)])(?=\s)/gm, "$1\\$2");

/** What Word carries along for itself: comments, lines struck out. */
const isHidden = (node) => /mso-hide:\s*all|mso-element:\s*(?:comment|footnote)|display:\s*none/i.test(styleOf(node)) || /^Mso(?:Comment|FootnoteReference)/.test(node.className ?? "");
