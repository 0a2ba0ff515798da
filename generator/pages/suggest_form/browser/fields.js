// The fields of an entry as a form, drawn from the schema: required and filled ones first, the rest on demand, each in the schema's order.

import { button, make, makeName } from "./parts.js";
import { keyOf, makeAdder, makeEditor } from "./editors.js";
import { tidy } from "./values.js";

const HINTED = new Set(["text", "day_or_month", "integer", "number"]); // what a control does not show by itself
const MANY = 8; // where more fields follow each other, groups and lists are folded

/** All fields of a group. `values` are those that it begins with; `read` gives them as they are now. */
export function drawFields(fields, values, context) {
  const drawn = new Map();
  const isFirst = (field) => context.first ? field.path === context.first : field.required || tidy(values[field.path]) !== undefined || context.isLocked(field);
  const draw = (field) => {
    const made = drawField(field, values[field.path], context);
    drawn.set(field.path, made);
    return made.element;
  };
  const first = fields.filter(isFirst);
  const rest = fields.filter((field) => !isFirst(field));
  context = { ...context, isFolded: context.isFolded ?? first.length > MANY };
  const isShort = fields.length <= 4; // a small group is seen as a whole
  const element = make("div", { className: "pb-form__fields" }, ...(isShort ? fields : first).map(draw));
  const open = () => {
    const more = element.querySelector(":scope > details");
    if (!more) return;
    more.open = true;
    if (more.children.length > 1) return;
    context = { ...context, isFolded: rest.length > MANY };
    more.append(...rest.map(draw));
  };
  if (!isShort && rest.length) {
    const more = make("details", { className: "pb-form__more pb-more" }, make("summary", { textContent: context.words.more.replace("{n}", rest.length) }));
    more.addEventListener("toggle", () => more.open && open());
    element.append(more);
  }
  const read = () => Object.fromEntries(fields.map(({ path }) => [path, drawn.has(path) ? drawn.get(path).read() : values[path]]));
  /** What stands at a path, with what was on demand opened. */
  const locate = (path) => {
    const field = fields.find((one) => path === one.path || path.startsWith(`${one.path}.`) || path.startsWith(`${one.path}[`));
    if (!field) return null;
    if (!drawn.has(field.path)) open();
    return drawn.get(field.path).locate(path.slice(field.path.length).replace(/^\./, ""));
  };
  return { element, read, locate };
}

/** Inside a value nothing is cut by itself: it is shown whole, or locked whole. */
const within = (context) => ({ ...context, isLocked: () => false, isShortened: () => false, first: "", isFolded: false });

function drawField(field, value, context) {
  if (context.isLocked(field)) return drawLocked(field, value, context);
  if (field.type === "object") return drawGroup(field, value, context);
  if (field.type === "list") return drawList(field, value, context);
  const editor = makeEditor(field, value, context, field.title);
  editor.control.removeAttribute("aria-label"); // it has a label that is seen
  const [hint, fault] = [make("p", { id: makeName(), className: "pb-form__hint", textContent: [field.description, HINTED.has(field.type) && field.form && context.words.form_hint.replace("{form}", field.form)].filter(Boolean).join(" ") }), makeFault()];
  editor.control.setAttribute("aria-describedby", `${hint.id} ${fault.id}`);
  if (field.required) editor.control.setAttribute("aria-required", "true");
  const element = make("div", { className: "pb-form__field" }, make("label", { for: editor.control.id, className: "pb-form__label" }, field.title, needed(field, context)), hint, editor.element, fault);
  return finish(element, editor.control, fault, editor.read);
}

const makeFault = () => make("p", { id: makeName(), className: "pb-form__fault", hidden: true });
const needed = (field, { words }) => field.required ? make("span", { className: "pb-form__needed", textContent: ` ${words.required}` }) : null;

/** A group or a list; in a long form it is folded until somebody wants it, and its end leads to what follows. */
function drawFrame(field, value, context, ...children) {
  const title = [field.title, needed(field, context)];
  const isEmpty = tidy(value) === undefined;
  const group = make("fieldset", { className: "pb-form__group", tabIndex: -1 }, make("legend", { className: "pb-form__label" }, ...title), ...children);
  if (!context.isFolded || (field.required && isEmpty)) return { element: group, group };
  group.firstChild.className = "pb-hidden";
  const count = Array.isArray(value) && !isEmpty ? ` (${value.length})` : "";
  const element = make("details", { className: "pb-form__folded pb-more" }, make("summary", {}, `${field.title}${count}`), group);
  const next = button("", () => goOn(element));
  element.addEventListener("toggle", () => {
    const following = findFollowing(element);
    next.textContent = context.words.next.replace("{title}", following?.querySelector("summary, .pb-form__label")?.firstChild.textContent ?? "");
    next.hidden = !following;
  });
  element.append(make("p", { className: "pb-form__next" }, next));
  return { element, group };
}

/** What comes after a part of the form, also where that part is the last one of those around it. */
function findFollowing(element) {
  for (let one = element; one && one.tagName !== "FORM"; one = one.parentElement) {
    if (one.nextElementSibling?.matches("details, .pb-form__field, .pb-form__group")) return one.nextElementSibling;
  }
  return null;
}

/** Fold a part, and go to what follows it. */
function goOn(element) {
  const following = findFollowing(element);
  element.open = false;
  following.open = true;
  (following.querySelector("summary") ?? following.querySelector("input:not([hidden]), textarea, select, button") ?? following).focus({ preventScroll: true });
  following.scrollIntoView({ block: "start" });
}

/** A part of the form that can say what is wrong with it. */
function finish(element, control, fault, read, locate) {
  const part = { element, read, mark, focus };
  part.locate = locate ?? (() => part);
  function mark(text) {
    fault.textContent = text;
    fault.hidden = !text;
    control.setAttribute("aria-invalid", String(Boolean(text)));
  }
  function focus() {
    for (let one = element; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
    control.focus();
    element.scrollIntoView({ block: "center" });
  }
  return part;
}

function drawLocked(field, value, context) {
  const text = context.show(field, value) || context.words.nothing;
  const element = make("div", { className: "pb-form__field pb-form__field--locked", tabIndex: -1 }, make("p", { className: "pb-form__label", textContent: field.title }), make("p", { textContent: text }), make("p", { className: "pb-form__said", textContent: context.words.locked }));
  return finish(element, element, makeFault(), () => value);
}

function drawGroup(field, value, context) {
  const inner = drawFields(field.fields, value ?? {}, within(context));
  const fault = makeFault();
  const { element, group } = drawFrame(field, value, context, make("p", { className: "pb-form__hint", textContent: field.description ?? "" }), inner.element, fault);
  const part = finish(element, group, fault, () => tidy(inner.read()), (path) => (path && inner.locate(path)) || part);
  return part;
}

function drawList(field, value, context) {
  const { words } = context;
  const isShortened = context.isShortened(field);
  const isReference = field.item.type === "reference";
  const canMove = !field.is_set && !isShortened;
  const list = make("ol", { className: "pb-form__items" });
  const said = make("p", { className: "pb-hidden", role: "status" });
  let items = [];
  const changed = (text) => {
    said.textContent = text;
    number();
    element.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const nameItem = (n) => words.item.replace("{title}", field.title).replace("{n}", n + 1);
  const number = () => {
    for (const [n, { row, tools }] of items.entries()) {
      row.setAttribute("aria-label", nameItem(n));
      for (const [word, tool] of Object.entries(tools)) tool.setAttribute("aria-label", `${words[word]}: ${nameItem(n)}`);
      if (tools.up) [tools.up.disabled, tools.down.disabled] = [n === 0, n === items.length - 1];
    }
  };
  const move = (item, step) => {
    const place = items.indexOf(item);
    items.splice(place, 1);
    items.splice(place + step, 0, item);
    list.insertBefore(item.row, items[place + step + 1]?.row ?? null);
    changed(words.moved.replace("{n}", place + step + 1));
    (item.tools[step < 0 ? "up" : "down"].disabled ? item.tools.remove : item.tools[step < 0 ? "up" : "down"]).focus();
  };
  const drop = (item) => {
    const place = items.indexOf(item);
    items = items.filter((one) => one !== item);
    item.row.remove();
    changed(words.removed);
    (items[place]?.tools.remove ?? adder.control).focus();
  };
  const add = (given) => {
    const inner = drawItem(field, given, context, nameItem(items.length));
    const item = { inner, tools: {} };
    if (canMove) Object.assign(item.tools, { up: button("↑", () => move(item, -1), { title: words.up }), down: button("↓", () => move(item, 1), { title: words.down }) });
    item.tools.remove = button("✕", () => drop(item), { title: words.remove });
    item.row = make("li", { className: `pb-form__item${{ object: " pb-form__item--group", reference: " pb-form__item--named" }[field.item.type] ?? ""}` }, inner.element, make("div", { className: "pb-form__tools" }, ...Object.values(item.tools)));
    items.push(item);
    list.append(item.row);
    return item;
  };
  const adder = isReference
    ? makeAdder(field.item, context, field.title, (written) => items.some(({ inner }) => inner.read() === written) || (add(written), changed(words.added)))
    : ((made) => ({ element: make("p", {}, made), control: made }))(button(words.add, () => { const item = add(undefined); changed(words.added); item.inner.focus(); }, { "aria-label": `${words.add}: ${field.title}` }));
  const fault = makeFault();
  const { element } = drawFrame(field, value, context, make("p", { className: "pb-form__hint", textContent: [field.description, isShortened && words.shortened].filter(Boolean).join(" ") }), list, adder.element, said, fault);
  for (const one of value ?? []) add(one);
  number();
  const part = finish(element, adder.control, fault, () => tidy(items.map(({ inner }) => inner.read())), (path) => {
    const [, place, rest] = /^\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
    // faults count the items that say something
    const told = items.filter(({ inner }) => tidy(inner.read()) !== undefined);
    return place === undefined ? part : told[Number(place)]?.inner.locate(rest) ?? part;
  });
  return part;
}

function drawItem(field, value, context, label) {
  const { item } = field;
  const fault = makeFault();
  if (item.type === "object") {
    const inner = drawFields(item.fields, value ?? {}, within(context));
    const element = make("div", { className: "pb-form__inner" }, inner.element, fault);
    const part = finish(element, element, fault, () => tidy(inner.read()), (path) => (path && inner.locate(path)) || part);
    part.focus = () => element.querySelector("input, textarea, select")?.focus();
    return part;
  }
  if (item.type === "reference") {
    const element = make("div", { className: "pb-form__chosen", tabIndex: -1, textContent: context.nameOf(keyOf(item, value)) });
    return finish(make("div", {}, element, fault), element, fault, () => value);
  }
  const editor = makeEditor(item, value, context, label);
  editor.control.setAttribute("aria-describedby", fault.id);
  return finish(make("div", {}, editor.element, fault), editor.control, fault, editor.read);
}
