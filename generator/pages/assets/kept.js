// What this browser keeps for its reader, and nowhere else: names of entries and days, and what the reader has typed into the form that
// proposes a change; never a page of the strategy. It is the same for all
// versions of a playbook. What is kept and is not what we keep (an older version's, a hand's) counts as nothing; so does a browser that keeps nothing.

const PREFIX = "playbook:";

export const isText = (value) => typeof value === "string";
export const isGroup = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
export const listOf = (test) => (value) => Array.isArray(value) && value.every(test);
export const groupOf = (test) => (value) => isGroup(value) && Object.values(value).every(test);

export class Kept {
  /** `company` tells apart the playbooks that share a host. */
  constructor(company) {
    this.prefix = `${PREFIX}${company}:`;
    this.works = this.write("works", true);
  }

  /** What is kept under a name; null where nothing sound is. */
  read(name, isSound) {
    try {
      const value = JSON.parse(localStorage.getItem(this.prefix + name));
      return value !== null && isSound(value) ? value : null;
    } catch {
      return null; // no JSON, or a browser that keeps nothing
    }
  }

  /** Whether it could be kept: it cannot where storage is full or refused. */
  write(name, value) {
    try {
      localStorage.setItem(this.prefix + name, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }

  /** Forget what is kept under a name. */
  remove(name) {
    try {
      localStorage.removeItem(this.prefix + name);
    } catch {
      // then nothing was kept
    }
  }

  /** Forget all that is kept for this playbook. */
  erase() {
    try {
      for (const name of Object.keys(localStorage)) if (name.startsWith(this.prefix)) localStorage.removeItem(name);
    } catch {
      // then nothing was kept
    }
  }
}
