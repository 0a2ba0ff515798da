// Values of an entry, as its file has them, and what differs between two of them: the changes of an edit note.

const isGroup = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** A value without what says nothing; undefined where all of it does. Texts lose the blanks at their ends. */
export function tidy(value) {
  if (typeof value === "string") return value.trim() || undefined;
  if (Array.isArray(value)) {
    const items = value.map(tidy).filter((item) => item !== undefined);
    return items.length ? items : undefined;
  }
  if (isGroup(value)) {
    const left = Object.entries(value).map(([name, inner]) => [name, tidy(inner)]).filter(([, inner]) => inner !== undefined);
    return left.length ? Object.fromEntries(left) : undefined;
  }
  return value ?? undefined;
}

/** A value so that two that say the same are the same text. */
const freeze = (value) => JSON.stringify(isGroup(value) ? Object.entries(value).sort().map(([name, inner]) => [name, freeze(inner)]) : Array.isArray(value) ? value.map(freeze) : value ?? null);

export const isSame = (one, other) => freeze(tidy(one)) === freeze(tidy(other));

const holds = (items, wanted) => items.some((item) => isSame(item, wanted));

/** The changes that lead from the values `before` to `after`, each by the path of its field. */
export function listChanges(fields, before, after, shortened = []) {
  return fields.flatMap((field) => change(field, field.path, before?.[field.path], after?.[field.path], shortened.includes(field.path)));
}

function change(field, path, before, after, isShortened) {
  const [from, to] = [tidy(before), tidy(after)];
  if (isSame(from, to)) return [];
  if (field.type === "list") return changeList(field, path, from ?? [], to ?? [], isShortened);
  if (field.type === "object" && from && to && !field.shorthand) {
    return field.fields.flatMap((inner) => change(inner, `${path}.${inner.path}`, from[inner.path], to[inner.path], false));
  }
  return [{ field: path, from: from ?? null, to: to ?? null }];
}

/** By what comes and goes, where the order says nothing, or where this reader does not see all of it; else by item, or as a whole. */
function changeList(field, path, from, to, isShortened) {
  const [add, remove] = [to.filter((item) => !holds(from, item)), from.filter((item) => !holds(to, item))];
  const kept = from.filter((item) => holds(to, item));
  const isAppended = isSame([...kept, ...add], to) && !(add.length && remove.length);
  if (field.is_set || isShortened || isAppended) {
    return add.length || remove.length ? [{ field: path, ...(add.length && { add }), ...(remove.length && { remove }) }] : [];
  }
  const isInPlace = from.length === to.length && from.every((item, n) => isSame(item, to[n]) || (!holds(to, item) && !holds(from, to[n])));
  if (isInPlace) return from.flatMap((item, n) => change(field.item, `${path}[${n}]`, item, to[n], false));
  return [{ field: path, from: from.length ? from : null, to: to.length ? to : null }];
}

/** The changes that make a new entry. The company's own fields that share a name with one of ours are written in a group of theirs. */
export function listBeginnings(fields, after) {
  const own = {};
  const found = [];
  for (const { path } of fields) {
    const to = tidy(after[path]);
    if (to === undefined) continue;
    if (path.startsWith("custom.")) own[path.slice("custom.".length)] = to;
    else found.push({ field: path, to });
  }
  return Object.keys(own).length ? [...found, { field: "custom", to: own }] : found;
}

/** An id made of a title, as the playbook writes them. */
export function makeId(title) {
  const folded = title.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ß", "ss").toLowerCase();
  return folded.replace(/[^a-z0-9]+/g, "-").slice(0, 80).replace(/^-+|-+$/g, "");
}
