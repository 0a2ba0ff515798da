// A prose text as it will look: read into a tree as the program reads it, and drawn of elements that prose may hold. A test holds both readers equal.

import { readWords } from "./prose_words.js";
import { make } from "./parts.js";

const TAGS = new Set(["p", "br", "strong", "em", "ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "code", "hr"]);
const RULE = /^\s*([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const QUOTE = /^\s*>[ \t]?/;
const ITEM = /^([ \t]*)([-+*]|\d{1,9}[.)])(?:([ \t]+)(?=\S)|[ \t]*$)/;
const COLUMNS = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** The elements of a text. Links lead nowhere: who looks at a text has not finished writing it. */
export const drawProse = (text) => readProse(text).map(draw);

function draw(node) {
  if (typeof node === "string") return node;
  if (!TAGS.has(node.tag)) throw new Error(node.tag);
  return make(node.tag, node.start ? { start: node.start } : {}, ...node.inner.map(draw));
}

/** The blocks of a text, each `{ tag, inner }`, as a tree with texts at its ends. */
export const readProse = (text) => readBlocks(text.trimEnd().split("\n")).blocks;

function readBlocks(lines) {
  const blocks = [];
  let isApart = false; // whether blank lines part two of the blocks
  let wasBlank = false;
  for (let at = 0; at < lines.length;) {
    const line = lines[at];
    if (!line.trim()) {
      [wasBlank, at] = [true, at + 1];
      continue;
    }
    const read = isTable(lines, at) ? readTable : QUOTE.test(line) ? readQuote : RULE.test(line) ? readRule : ITEM.test(line) ? readList : readParagraph;
    const [block, next] = read(lines, at);
    isApart ||= wasBlank && blocks.length > 0;
    wasBlank = false;
    blocks.push(block);
    at = next;
  }
  return { blocks, isApart };
}

/** Whether a line ends the paragraph before it. */
function interrupts(lines, at) {
  const [, , sign, blanks] = ITEM.exec(lines[at]) ?? [];
  return QUOTE.test(lines[at]) || RULE.test(lines[at]) || (blanks !== undefined && !/^(?!1[.)])\d/.test(sign)) || isTable(lines, at);
}

const readRule = (lines, at) => [{ tag: "hr", inner: [] }, at + 1];

function readParagraph(lines, start) {
  let end = start + 1;
  while (end < lines.length && lines[end].trim() && !interrupts(lines, end)) end += 1;
  return [{ tag: "p", inner: readWords(lines.slice(start, end).join("\n").trim()) }, end];
}

function readQuote(lines, start) {
  const inner = [];
  let at = start;
  for (; at < lines.length && lines[at].trim(); at += 1) {
    const isLazy = at > start && !QUOTE.test(lines[at]);
    if (isLazy && (interrupts(lines, at) || !inner.at(-1).trim())) break;
    inner.push(lines[at].replace(QUOTE, ""));
  }
  return [{ tag: "blockquote", inner: readBlocks(inner).blocks }, at];
}

const kindOf = (sign) => sign.at(-1); // items follow each other where they have the same sign

function readList(lines, start) {
  const [, , first] = ITEM.exec(lines[start]);
  const items = [];
  let isLoose = false;
  let at = start;
  while (at < lines.length && !RULE.test(lines[at]) && kindOf(ITEM.exec(lines[at])?.[2] ?? " ") === kindOf(first)) {
    const [inner, end, next] = readItem(lines, at);
    const { blocks, isApart } = readBlocks(inner);
    items.push(blocks);
    const goesOn = next < lines.length && kindOf(ITEM.exec(lines[next])?.[2] ?? " ") === kindOf(first) && !RULE.test(lines[next]);
    isLoose ||= isApart || (goesOn && next > end);
    at = goesOn ? next : end;
    if (!goesOn) break;
  }
  const isCounted = first.length > 1;
  const begins = isCounted && Number.parseInt(first, 10) !== 1 ? { start: Number.parseInt(first, 10) } : {};
  const unwrap = (block) => !isLoose && block.tag === "p" ? block.inner : [block];
  return [{ tag: isCounted ? "ol" : "ul", ...begins, inner: items.map((blocks) => ({ tag: "li", inner: blocks.flatMap(unwrap) })) }, at];
}

/** The lines of an item without its margin, where they end, and where what follows begins. */
function readItem(lines, start) {
  const [, margin, sign, blanks = " "] = ITEM.exec(lines[start]);
  const width = margin.length + sign.length + (blanks.length > 4 ? 1 : blanks.length);
  const inner = [lines[start].slice(width)];
  let end = start + 1;
  let at = end;
  for (; at < lines.length; at += 1) {
    const line = lines[at];
    if (!line.trim()) {
      if (inner.length === 1 && !inner[0].trim()) break; // an item without words ends at once
      continue;
    }
    const isInside = line.length - line.trimStart().length >= width;
    const isLazy = at === end && inner.at(-1).trim() && !interrupts(lines, at) && !ITEM.test(line) && !RULE.test(inner.at(-1));
    if (!isInside && !isLazy) break;
    inner.push(...Array(at - end).fill(""), isInside ? line.slice(width) : line.trimStart());
    end = at + 1;
  }
  return [inner, end, at];
}

const isTable = (lines, at) => lines[at].includes("|") && /[|:]/.test(lines[at + 1] ?? "") && COLUMNS.test(lines[at + 1]) && splitRow(lines[at]).length === splitRow(lines[at + 1]).length;

const splitRow = (line) => line.trim().replace(/^\|/, "").replace(/(?<!\\)\|$/, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));

function readTable(lines, start) {
  const head = splitRow(lines[start]);
  let end = start + 2;
  while (end < lines.length && lines[end].trim() && !QUOTE.test(lines[end]) && !RULE.test(lines[end]) && !ITEM.test(lines[end])) end += 1;
  const row = (cells, tag) => ({ tag: "tr", inner: head.map((_, n) => ({ tag, inner: readWords(cells[n] ?? "") })) });
  const body = lines.slice(start + 2, end).map((line) => row(splitRow(line), "td"));
  return [{ tag: "table", inner: [{ tag: "thead", inner: [row(head, "th")] }, ...(body.length ? [{ tag: "tbody", inner: body }] : [])] }, end];
}
