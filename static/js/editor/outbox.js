// What could not be sent yet, kept in this browser: a closed lid or a lost network loses nothing.

// Another tab's entries are taken up only when that tab has had time to send them itself.
const ORPHAN_AFTER = 20000;

export class Outbox {
  constructor(key) {
    this.key = `village-editor:${key}`;
    this.tab = sessionStorage.getItem("village-editor-tab") ?? Math.random().toString(36).slice(2);
    sessionStorage.setItem("village-editor-tab", this.tab);
  }

  entry(content) {
    return { ...content, tab: this.tab, at: Date.now(), id: `${this.tab}-${Date.now()}-${Math.random()}` };
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "[]");
    } catch {
      return [];
    }
  }

  /** Keep this tab's queue beside what other tabs keep. */
  save(queue) {
    const others = this.read().filter(({ tab }) => tab !== this.tab);
    this.put([...others, ...queue]);
  }

  put(all) {
    try {
      if (all.length) localStorage.setItem(this.key, JSON.stringify(all));
      else localStorage.removeItem(this.key);
    } catch {
      // A browser that keeps nothing still sends; leaving the page asks first.
    }
  }

  /** What this tab kept before it was loaded anew, and what closed tabs left behind. */
  adopt() {
    const kept = this.read();
    const orphans = kept.filter(({ tab, at, steps }) => steps && (tab === this.tab || Date.now() - at > ORPHAN_AFTER));
    const mine = orphans.map((each) => ({ ...each, tab: this.tab }));
    const others = kept.filter(({ tab, id }) => tab !== this.tab && !orphans.some((each) => each.id === id));
    this.put([...others, ...mine]);
    return mine;
  }
}
