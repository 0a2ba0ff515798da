// Whether values have the shape that the schema asks for. It compiles nothing, so the strictest policy lets it run.

import { isSame, tidy } from "./values.js";

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** What is wrong with the values of a form: where it is (a path as a note writes it), and which words say it. */
export function listFaults(fields, values) {
  return fields.flatMap((field) => find(field, field.path, values[field.path]));
}

export function isId(text) {
  return ID.test(text) && text.length <= 80;
}

function find(field, path, given) {
  const value = tidy(given);
  if (value === undefined) return field.required ? [{ path, word: "fault_required" }] : [];
  if (field.type === "list") return findInList(field, path, value);
  if (field.type === "object") return field.fields.flatMap((inner) => find(inner, `${path}.${inner.path}`, value[inner.path]));
  const fault = findInOne(field, value);
  return fault ? [{ path, ...fault }] : [];
}

function findInList(field, path, items) {
  const { minItems = 0, maxItems = Infinity } = field.limits ?? {};
  const found = items.flatMap((item, n) => find({ ...field.item, required: false }, `${path}[${n}]`, item));
  if (items.length < minItems) found.push({ path, word: "fault_few", n: minItems });
  if (items.length > maxItems) found.push({ path, word: "fault_many", n: maxItems });
  const twice = items.findIndex((item, n) => items.slice(0, n).some((one) => isSame(one, item)));
  if (field.is_set && twice >= 0) found.push({ path: `${path}[${twice}]`, word: "fault_twice" });
  return found;
}

function findInOne(field, value) {
  const limits = field.limits ?? {};
  if (field.type === "integer" || field.type === "number") return findInNumber(field, value, limits);
  if (field.labels && !field.labels.some(([one]) => one === value)) return { word: "fault_choice" };
  if (field.type === "boolean" || field.labels) return null;
  if (typeof value !== "string") return { word: "fault_form", form: field.form ?? "" };
  if (field.type === "plain" && /[\n\r\u2028\u2029]/.test(value)) return { word: "fault_line" };
  if (value.length > (limits.maxLength ?? Infinity)) return { word: "fault_long", n: limits.maxLength };
  const isFit = field.type === "reference" || (fits(value, limits) && (field.type !== "date" || isDay(value)));
  return isFit ? null : { word: "fault_form", form: field.form ?? "" };
}

function findInNumber(field, value, { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity }) {
  if (typeof value !== "number") return { word: "fault_number" };
  if (field.type === "integer" && !Number.isInteger(value)) return { word: "fault_whole" };
  if (value < minimum || value <= exclusiveMinimum) return { word: "fault_least", n: Math.max(minimum, exclusiveMinimum) };
  return value > maximum || value >= exclusiveMaximum ? { word: "fault_most", n: Math.min(maximum, exclusiveMaximum) } : null;
}

function fits(value, limits) {
  if (limits.const !== undefined && value !== limits.const) return false;
  if (limits.pattern && !matches(value, limits.pattern)) return false;
  if (limits.format === "date" && !isDay(value)) return false;
  return !limits.anyOf || limits.anyOf.some((one) => fits(value, one));
}

function matches(value, pattern) {
  try {
    return new RegExp(pattern, "u").test(value);
  } catch {
    return true; // a company's pattern that only the program understands: it says so later
  }
}

function isDay(text) {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}
