// What a value is edited with, by the type of its field. An editor has its `element`, the `control` that gets the focus, and `read`, its value now.

import { button, make, makeName, makePicker } from "./parts.js";
import { cleanHtml, cleanLine, cleanText } from "./pasted.js";
import { drawProse } from "./prose.js";

const UNITS = ["d", "w", "m", "y"];

/** The editor of one value; `label` is what it is called where no label stands before it. */
export function makeEditor(field, value, context, label) {
  if (field.labels) return makeChoice(field.labels, value, field, context, label);
  if (field.type === "boolean") return makeChoice([[true, context.words.yes], [false, context.words.no]], value, field, context, label);
  if (field.type === "reference") return makeReference(field, value, context, label);
  if (field.type === "prose") return makeProse(value, context, label);
  if (field.type === "integer" || field.type === "number") return makeNumber(value, label);
  if (field.type === "interval") return makeInterval(value, context, label);
  return makeLine(field.type, value, label, context);
}

const named = (label) => ({ "aria-label": label });

function makeLine(type, value, label, context) {
  if (type === "date") {
    const day = make("input", { id: makeName(), className: "pb-form__input pb-form__input--figure", type: "date", value: value ?? "", ...named(label) });
    return { element: day, control: day, read: () => day.value || undefined };
  }
  // as high as its text, so that all of it is seen; the text itself has no line ends
  const input = make("textarea", { id: makeName(), className: "pb-form__input", rows: Math.max(1, Math.ceil((value ?? "").length / 60)), value: value ?? "", ...named(label) });
  const said = make("p", { className: "pb-form__said", role: "status" });
  input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  input.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const line = cleanLine(text);
    if (line === text) return;
    event.preventDefault();
    insert(input, line);
    said.textContent = context.words.pasted_line;
  });
  return { element: make("div", {}, input, said), control: input, read: () => cleanText(input.value).replace(/\s*\n\s*/g, " ") || undefined };
}

function makeNumber(value, label) {
  const input = make("input", { id: makeName(), className: "pb-form__input pb-form__input--figure", type: "text", inputMode: "decimal", autocomplete: "off", value: value ?? "", ...named(label) });
  const read = () => {
    const text = input.value.replace(/[\s\u00a0']/g, "");
    if (!text) return undefined;
    // 1,5 is one and a half in half of Europe; 1,500 is not read either way, and said to be no number
    const plain = /^[-+]?\d+,\d{1,2}$/.test(text) ? text.replace(",", ".") : text;
    return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : input.value;
  };
  return { element: input, control: input, read };
}

function makeInterval(value, { words }, label) {
  const [, figure = "", unit = "d"] = /^(\d+)([dwmy])$/.exec(value ?? "") ?? [];
  const input = make("input", { id: makeName(), className: "pb-form__input pb-form__input--figure", type: "text", inputMode: "numeric", autocomplete: "off", value: figure, ...named(label) });
  const select = make("select", { className: "pb-form__input", "aria-label": `${label}: ${words.unit}` }, ...UNITS.map((one) => make("option", { value: one, textContent: words[`unit_${one}`], selected: one === unit })));
  return { element: make("div", { className: "pb-form__row" }, input, select), control: input, read: () => input.value.trim() ? `${input.value.trim()}${select.value}` : undefined };
}

function makeChoice(labels, value, field, { words }, label) {
  const given = value ?? field.default;
  const place = labels.findIndex(([one]) => one === given);
  const none = field.required && place >= 0 ? [] : [make("option", { value: "", textContent: words.none })];
  const select = make("select", { id: makeName(), className: "pb-form__input", ...named(label) }, ...none, ...labels.map(([, text], n) => make("option", { value: String(n), textContent: text })));
  select.value = place >= 0 ? String(place) : "";
  const read = () => {
    const chosen = select.value === "" ? undefined : labels[Number(select.value)][0];
    return chosen === field.default && value === undefined ? undefined : chosen;
  };
  return { element: select, control: select, read };
}

/** How a reference is written: with its kind where it may name several. */
const write = (field, { kind, id }) => field.refers_to.length > 1 ? `${kind}/${id}` : id;
export const keyOf = (field, written) => field.refers_to.length > 1 ? written : `${field.refers_to[0]}/${written}`;

function makeReference(field, value, context, label) {
  let chosen = value;
  const shown = make("span", { className: "pb-form__chosen" });
  const element = make("div", {});
  const picker = makePicker({ label, words: context.words, list: () => context.listEntries(field.refers_to), pick: (entry) => set(write(field, entry), entry.title) });
  const remove = button(context.words.remove, () => set(undefined), { "aria-label": `${context.words.remove}: ${label}` });
  const row = make("p", { className: "pb-form__picked" }, shown, remove);
  const show = () => {
    shown.textContent = chosen ? context.nameOf(keyOf(field, chosen)) : "";
    row.hidden = !chosen;
    picker.element.hidden = Boolean(chosen);
  };
  const set = (written, title) => {
    chosen = written;
    if (title) context.name(keyOf(field, written), title);
    show();
    (chosen ? remove : picker.control).focus();
    element.dispatchEvent(new Event("input", { bubbles: true }));
  };
  element.append(row, picker.element);
  show();
  return { element, control: picker.control, read: () => chosen };
}

/** A field that adds entries to a list: its items are shown by the list. */
export function makeAdder(field, context, label, add) {
  return makePicker({
    label,
    words: context.words,
    list: () => context.listEntries(field.refers_to),
    pick(entry) {
      const written = write(field, entry);
      context.name(keyOf(field, written), entry.title);
      add(written);
    },
  });
}

function makeProse(value, context, label) {
  const area = make("textarea", { id: makeName(), className: "pb-form__input", rows: Math.min(12, Math.max(3, Math.ceil((value ?? "").length / 70) + 1)), value: value ?? "", ...named(label) });
  const said = make("p", { className: "pb-form__said", role: "status" });
  area.addEventListener("paste", (event) => {
    const [html, text] = ["text/html", "text/plain"].map((type) => event.clipboardData?.getData(type) ?? "");
    const made = html ? cleanHtml(html) : { text: cleanText(text).replace(/^[ \t]*[•·▪◦]\s*/gm, "- "), left: new Set() };
    if (made.text === text && !made.left.size) return;
    event.preventDefault();
    insert(area, made.text);
    area.rows = Math.min(16, Math.max(area.rows, area.value.split("\n").length + 1));
    const left = [...made.left].map((one) => context.words[`pasted_${one}`]);
    said.textContent = [context.words.pasted, ...(left.length ? [context.words.pasted_left.replace("{what}", left.join(", "))] : [])].join(" ");
  });
  const shown = make("div", { id: makeName(), className: "pb-form__preview", hidden: true, role: "group", "aria-label": `${label}: ${context.words.tool_preview}` });
  const draw = () => shown.hidden || shown.replaceChildren(...drawProse(area.value.trim() ? area.value : context.words.nothing));
  const preview = button(context.words.tool_preview, () => {
    shown.hidden = !shown.hidden;
    preview.setAttribute("aria-expanded", String(!shown.hidden));
    draw();
  }, { "aria-controls": shown.id, "aria-expanded": "false" });
  area.addEventListener("input", draw);
  const tools = [["**", "bold"], ["*", "italic"], ["- ", "list"]].map(([sign, word]) => button(context.words[`tool_${word}`], () => mark(area, sign), { "aria-controls": area.id }));
  return { element: make("div", {}, make("div", { className: "pb-form__tools", role: "group", "aria-label": `${label}: ${context.words.tools}` }, ...tools, preview), area, said, shown), control: area, read: () => cleanText(area.value) || undefined };
}

/** Put a text where the cursor is, so that the browser can take it back. */
function insert(control, text) {
  control.focus();
  if (document.execCommand("insertText", false, text)) return;
  control.setRangeText(text, control.selectionStart, control.selectionEnd, "end");
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Put signs of Markdown round the words that are selected, or before each of their lines. */
function mark(area, sign) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  area.focus();
  if (sign === "- ") {
    const first = value.lastIndexOf("\n", start - 1) + 1;
    area.setSelectionRange(first, end);
    insert(area, value.slice(first, end).replace(/^(?!- )/gm, sign));
    return;
  }
  insert(area, `${sign}${value.slice(start, end)}${sign}`);
  area.setSelectionRange(start + sign.length, end + sign.length);
}
