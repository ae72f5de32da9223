import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonical, unordered } from '../support/json.js';
import { verdict } from '../support/verdict.js';

test('white space and escapes of characters do not count', () => {
  assert.equal(canonical('[ {"a" : "\\u00e6\\/" ,\n "b":[]} ]'), '[{"a":"æ/","b":[]}]');
});

test('the order of keys, the text of numbers and repeated keys count', () => {
  assert.equal(canonical('{"b":1.50,"a":1e3,"a":-0}'), '{"b":1.50,"a":1e3,"a":-0}');
});

test('marks within strings are text', () => {
  assert.equal(canonical('{"a{,}": " [1, 2] \\" : "}'), '{"a{,}":" [1, 2] \\" : "}');
});

test('what is not JSON is null', () => {
  for (const text of ['', 'a,b\n1,2', '{"a":}', '[1,]']) assert.equal(canonical(text), null);
});

test('the keys of a refusal are sorted, and not those within', () => {
  assert.equal(unordered('{"message":"m","details":{"b":1,"a":2}}'), '{"details":{"b":1,"a":2},"message":"m"}');
});

const exemptions = new Map([['older', {}]]);
const plain = { exemption: null, instead: null };
const exempt = { exemption: 'older', instead: ['404', '{}'] };

test('a difference in any part fails', () => {
  const answer = { status: '200', body: '[]', location: '/a' };
  assert.equal(verdict(plain, answer, { ...answer }, exemptions).kind, 'same');
  for (const part of ['status', 'body', 'location', 'content-range'])
    assert.equal(verdict(plain, answer, { ...answer, [part]: 'other' }, exemptions).kind, 'failed');
  assert.equal(verdict(plain, { status: '200', body: '[]' }, answer, exemptions).kind, 'failed');
});

test('an exemption has to differ, and as the corpus says', () => {
  const theirs = { status: '400', body: '{}' };
  assert.equal(verdict(exempt, theirs, { status: '404', body: '{}' }, exemptions).kind, 'exempt');
  assert.equal(verdict(exempt, theirs, { status: '404', body: '[]' }, exemptions).kind, 'failed');
  assert.equal(verdict(exempt, theirs, { status: '200', body: '{}' }, exemptions).kind, 'failed');
  assert.equal(verdict(exempt, theirs, theirs, exemptions).kind, 'failed');
  assert.equal(verdict(exempt, theirs, { status: '404', body: '{}' }, new Map()).kind, 'failed');
  const lines = { exemption: 'older', instead: ['200', 'id', '1'] };
  assert.equal(verdict(lines, theirs, { status: '200', body: 'id\n1' }, exemptions).kind, 'exempt');
  assert.equal(verdict(lines, theirs, { status: '200', body: 'id' }, exemptions).kind, 'failed');
});
