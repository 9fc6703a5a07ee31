// The memory of a witness, kept in the tablet: its key, the last head, every head it signed, and an alarm if there was one.
const NAME = "village-witness";
const [STATE, HEADS] = ["state", "heads"];

const answer = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

let opened;

const base = () => {
  opened ??= new Promise((done, failed) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STATE);
      request.result.createObjectStore(HEADS, { keyPath: "size" });
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      done(request.result);
    };
    request.onerror = () => failed(request.error);
  });
  return opened;
};

const within = async (mode, work) => {
  const transaction = (await base()).transaction([STATE, HEADS], mode, { durability: "strict" });
  const whole = new Promise((done, failed) => {
    transaction.oncomplete = done;
    transaction.onabort = () => failed(transaction.error);
  });
  const found = await work(transaction.objectStore(STATE), transaction.objectStore(HEADS));
  await whole;
  return found;
};

const put = (name, value) => within("readwrite", (state) => answer(state.put(value, name)));
const get = (name) => within("readonly", (state) => answer(state.get(name)));

export const self = () => get("self");
export const keepSelf = (value) => put("self", value);
export const last = () => get("last");
export const alarm = () => get("alarm");
export const keepAlarm = (value) => put("alarm", value);

// Looked at and moved on in one step: two windows of one tablet never sign two stories.
export const advance = (from, record) =>
  within("readwrite", async (state, heads) => {
    const now = await answer(state.get("last"));
    if ((now?.size ?? 0) !== from || (await answer(state.get("alarm")))) return false;
    heads.put(record);
    await answer(state.put({ size: record.size, note: record.note }, "last"));
    return true;
  });

export const heads = () => within("readonly", (_state, all) => answer(all.getAll()));

// "yes" once the log has it, "refused" where it will never take it: made by a clock that was wrong.
export const mark = (size, sent) =>
  within("readwrite", async (_state, all) => {
    const record = await answer(all.get(size));
    if (record) await answer(all.put({ ...record, sent }));
  });

export const forget = () =>
  within("readwrite", async (state, all) => {
    all.clear();
    await answer(state.clear());
  });
