// What a juror typed, kept on the device until the fair has it: one record for each seat and nominee.
// A record is written to the disk before anything is sent, so that a dead battery loses nothing.
const NAME = "village-jury";
const STORE = "sheets";

const answer = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

let opened;

const base = () => {
  opened ??= new Promise((done, failed) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => {
      // Another page with a newer shape must not wait for this one.
      request.result.onversionchange = () => request.result.close();
      done(request.result);
    };
    request.onerror = () => failed(request.error);
  });
  return opened;
};

const within = async (mode, work) => {
  const transaction = (await base()).transaction(STORE, mode, { durability: "strict" });
  const whole = new Promise((done, failed) => {
    transaction.oncomplete = done;
    transaction.onabort = () => failed(transaction.error);
  });
  const found = await answer(work(transaction.objectStore(STORE)));
  await whole;
  return found;
};

export const keyOf = (seat, nominee) => `${seat}:${nominee}`;

export const read = (key) => within("readonly", (store) => store.get(key));

export const keep = (record) => within("readwrite", (store) => store.put(record));

export const drop = (key) => within("readwrite", (store) => store.delete(key));

// The records of one seat, the oldest first: they are sent in the order they were given.
export const listOf = async (seat) => {
  const all = await within("readonly", (store) => store.getAll());
  return all.filter((one) => one.seat === seat).sort((one, other) => one.at - other.at);
};
