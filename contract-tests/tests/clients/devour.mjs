// devour-client (npm) lists, pages, filters, gets and creates events. Where: EVENTS_URL, EVENTS_TOKEN and
// EVENTS_S2S_TOKEN.
import assert from 'node:assert/strict';
import JsonApi from 'devour-client';

const { EVENTS_URL, EVENTS_TOKEN, EVENTS_S2S_TOKEN } = process.env;
const api = new JsonApi({ apiUrl: EVENTS_URL, logger: false, pluralize: false });
api.headers.Authorization = `Bearer ${EVENTS_TOKEN}`;
api.headers['S2S-Auth-Token'] = EVENTS_S2S_TOKEN;
// Its rule is that paths and types are plurals; here, they are given.
const event = { name: '', eventAt: '', payload: {}, account: { jsonApi: 'hasOne', type: 'account' } };
api.define('event', event, { collectionPath: 'events' });
api.define('account', {});
const name = `devour ${process.pid}-${Date.now()}`;

const created = [];
for (const minutes of [1, 2, 3]) {
  const { data } = await api.create('event', {
    name,
    eventAt: `2026-03-03T16:0${minutes}:00Z`,
    payload: { minutes },
    account: { id: String(minutes), type: 'account' },
  });
  assert.equal(data.name, name);
  created.push(data.id);
}

const { data: got } = await api.find('event', created[1]);
assert.deepEqual([got.id, got.name, got.payload], [created[1], name, { minutes: 2 }]);

const filter = { name };
const ids = (answer) => answer.data.map((event) => event.id);
const first = await api.findAll('event', { filter, sort: 'eventAt', page: { size: 2 } });
assert.deepEqual(ids(first), created.slice(0, 2));
const after = new URL(first.links.next, EVENTS_URL).searchParams.get('page[after]');
const second = await api.findAll('event', { filter, sort: 'eventAt', page: { size: 2, after } });
assert.deepEqual(ids(second), created.slice(2));
assert.equal(second.links.next, null);
const ofAccount = await api.findAll('event', { filter: { ...filter, account: { id: '3' } } });
assert.deepEqual(ids(ofAccount), [created[2]]);

console.log(`devour-client: ${created.length} events created, got, listed, paged and filtered`);
