// kitsu (npm) lists, pages, filters, gets and creates events. Where: EVENTS_URL, EVENTS_TOKEN and EVENTS_S2S_TOKEN.
import assert from 'node:assert/strict';
import Kitsu from 'kitsu';

const { EVENTS_URL, EVENTS_TOKEN, EVENTS_S2S_TOKEN } = process.env;
const api = new Kitsu({
  baseURL: EVENTS_URL,
  // Its rule is that the path is the plural of the type; here, paths and types are given.
  pluralize: false,
  headers: { Authorization: `Bearer ${EVENTS_TOKEN}`, 'S2S-Auth-Token': EVENTS_S2S_TOKEN },
});
const name = `kitsu ${process.pid}-${Date.now()}`;

const create = (event) => api.request({ method: 'POST', url: 'events', type: 'event', body: event });

const created = [];
for (const minutes of [1, 2, 3, 4, 5]) {
  const { data, status } = await create({
    name,
    eventAt: `2026-03-03T16:0${minutes}:00Z`,
    payload: { minutes },
    account: { data: { type: 'account', id: String(minutes % 2 + 1) } },
  });
  assert.equal(status, 201);
  assert.equal(data.name, name);
  assert.equal(data.account.data.id, String(minutes % 2 + 1));
  created.push(data.id);
}

const got = await api.get(`events/${created[2]}`);
assert.equal(got.data.id, created[2]);
assert.equal(got.data.name, name);
assert.deepEqual(got.data.payload, { minutes: 3 });

const filter = { name };
let page = await api.get('events', { params: { filter, sort: 'eventAt', page: { size: 2 } } });
const sizes = [];
const listed = [];
for (;;) {
  sizes.push(page.data.length);
  listed.push(...page.data.map((event) => event.id));
  if (page.links.next === null) break;
  page = await api.request({ url: page.links.next });
}
assert.deepEqual(sizes, [2, 2, 1]);
assert.deepEqual(listed, created);

const latest = await api.get('events', { params: { filter, sort: '-eventAt' } });
assert.deepEqual(latest.data.map((event) => event.id), [...created].reverse());

const ofAccount = { ...filter, account: { id: '2' } };
const { data: three } = await api.get('events', { params: { filter: ofAccount, sort: 'eventAt' } });
assert.deepEqual(three.map((event) => event.id), [created[0], created[2], created[4]]);

const fields = { event: 'name' };
const { data: [sparse] } = await api.get('events', { params: { filter, fields, page: { size: 1 } } });
assert.deepEqual([sparse.name, sparse.eventAt], [name, undefined]);

await assert.rejects(create({ name: 'a'.repeat(256) }), (error) => {
  assert.equal(error.errors[0].status, '422');
  assert.equal(error.errors[0].source.pointer, '/data/attributes/name');
  return true;
});
await assert.rejects(api.get('events/999999999'), (error) => error.errors[0].status === '404');

console.log(`kitsu: ${created.length} events created, got, listed, paged and filtered`);
