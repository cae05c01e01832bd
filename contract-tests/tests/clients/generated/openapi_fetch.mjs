// openapi-fetch (npm) calls every operation, again and again, with the types that openapi-typescript made of the document.
//
// Where: MOCK_URL, a mock of the same document. Whatever that answers within the document, the client must understand; what
// the client sends, the mock judges.

import assert from "node:assert/strict";
import createClient from "openapi-fetch";

const ROUNDS = 60;

/** @type {import("openapi-fetch").Client<import("./types.d.ts").paths, "application/vnd.api+json">} */
const api = createClient({
  baseUrl: process.env.MOCK_URL,
  headers: { Authorization: "Bearer any", "S2S-Auth-Token": "any" },
});

for (let number = 0; number < ROUNDS; number++) {
  const got = await api.GET("/events/{id}", { params: { path: { id: number + 1 } } });
  assert.equal(got.response.status, 200);
  assert.equal(got.data.data.type, "event");
  const created = await api.POST("/events", {
    params: { header: { "Idempotency-Key": `key-${number}` } },
    headers: { "Content-Type": "application/vnd.api+json" },
    body: { data: { type: "event", attributes: { name: `name ${number}`, payload: { minutes: number } } } },
  });
  assert.equal(created.response.status, 201);
  assert.equal(typeof created.data.data.id, "string");
  const listed = await api.GET("/events", {
    params: { query: { "filter[account][id]": "7", sort: "-eventAt", "page[size]": number + 1, "page[total]": true } },
  });
  assert.equal(listed.response.status, 200);
  assert(Array.isArray(listed.data.data));
}
for (const status of [400, 401, 403, 404, 406, 429, 500, 503]) {
  const params = { path: { id: 1 } };
  const refused = await api.GET("/events/{id}", { params, headers: { Prefer: `code=${status}` } });
  assert.equal(refused.response.status, status);
  assert(refused.error.errors.length > 0);
}
console.log(`openapi-fetch: ${3 * ROUNDS + 8} answers understood`);
